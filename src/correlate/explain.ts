import { compareText } from '../model/entity.ts';
import { type Finding, severityRank } from '../model/finding.ts';
import type { Edge } from './edges.ts';
import { type CausalGraph, reach } from './graph.ts';
import type { Relations } from './relations.ts';

/** A finding chosen as root, with what it accounts for. */
export interface Root {
  readonly finding: Finding;
  /** Findings that it leads to, with the probability of the best path. */
  readonly explains: ReadonlyMap<Finding, number>;
  /** A symptom that nothing explains, standing in for the cause that was not seen. */
  readonly standsIn: boolean;
  /** Candidates that would explain the same and were not needed. */
  readonly rivals: readonly Finding[];
  /** The same fault on other entities, accounting for the same: the ingress VIP beside the API VIP. */
  readonly siblings: readonly Finding[];
  /** Findings of the same signature on other entities that led to nothing there. */
  readonly idlePeers: readonly Finding[];
  /** What it explains, it explains only over a link that was not seen. */
  readonly inferred: boolean;
  readonly score: number;
}

export interface Explanation {
  readonly roots: readonly Root[];
  readonly unexplained: readonly Finding[];
}

/** A path at least this probable accounts for a symptom; weak edges are drawn, but explain nothing. */
const ACCOUNTS = 0.4;

const WEIGHT = [0, 1, 4, 10] as const;
/** Causes that explain less than this share of what the best one explains come after the others. */
const MINOR = 0.1;

/** Chooses the smallest set of causes that accounts for the symptoms, and ranks it. */
export function explain(findings: readonly Finding[], graph: CausalGraph, relations: Relations): Explanation {
  const reached = new Map(findings.map((finding) => [finding, accounted(graph, finding)]));
  const idle = idlePeers(
    findings.filter((f) => relations.shows(f.entities)),
    reached,
  );
  const caused = causedByCauses(findings, reached);
  const candidates = findings
    .filter((f) => f.role === 'cause' && !caused.has(f) && mayBeRoot(f, reached.get(f)!, idle))
    .map((f) => ({
      ...rootOf(f, reached.get(f)!, false, idle.get(f.signature) ?? []),
      inferred: isInferred(graph.effects.get(f)),
    }))
    .sort(byScore);
  const chosen = choose(candidates);
  const covered = coverage(chosen);
  const open = findings.filter((f) => isOpen(f) && !covered.has(f));
  const standIns = chooseStandIns(open, reached, graph, chosen.length);
  const roots = [...rank(chosen), ...standIns.sort(byScore)];
  const explained = new Set(standIns.flatMap((root) => [...root.explains.keys()]));
  return { roots, unexplained: open.filter((f) => !explained.has(f)) };
}

function accounted(graph: CausalGraph, finding: Finding): Map<Finding, number> {
  return new Map([...reach(graph, finding)].filter(([, probability]) => probability >= ACCOUNTS));
}

/** All that it leads to directly, it leads to over links that were not seen. */
function isInferred(edges: readonly Edge[] = []): boolean {
  const telling = edges.filter(({ strength }) => strength >= ACCOUNTS);
  return telling.length > 0 && telling.every((edge) => 'through' in edge);
}

/** What another cause leads to is a link of that one's chain. */
function causedByCauses(
  findings: readonly Finding[],
  reached: ReadonlyMap<Finding, ReadonlyMap<Finding, number>>,
): ReadonlySet<Finding> {
  const caused = new Set<Finding>();
  for (const cause of findings) {
    if (cause.role !== 'cause') continue;
    for (const effect of reached.get(cause)!.keys()) if (effect !== cause) caused.add(effect);
  }
  return caused;
}

function isOpen(finding: Finding): boolean {
  return finding.role === 'symptom' && finding.status === 'active' && severityRank(finding.severity) >= 1;
}

/**
 * What is over, or is only a warning, is a root cause only where it accounts for something that is wrong now.
 * What repeats on peers without consequences is noise there.
 */
function mayBeRoot(
  finding: Finding,
  explains: ReadonlyMap<Finding, number>,
  idle: ReadonlyMap<string, readonly Finding[]>,
): boolean {
  const active = [...explains.keys()].some((f) => f.status === 'active' && severityRank(f.severity) >= 2);
  if (active) return true;
  if (idle.get(finding.signature)?.includes(finding) === true) return false;
  return finding.status === 'active' && severityRank(finding.severity) >= 2;
}

/** Findings that led to nothing while their like did on another host: looked, and absent. What was mended there proves nothing. */
function idlePeers(
  findings: readonly Finding[],
  reached: ReadonlyMap<Finding, ReadonlyMap<Finding, number>>,
): Map<string, readonly Finding[]> {
  const idle = new Map<string, readonly Finding[]>();
  for (const [signature, like] of Map.groupBy(
    findings.filter((f) => f.role === 'cause' && f.status === 'active' && f.entities.some((e) => e.kind === 'node')),
    (f) => f.signature,
  )) {
    const without = like.filter((f) => reached.get(f)!.size === 0);
    if (without.length > 0 && without.length < like.length) idle.set(signature, without);
  }
  return idle;
}

function rootOf(
  finding: Finding,
  explains: ReadonlyMap<Finding, number>,
  standsIn: boolean,
  idlePeers: readonly Finding[],
): Root {
  let score = WEIGHT[severityRank(finding.severity)]! * finding.confidence;
  for (const [effect, probability] of explains) {
    const now = effect.status === 'active' ? 1 : 0.3;
    score += WEIGHT[severityRank(effect.severity)]! * probability * now;
  }
  if (finding.status === 'recovered') score *= 0.5;
  return {
    finding,
    explains,
    standsIn,
    inferred: false,
    rivals: [],
    siblings: [],
    idlePeers: idlePeers.filter((f) => f !== finding),
    score,
  };
}

function byScore(a: Root, b: Root): number {
  return b.score - a.score || compareText(a.finding.id, b.finding.id);
}

/** Takes causes from the best on; one that accounts for nothing new is a rival of the one that already does. */
function choose(candidates: readonly Root[]): Root[] {
  const chosen: Root[] = [];
  /** Which of the chosen accounted for it first. */
  const covered = new Map<Finding, number>();
  for (const candidate of candidates) {
    const effects = [...candidate.explains.keys()];
    const redundant = effects.length > 0 && effects.every((effect) => covered.has(effect));
    const better = redundant ? betterOf(effects, chosen, covered) : undefined;
    if (better !== undefined) {
      chosen[better] = withRedundant(chosen[better]!, candidate.finding);
      continue;
    }
    for (const finding of [candidate.finding, ...effects])
      if (!covered.has(finding)) covered.set(finding, chosen.length);
    chosen.push(candidate);
  }
  return chosen;
}

/** The first of the chosen that leads to any of them: to be one of them is not to account for it. */
function betterOf(
  effects: readonly Finding[],
  chosen: readonly Root[],
  covered: ReadonlyMap<Finding, number>,
): number | undefined {
  const owners = effects
    .filter((effect) => chosen[covered.get(effect)!]!.explains.has(effect))
    .map((effect) => covered.get(effect)!);
  return owners.length === 0 ? undefined : Math.min(...owners);
}

function withRedundant(root: Root, finding: Finding): Root {
  if (finding.signature === root.finding.signature) return { ...root, siblings: [...root.siblings, finding] };
  return { ...root, rivals: [...root.rivals, finding] };
}

function coverage(roots: readonly Root[]): Set<Finding> {
  return new Set(roots.flatMap((root) => [root.finding, ...root.explains.keys()]));
}

/**
 * Symptoms that nothing explains stand in for their unseen cause: those that are critical or themselves account for
 * others, or, where no cause was found at all, the gravest.
 */
function chooseStandIns(
  open: readonly Finding[],
  reached: ReadonlyMap<Finding, ReadonlyMap<Finding, number>>,
  graph: CausalGraph,
  causes: number,
): Root[] {
  const openSet = new Set(open);
  const tops = open.filter(
    (f) => !(graph.causes.get(f) ?? []).some((edge) => openSet.has(edge.cause) && edge.strength >= ACCOUNTS),
  );
  const isGrave = (f: Finding): boolean => severityRank(f.severity) >= 2;
  const telling = tops.filter(
    (f) =>
      f.severity === 'critical' || [...reached.get(f)!.keys()].some((effect) => openSet.has(effect) && isGrave(effect)),
  );
  const taken = causes > 0 || telling.length > 0 ? telling : tops.filter(isGrave);
  const roots = taken.map((f) => rootOf(f, reached.get(f)!, true, [])).sort(byScore);
  return choose(roots).slice(0, 5);
}

const RECOVERY_ORDER = ['in-place', 'hardware', 'reinstall'];

/**
 * Installation faults that account for something come first: they were there before all else and decide the verdict.
 * What peers have without consequences comes after what only one has.
 */
function rank(roots: readonly Root[]): Root[] {
  const best = Math.max(...roots.map((root) => root.score), 0);
  const tier = (root: Root): number => {
    if (root.finding.status === 'recovered') return 3;
    if (root.explains.size === 0) return 2;
    if (root.idlePeers.length > 0) return 1;
    return root.score >= best * MINOR || root.finding.timeless === true ? 0 : 1;
  };
  return roots.toSorted(
    (a, b) =>
      tier(a) - tier(b) ||
      Number(b.finding.timeless === true) - Number(a.finding.timeless === true) ||
      RECOVERY_ORDER.indexOf(b.finding.recovery ?? 'in-place') -
        RECOVERY_ORDER.indexOf(a.finding.recovery ?? 'in-place') ||
      byScore(a, b),
  );
}
