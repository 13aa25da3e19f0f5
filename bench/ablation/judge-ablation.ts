import { createHash } from 'node:crypto';
import { buildScenario } from '../../src/gathers/build.ts';
import type { Tree } from '../../src/gathers/render.ts';
import { SCENARIOS } from '../../src/gathers/scenarios/index.ts';
import { sourceOf, withoutSources } from '../../src/gathers/sources.ts';
import type { Report, RootCause } from '../../src/model/report.ts';
import { truthOf } from '../accuracy/jobs.ts';
import { isTrue, type JudgedCause, reportOn } from '../accuracy/judge-job.ts';

/** A sample gather from which some sources were taken away. */
export interface Ablation {
  readonly scenario: string;
  readonly gone: readonly string[];
}

/** `link`: what a cause of the truth leads to, named in its place. */
type Standing = 'right' | 'link' | 'wrong';

export interface JudgedAblation extends Ablation {
  /** In words; empty where the report is not fooled. */
  readonly fooled: readonly string[];
  readonly first: Standing | 'guess' | 'none';
  readonly causes: readonly (JudgedCause & { readonly signature: string; readonly standing: Standing })[];
  /** The same where the report says the same. */
  readonly says: string;
  /** Sources in which evidence of findings stands. */
  readonly evidence: readonly string[];
}

/** A cause of at most this confidence is called a guess by the report itself. */
const GUESS = 0.5;
/** A link in place of what lies behind it is no falsehood; to be sure of it is. */
const SURE = 0.9;

interface Whole {
  readonly scenario: string;
  readonly tree: Tree;
  readonly report: Report;
}

let last: Whole | undefined;

export function treeOf(scenario: string): Tree {
  return buildScenario(SCENARIOS.find(({ name }) => name === scenario)!);
}

async function wholeOf(scenario: string, folder: string): Promise<Whole> {
  if (last?.scenario !== scenario) {
    const tree = treeOf(scenario);
    last = { scenario, tree, report: await reportOn(tree, folder) };
  }
  return last;
}

export async function judgeAblation({ scenario, gone }: Ablation, folder: string): Promise<JudgedAblation | undefined> {
  const whole = await wholeOf(scenario, folder);
  const tree = withoutSources(whole.tree, gone);
  if (tree.size === 0) return undefined;
  const report = await reportOn(tree, folder);
  const causes = report.rootCauses.map((cause) => ({ ...cause, standing: standingOf(cause, report, whole) }));
  const [top] = causes;
  const isHealthy = truthOf(scenario).rootCauses.length === 0;
  const fooledBy = ({ standing, confidence, status }: (typeof causes)[number]): boolean =>
    isHealthy ? status === 'active' : confidence > (standing === 'right' ? 1 : standing === 'link' ? SURE : GUESS);
  const { evidence, ...told } = summaryOf(report);
  return {
    scenario,
    gone,
    first: top === undefined ? 'none' : top.standing !== 'right' && top.confidence <= GUESS ? 'guess' : top.standing,
    fooled: [
      ...causes.filter(fooledBy).map((c) => `${c.rank}. ${c.signature} ${c.confidence} (${c.standing})`),
      ...(!isHealthy && report.verdict.status === 'healthy' ? ['verdict healthy'] : []),
    ],
    causes: causes.map(({ signature, confidence, basis, title, standing }) => ({
      signature,
      confidence,
      basis: basis!,
      standsIn: title.endsWith(': cause unknown'),
      right: standing === 'right',
      standing,
    })),
    ...told,
    evidence: [...new Set(evidence.map((source) => sourceIn(tree, source)))],
  };
}

/** Names may be gone with the sources: what rests on the same evidence is the same. */
function standingOf(cause: RootCause, report: Report, whole: Whole): Standing {
  const truth = truthOf(whole.scenario);
  if (isTrue(cause, truth)) return 'right';
  const places = placesOf(report, [cause.finding]);
  const rests = (ids: readonly string[]): boolean =>
    [...placesOf(whole.report, ids)].some((place) => places.has(place));
  const right = whole.report.rootCauses.filter((other) => isTrue(other, truth));
  if (rests(right.map(({ finding }) => finding))) return 'right';
  return rests(right.flatMap(({ explains }) => explains)) ? 'link' : 'wrong';
}

function placesOf({ findings }: Report, ids: readonly string[]): Set<string> {
  return new Set(
    findings
      .filter(({ id }) => ids.includes(id))
      .flatMap(({ signature, evidence }) =>
        // With one input alone, sources are named without its archive.
        evidence.map(({ source, line, pointer }) =>
          [signature, source.replace(/^[^/]+\.tar!\//, ''), line, pointer].join(' '),
        ),
      ),
  );
}

function summaryOf({ verdict, rootCauses, findings }: Report): { says: string; evidence: string[] } {
  const told = [
    verdict.status,
    rootCauses.map(({ signature, confidence }) => [signature, confidence]),
    findings.map(({ id }) => id).sort(),
  ];
  return {
    says: createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 16),
    evidence: findings.flatMap(({ evidence }) => evidence.map(({ source }) => source)),
  };
}

/** Reports name a member by the archive it is in. */
function sourceIn(tree: Tree, source: string): string {
  const parts = source.split('!/');
  return sourceOf(parts.findLast((part) => tree.has(part)) ?? parts[0]!.replace(/^.*\//, ''));
}
