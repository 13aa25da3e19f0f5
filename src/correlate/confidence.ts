import type { Knowledge } from '../model/detector.ts';
import { compareText } from '../model/entity.ts';
import type { Finding } from '../model/finding.ts';
import type { RootCause } from '../model/report.ts';
import type { Root } from './explain.ts';
import type { CausalGraph } from './graph.ts';
import type { Relations } from './relations.ts';
import type { Sight } from './sight.ts';

/**
 * From what a confidence is made to a probability; docs/correlation.md says how the numbers were found.
 * In log-odds: a cause without any observed effect is less sure to matter; effects speak for it up to what one sure
 * effect of a strong edge says, the less the less sure the finding is of itself; each strong effect that was looked for
 * and is absent speaks against it.
 */
export const MODEL = { unsupported: -0.6, support: 2.5, absent: 0.3 } as const;
const MOST_SUPPORT = -Math.log(1 - 0.9);
const MOST_ABSENT = 3;
/**
 * Odds that are always left to a cause which nobody thought of, so that nothing is surer than 97 %: what was right in all of
 * some thirty scenarios may be said to be right so often, and no oftener.
 */
const LEAK = 0.03;

/** Its like idles on other hosts. */
const IDLE_PEERS = 0.5;
/** A symptom in place of a cause that was not seen. */
const STANDS_IN = { factor: 0.6, most: 0.5 } as const;
const RECOVERED = 0.85;
/** A link of its only chain was not seen. */
const INFERRED = 0.8;
/** It always follows from something else, and that would stand in what was not gathered. */
const UNSEEN_CAUSE = 0.9;

export type Basis = NonNullable<RootCause['basis']>;

export interface Observed {
  readonly knowledge: ReadonlyMap<string, Knowledge>;
  readonly sight: Sight;
  readonly relations: Relations;
}

/** What speaks for and against a cause. */
export function basisOf(root: Root, graph: CausalGraph, observed: Observed): Basis {
  const effects = graph.effects.get(root.finding) ?? [];
  const doubt = effects.reduce((left, { strength, effect }) => left * (1 - strength * effect.confidence), 1);
  const factors = [
    ...(root.idlePeers.length > 0 ? [IDLE_PEERS] : []),
    ...(root.standsIn ? [STANDS_IN.factor] : []),
    ...(root.finding.status === 'recovered' ? [RECOVERED] : []),
    ...(root.inferred ? [INFERRED] : []),
    ...(hasUnseenCause(root, observed) ? [UNSEEN_CAUSE] : []),
  ];
  return {
    own: root.finding.confidence,
    support: round(Math.min(-Math.log(doubt), MOST_SUPPORT)),
    absent: Math.min(absentEffects(root.finding, graph, observed), MOST_ABSENT),
    factor: round(factors.reduce((product, factor) => product * factor, 1)),
  };
}

/** The probability that the cause is what it says, to two digits. */
export function confidenceOf(basis: Basis, standsIn: boolean, model: { [K in keyof typeof MODEL]: number } = MODEL) {
  const own = Math.min(Math.max(basis.own, 0.01), 0.99);
  // An unsure finding was often concluded from these very effects.
  const support = model.support * basis.support * own ** 3;
  const odds = Math.log(own / (1 - own)) + model.unsupported + support - model.absent * basis.absent;
  const confidence = basis.factor / (1 + LEAK + Math.exp(-odds));
  return Math.round(Math.min(Math.max(confidence, 0.01), standsIn ? STANDS_IN.most : 1) * 100) / 100;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function hasUnseenCause({ finding, standsIn }: Root, observed: Observed): boolean {
  const isSecondary = observed.knowledge.get(finding.signature)?.secondary === true;
  return isSecondary && !standsIn && unseenCauses(finding, observed).length > 0;
}

/** What commonly leads to it and could not be seen here: not gathered at all, or not of this host. */
export function unseenCauses(finding: Finding, { knowledge, sight }: Observed): Knowledge[] {
  return [...knowledge.values()]
    .filter(
      ({ id, role, causes = [] }) =>
        role === 'cause' &&
        id !== finding.signature &&
        causes.some(
          ({ effect, strength, join }) =>
            effect === finding.signature && strength !== 'weak' && sight.isUnseen(id, finding, join),
        ),
    )
    .sort((a, b) => compareText(a.id, b.id));
}

/** Strong effects that were looked for and are not there. */
function absentEffects(finding: Finding, graph: CausalGraph, observed: Observed): number {
  if (!observed.relations.shows(finding.entities)) return 0;
  const drawn = new Set((graph.effects.get(finding) ?? []).map((edge) => edge.effect.signature));
  return (observed.knowledge.get(finding.signature)?.causes ?? []).filter(
    ({ strength, effect, join }) =>
      strength === 'strong' && !drawn.has(effect) && observed.sight.isAbsent(effect, finding, join),
  ).length;
}
