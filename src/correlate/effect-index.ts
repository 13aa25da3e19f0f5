import type { Finding } from '../model/finding.ts';
import type { CauseEdge, JoinKind } from '../model/signature.ts';
import type { Clocks } from './clocks.ts';
import type { Related, Relations } from './relations.ts';

/** Finds the findings that may be an edge's effect without looking at all of them. */
export class EffectIndex {
  readonly #relations: Relations;
  readonly #bySignature: ReadonlyMap<string, readonly Finding[]>;
  readonly #byEntity = new Map<string, Map<string, Finding[]>>();
  readonly #around = new Map<Finding, readonly Related[]>();

  readonly clocks: Clocks;

  constructor(findings: readonly Finding[], relations: Relations, clocks: Clocks) {
    this.clocks = clocks;
    this.#relations = relations;
    this.#bySignature = Map.groupBy(findings, (finding) => finding.signature);
  }

  count(signature: string): number {
    return this.#bySignature.get(signature)?.length ?? 0;
  }

  /** A finding's entities and all that they belong to. */
  around(finding: Finding): readonly Related[] {
    const known = this.#around.get(finding) ?? this.#relations.around(finding);
    this.#around.set(finding, known);
    return known;
  }

  /** Findings of the effect's signature that share an entity of the first kind that must be shared. */
  candidates(cause: Finding, declared: CauseEdge): readonly Finding[] {
    const kind = declared.join.find((one) => one !== 'cluster' && one !== 'downstream');
    const all = this.#bySignature.get(declared.effect) ?? [];
    if (kind === undefined || all.length < 8) return all;
    const index = this.#indexOf(declared.effect, kind, all);
    const names = this.around(cause).filter((related) => related.kind === kind);
    if (names.length === 1) return index.get(names[0]!.name) ?? [];
    return [...new Set(names.flatMap((related) => index.get(related.name) ?? []))];
  }

  #indexOf(signature: string, kind: JoinKind, all: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
    const key = `${signature} ${kind}`;
    const known = this.#byEntity.get(key);
    if (known !== undefined) return known;
    const index = new Map<string, Finding[]>();
    for (const finding of all) {
      for (const related of this.around(finding)) {
        if (related.kind !== kind) continue;
        const there = index.get(related.name);
        if (there === undefined) index.set(related.name, [finding]);
        else if (there.at(-1) !== finding) there.push(finding);
      }
    }
    this.#byEntity.set(key, index);
    return index;
  }
}
