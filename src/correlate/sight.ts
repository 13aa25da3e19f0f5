import type { OutcomeRecord } from '../model/detector.ts';
import type { Finding } from '../model/finding.ts';
import type { Sights } from '../model/sights.ts';
import type { CauseEdge } from '../model/signature.ts';
import type { Related } from './relations.ts';

type Join = CauseEdge['join'];

/** Joins that leave open which host it is about. */
const WIDE: ReadonlySet<string> = new Set(['cluster', 'downstream', 'operator']);
const NOWHERE: Sights = { hosts: new Map(), blind: new Map() };

/** What was looked for and is absent, and what nobody could have seen: in all of the input, or on the host at hand. */
export class Sight {
  readonly #outcomes: ReadonlyMap<string, OutcomeRecord['outcome']>;
  readonly #sights: Sights;
  readonly #around: (finding: Finding) => readonly Related[];

  constructor(
    outcomes: readonly OutcomeRecord[],
    sights: Sights | undefined,
    around: (finding: Finding) => readonly Related[],
  ) {
    this.#outcomes = new Map(outcomes.map(({ signature, outcome }) => [signature, outcome]));
    this.#sights = sights ?? NOWHERE;
    this.#around = around;
  }

  isAbsent(signature: string, near: Finding, join: Join): boolean {
    return this.#outcomes.get(signature) === 'clear' && !this.#isBlind(signature, near, join);
  }

  isUnseen(signature: string, near: Finding, join: Join): boolean {
    const outcome = this.#outcomes.get(signature);
    return (
      outcome === 'no-data' || ((outcome === 'clear' || outcome === 'hit') && this.#isBlind(signature, near, join))
    );
  }

  /** The node whose own logs would show it. */
  logsOf(signature: string, near: Finding): string[] {
    return this.#sights.hosts.has(signature) ? this.#nodesOf(near).slice(0, 1) : [];
  }

  #isBlind(signature: string, near: Finding, join: Join): boolean {
    const blind = this.#sights.blind.get(signature);
    if (join.every((kind) => WIDE.has(kind))) return blind !== undefined && this.#outcomes.get(signature) === 'clear';
    const nodes = this.#nodesOf(near);
    const seen = this.#sights.hosts.get(signature);
    if (seen !== undefined && nodes.length > 0 && nodes.every((name) => !seen.has(name))) return true;
    return blind !== undefined && nodes.some((name) => blind.has(name));
  }

  #nodesOf(near: Finding): string[] {
    return this.#around(near)
      .filter(({ kind }) => kind === 'node')
      .map(({ name }) => name);
  }
}
