import type { Knowledge } from '../model/detector.ts';
import { compareText } from '../model/entity.ts';
import { type Finding, MOST_ENTITIES, severityRank } from '../model/finding.ts';
import type { CauseEdge } from '../model/signature.ts';
import { type Duration, formatDuration, parseDuration, SECOND } from '../model/time.ts';
import type { Clocks } from './clocks.ts';
import type { EffectIndex } from './effect-index.ts';
import { isDownstream } from './operator-dependencies.ts';
import { type Related, type RelatedKind, shared, wordKind } from './relations.ts';

/** A declared cause made concrete between two findings. */
export interface Edge {
  readonly cause: Finding;
  readonly effect: Finding;
  /** Probability that the cause alone brings the effect about. */
  readonly strength: number;
  /** Effect's onset after the cause's; undefined where one of them has none. */
  readonly lag?: Duration;
  readonly because: readonly string[];
}

export const STRENGTH: Readonly<Record<CauseEdge['strength'], number>> = { strong: 0.9, likely: 0.7, weak: 0.3 };

/** Pairs of findings looked at for one declared cause; beyond it, each effect keeps its latest causes only. */
const MOST_PAIRS = 20_000;

/** An edge over a finding that must be there and was not gathered. */
export interface InferredEdge extends Edge {
  readonly through: Knowledge;
}

/** Draws every edge whose declared relation, entity join and time bound hold. */
export function drawEdges(
  findings: readonly Finding[],
  knowledge: ReadonlyMap<string, Knowledge>,
  index: EffectIndex,
): Edge[] {
  return [...Map.groupBy(findings, (finding) => finding.signature)].flatMap(([signature, causes]) =>
    (knowledge.get(signature)?.causes ?? []).flatMap((declared) =>
      pairs(causes, declared, index).flatMap(([cause, effect]) => draw(cause, effect, declared, index)),
    ),
  );
}

type Pair = readonly [cause: Finding, effect: Finding];

function pairs(causes: readonly Finding[], declared: CauseEdge, index: EffectIndex): Pair[] {
  const candidates = causes.map((cause) => ({ cause, effects: index.candidates(cause, declared) }));
  const total = candidates.reduce((sum, { effects }) => sum + effects.length, 0);
  if (total <= MOST_PAIRS) return candidates.flatMap(({ cause, effects }) => effects.map((e): Pair => [cause, e]));
  const each = Math.max(1, Math.floor(MOST_PAIRS / index.count(declared.effect)));
  const kept = new Map<Finding, number>();
  const found: Pair[] = [];
  for (const { cause, effects } of candidates.toSorted((a, b) => byOnset(b.cause, a.cause))) {
    for (const effect of effects) {
      const count = kept.get(effect) ?? 0;
      if (count >= each || effect === cause || !inTime(cause, effect, declared, index.clocks)) continue;
      kept.set(effect, count + 1);
      found.push([cause, effect]);
    }
  }
  return found;
}

function byOnset(a: Finding, b: Finding): number {
  return (a.firstSeen ?? 0) - (b.firstSeen ?? 0) || compareText(b.id, a.id);
}

export function draw(cause: Finding, effect: Finding, declared: CauseEdge, index: EffectIndex): Edge[] {
  if (effect === cause || !inTime(cause, effect, declared, index.clocks)) return [];
  const joined = join(declared, index.around(cause), index.around(effect));
  const agreed = agreement(declared.agree ?? [], cause, effect, index);
  if (joined === undefined || agreed === undefined) return [];
  const lag = cause.timeless === true ? undefined : index.clocks.lag(cause, effect);
  return [
    {
      cause,
      effect,
      strength: strengthOf(cause, effect, declared),
      ...(lag !== undefined && { lag }),
      because: [declared.because, ...new Set(told(joined, agreed)), ...timing(cause, effect, lag, index.clocks)],
    },
  ];
}

const ACROSS = 'acts across the cluster';

/** What acts across the cluster needs no saying of two that are known to share more. */
function told(joined: readonly string[], agreed: readonly string[]): string[] {
  return agreed.length === 0 ? [...joined] : [...joined.filter((reason) => reason !== ACROSS), ...agreed];
}

/** Who is worse off than what it needs has a reason of its own: what works, though badly, stops nobody. */
function strengthOf(cause: Finding, effect: Finding, { join, strength }: CauseEdge): number {
  const isWorse = severityRank(effect.severity) > severityRank(cause.severity);
  return join.includes('downstream') && isWorse ? STRENGTH.weak : STRENGTH[strength];
}

/** Why the two are about the same thing; undefined when they are not. */
function join(declared: CauseEdge, a: readonly Related[], b: readonly Related[]): string[] | undefined {
  const because: string[] = [];
  for (const kind of declared.join) {
    if (kind === 'cluster') {
      because.push(ACROSS);
      continue;
    }
    if (kind === 'downstream') {
      const needs = dependency(a, b);
      if (needs === undefined) return undefined;
      because.push(needs);
      continue;
    }
    const common = shared(a, b, kind);
    if (common === undefined) return undefined;
    because.push(`same ${kind} ${common.name}`, ...common.via);
  }
  return because;
}

/** What both are known to be about; undefined where they are known to be about different things of a kind. */
function agreement(
  kinds: readonly RelatedKind[],
  cause: Finding,
  effect: Finding,
  index: EffectIndex,
): string[] | undefined {
  const because: string[] = [];
  // A finding about many things names only some of them.
  const namesAll = [cause, effect].every(({ entities }) => entities.length < MOST_ENTITIES);
  const [a, b] = [index.around(cause), index.around(effect)];
  for (const kind of kinds) {
    const [left, right] = [a, b].map((all) => all.filter((one) => one.kind === kind && one.aside !== true));
    if (left!.length === 0 || right!.length === 0) continue;
    const common = shared(left!, right!, kind);
    if (common !== undefined) because.push(`same ${wordKind(kind)} ${common.name}`, ...common.via);
    else if (namesAll) return undefined;
  }
  return because;
}

function dependency(a: readonly Related[], b: readonly Related[]): string | undefined {
  for (const upstream of operatorsOf(a)) {
    const downstream = operatorsOf(b).find((name) => isDownstream(upstream, name));
    if (downstream !== undefined) return `operator ${downstream} needs operator ${upstream}`;
  }
  return undefined;
}

function operatorsOf(related: readonly Related[]): string[] {
  return related.filter((entity) => entity.kind === 'operator').map((entity) => entity.name);
}

function inTime(cause: Finding, effect: Finding, declared: CauseEdge, clocks: Clocks): boolean {
  if (cause.timeless === true || cause.openStart === true) return endsInTime(cause, effect, declared, clocks);
  const lag = clocks.lag(cause, effect);
  if (lag === undefined) return true;
  if (effect.openStart !== true && lag < -clocks.tolerance(cause, effect)) return false;
  return endsInTime(cause, effect, declared, clocks);
}

/** The effect begins while the cause lasts, or soon enough after it was last seen. */
function endsInTime(cause: Finding, effect: Finding, declared: CauseEdge, clocks: Clocks): boolean {
  if (declared.within === undefined || cause.timeless === true) return true;
  const { firstSeen, lastSeen } = cause;
  const lag = clocks.lag(cause, effect);
  if (lag === undefined || firstSeen === undefined || lastSeen === undefined) return true;
  return lag - (lastSeen - firstSeen) <= parseDuration(declared.within)! + clocks.tolerance(cause, effect);
}

function timing(cause: Finding, effect: Finding, lag: Duration | undefined, clocks: Clocks): string[] {
  if (cause.timeless === true) return ['holds since installation'];
  if (lag === undefined) return [];
  if (Math.abs(lag) < SECOND) return ['begins at the same time'];
  if (lag >= 0) return [`begins ${formatDuration(lag)} later`];
  const earlier = `seen ${formatDuration(lag)} earlier`;
  if (lag >= -clocks.tolerance(cause, effect)) return [`${earlier}, within clock skew`];
  return [`${earlier}, ${cause.openStart === true ? "before the cause's log begins" : 'where its own log begins'}`];
}
