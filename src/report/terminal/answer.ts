import type { Report, RootCause } from '../../model/report.ts';
import { type Graph, titleOf, topEffects } from '../chain.ts';
import { looseSymptoms } from '../selection.ts';
import { displayWidth } from '../text-safety.ts';
import {
  confidenceInWords,
  counted,
  entitiesInWords,
  percent,
  recoveryInWords,
  statusInWords,
  unnamedEntities,
} from '../words.ts';
import { oneLine, type Paper, paragraph, type Style } from './paper.ts';

/** The first screen, at most 24 lines at 80 columns: what happened, why, and what to do first. */
export function answer(paper: Paper, report: Report, graph: Graph): string[] {
  const causes = report.rootCauses;
  return [
    ...verdict(paper, report),
    '',
    ...(causes.length === 0 ? withoutCause(paper, report, graph) : ranking(paper, causes, graph)),
    ...loose(paper, report),
  ];
}

const SUMMARY_LINES = 3;

const VERDICT_STYLE: Readonly<Record<Report['verdict']['status'], Style>> = {
  healthy: 'green',
  degraded: 'yellow',
  failed: 'red',
  inconclusive: 'yellow',
};

function verdict(paper: Paper, report: Report): string[] {
  const { status, recovery, summary } = report.verdict;
  const word = `${status.toUpperCase()}, ${recoveryInWords(recovery)}`;
  const about = [
    report.cluster.version === undefined ? undefined : `OpenShift ${report.cluster.version}`,
    report.cluster.platform,
    report.cluster.nodes.length === 0 ? undefined : counted(report.cluster.nodes.length, 'node'),
  ].filter((part) => part !== undefined);
  const prefix = paper.paint(['bold', VERDICT_STYLE[status]], word);
  const rest = about.length === 0 ? '' : ` · ${about.join(', ')}`;
  const room = paper.width - displayWidth(word);
  const line = rest === '' || room < 16 ? prefix : `${prefix}${oneLine({ ...paper, width: room }, '', rest, 'dim')}`;
  return [line, ...paragraph(paper, '', summary, { most: SUMMARY_LINES })];
}

/** What the first screen had no room for, and how to read what follows. */
export function preface(paper: Paper, report: Report): string[] {
  const summary = paragraph(paper, '', report.verdict.summary);
  return [
    ...(summary.length > SUMMARY_LINES ? ['', ...summary] : []),
    ...(paper.root === undefined
      ? []
      : ['', ...paragraph(paper, '', `Paths below that start with …/ start with ${paper.root}`, { style: 'dim' })]),
  ];
}

/** Lines for the ranking: with the verdict above and the open ends below, 24 in all. */
const ROOM = 16;

function ranking(paper: Paper, causes: readonly RootCause[], graph: Graph): string[] {
  const each = Math.min(4, Math.max(2, Math.floor(ROOM / causes.length)));
  const shown = causes.slice(0, Math.floor(ROOM / each));
  const spaced = shown.length * (each + 1) <= ROOM + 1;
  const lines = shown.flatMap((cause, i) => [
    ...(spaced && i > 0 ? [''] : []),
    ...(causes.length <= 3 ? brief(paper, cause, graph, 2) : brief(paper, cause, graph, 1).slice(0, each)),
  ]);
  const left = causes.length - shown.length;
  return left === 0 ? lines : [...lines, `   and ${counted(left, 'more root cause', 'more root causes')}, below`];
}

/** Most important line first: a crowded screen shows only the first two. */
function brief(paper: Paper, cause: RootCause, graph: Graph, titleLines: number): string[] {
  const also = unnamedEntities(cause);
  const title = also.length === 0 ? cause.title : `${cause.title} (${entitiesInWords(also)})`;
  const sure = `${confidenceInWords(cause.confidence)} (${percent(cause.confidence)})`;
  const state = `${sure}, ${statusInWords(cause.status, graph.findings.get(cause.finding))}`;
  const first = firstStep(cause);
  const explains = explained(cause, graph);
  const wide = paper.width >= 140 && explains !== undefined;
  return [
    ...paragraph(paper, `${cause.rank}.`.padEnd(3), title, { style: 'bold', most: titleLines }),
    oneLine(paper, '   ', wide ? `${state}; ${explains}` : state, cause.status === 'active' ? 'red' : 'yellow'),
    ...(first === undefined ? [] : [oneLine(paper, '   ', first, 'cyan')]),
    ...(wide || explains === undefined ? [] : [oneLine(paper, '   ', explains)]),
  ];
}

function firstStep(cause: RootCause): string | undefined {
  const remedy = cause.remediation[0];
  if (remedy !== undefined) return `fix: ${remedy.risk === undefined ? '' : `[${remedy.risk}] `}${remedy.text}`;
  const collect = cause.collectNext[0];
  return collect === undefined ? undefined : `collect next: ${collect}`;
}

function explained(cause: RootCause, graph: Graph): string | undefined {
  if (cause.explains.length === 0) return undefined;
  const titles = topEffects(graph, cause).map((finding) => finding.title);
  const named = titles.length > 0 ? titles : cause.explains.map((id) => titleOf(graph, id));
  return `explains ${cause.explains.length}: ${[...new Set(named)].join('; ')}`;
}

function withoutCause(paper: Paper, report: Report, graph: Graph): string[] {
  const symptoms = report.unexplained.slice(0, 6);
  const missing = report.coverage.missing.slice(0, 6);
  return [
    paper.paint('bold', 'No root cause was found.'),
    ...(symptoms.length === 0 ? [] : ['Seen, without an explanation:']),
    ...symptoms.map((id) => oneLine(paper, '  - ', titleOf(graph, id))),
    ...(missing.length === 0 ? [] : ['Missing from the input:']),
    ...missing.map(({ what, matters }) => oneLine(paper, '  - ', `${what}: ${matters}`)),
  ];
}

/** What the causes leave open, in one line. */
function loose(paper: Paper, report: Report): string[] {
  const { coverage } = report;
  const unexplained = looseSymptoms(report);
  const parts = [
    ...(unexplained.length === 0 ? [] : [counted(unexplained.length, 'unexplained symptom')]),
    ...(coverage.missing.length === 0 ? [] : [counted(coverage.missing.length, 'missing source')]),
    ...(coverage.skipped.length === 0 ? [] : [counted(coverage.skipped.length, 'skipped file')]),
  ];
  return parts.length === 0 ? [] : ['', oneLine(paper, '', `Open: ${parts.join(', ')}.`, 'dim')];
}
