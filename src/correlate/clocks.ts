import type { Finding } from '../model/finding.ts';
import type { ClockSkew } from '../model/report.ts';
import { type Duration, formatDuration, MINUTE, SECOND } from '../model/time.ts';
import type { Skew } from './clock-samples.ts';
import type { PeerDifference } from './etcd-clocks.ts';

/** Smaller than this it is not worth telling. */
const TELLING: Duration = 5 * SECOND;
/** What is not measured is trusted to agree this well. */
const UNMEASURED: Duration = 2 * MINUTE;
/** A host notices a thing this much later than another, clocks apart. */
const NOTICING: Duration = 30 * SECOND;
/** Operators run on the control plane, whose clocks etcd watches to the second; what nothing measured may be off by this. */
const UNMEASURED_OPERATORS: Duration = 30 * SECOND;
/**
 * An operator shows Degraded only once it has lasted for two minutes, and for ten what its nodes and members are about;
 * Available has no such delay (library-go, `WithDegradedInertia`).
 */
const INERTIA: Duration = 2 * MINUTE;
const LONG_INERTIA: Duration = 10 * MINUTE;
const LONG = /\b(?:NodeController|NodeInstaller|EtcdMembers|DefragController)Degraded\b/;

export interface Measured {
  readonly skews?: readonly Skew[];
  readonly differences?: readonly PeerDifference[];
  /** How far apart the clocks are by which operators write. */
  readonly operatorSpread?: Duration | undefined;
}

/** Puts onsets on one clock, and says how well two of them can be compared. */
export class Clocks {
  readonly #skews: ReadonlyMap<string, Skew>;
  /** Of two hosts that measured each other: which of them is wrong, they do not tell. */
  readonly #differences: ReadonlyMap<string, Duration>;
  readonly #operators: Duration;

  constructor({ skews = [], differences = [], operatorSpread = UNMEASURED_OPERATORS }: Measured) {
    this.#skews = new Map(skews.map((skew) => [skew.host, skew]));
    this.#differences = new Map(differences.map((one) => [pairOf(one.host, one.against), one.ahead + one.uncertainty]));
    const apart = Math.max(0, ...differences.map(({ ahead, uncertainty }) => ahead + uncertainty));
    this.#operators = Math.max(operatorSpread, apart);
  }

  /** How much later the effect began than the cause, on one clock; undefined where one of them has no time. */
  lag(cause: Finding, effect: Finding): Duration | undefined {
    if (cause.firstSeen === undefined || effect.firstSeen === undefined) return undefined;
    return effect.firstSeen - cause.firstSeen - this.#ahead(effect) + this.#ahead(cause);
  }

  /** An effect that seems earlier by no more than this may still be later. */
  tolerance(cause: Finding, effect: Finding): Duration {
    if (isOfOperator(cause) && isOfOperator(effect)) {
      const apart = NOTICING + this.#operators + Math.max(0, inertiaOf(cause) - inertiaOf(effect));
      return speaksOf(effect, cause) ? Math.max(UNMEASURED, apart) : apart;
    }
    const [one, other] = [writerOf(cause), writerOf(effect)];
    if (one !== undefined && one === other) return NOTICING;
    const [a, b] = [this.#skews.get(one ?? ''), this.#skews.get(other ?? '')];
    if (a !== undefined && b !== undefined) return NOTICING + a.uncertainty + b.uncertainty;
    return Math.max(UNMEASURED, this.#differences.get(pairOf(one ?? '', other ?? '')) ?? 0);
  }

  #ahead(finding: Finding): Duration {
    return this.#skews.get(writerOf(finding) ?? '')?.skew ?? 0;
  }
}

function pairOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** The host whose clock the times carry: of log lines that it wrote itself, not of what the API says of it. */
function writerOf({ writer, entities, evidence }: Finding): string | undefined {
  if (writer !== undefined) return writer;
  if (evidence[0]?.pointer !== undefined) return undefined;
  return entities.find(({ kind }) => kind === 'node')?.name;
}

/** What operators say of themselves: conditions of a ClusterOperator. */
function isOfOperator({ entities, evidence }: Finding): boolean {
  return entities[0]?.kind === 'operator' && evidence[0]?.pointer?.includes('/status/conditions') === true;
}

/** A condition sums up several reasons and is as old as the first of them: one that names the other may be younger. */
function speaksOf({ evidence }: Finding, { entities }: Finding): boolean {
  const name = entities[0]!.name.toLowerCase();
  return evidence.some(({ text }) => text.toLowerCase().includes(name));
}

/** How long an operator has waited with what it says; of several conditions, with the one that waits least. */
function inertiaOf({ evidence }: Finding): Duration {
  const of = (text: string): Duration => (!text.includes('Degraded') ? 0 : LONG.test(text) ? LONG_INERTIA : INERTIA);
  const conditions = evidence.filter(({ pointer }) => pointer?.includes('/status/conditions') === true);
  return Math.min(...conditions.map(({ text }) => of(text)));
}

/** Those worth telling: the rest agree with the API server to a few seconds. */
export function wordSkews(skews: readonly Skew[]): ClockSkew[] {
  return skews
    .filter(({ skew, uncertainty }) => Math.abs(skew) > Math.max(TELLING, uncertainty))
    .map(({ host, skew, uncertainty, samples }) => ({
      host,
      against: 'cluster',
      skewMs: skew / 1000,
      uncertaintyMs: uncertainty / 1000,
      samples,
      because: [
        `${samples} events, leases and states carry the time of ${host} and the time at which the API server stored them: the host's is ${formatDuration(skew)} ${skew > 0 ? 'ahead' : 'behind'}`,
      ],
    }));
}
