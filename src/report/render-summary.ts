import type { Report, RootCause } from '../model/report.ts';
import { graphOf, topEffects } from './chain.ts';
import { looseSymptoms } from './selection.ts';
import { clip, visible } from './text-safety.ts';
import {
  counted,
  entitiesInWords,
  percent,
  placeOf,
  readableTime,
  recoveryInWords,
  statusInWords,
  unnamedEntities,
} from './words.ts';

const LINES = 10;
/** Columns of a line: what a case comment or a chat shows without folding it. */
const COLUMNS = 240;
/** Root causes that are named; the last line says how many more there are. */
const MOST_CAUSES = 3;

/** At most ten plain lines to paste into a case or a chat: no markup, nothing that a chat would make a link to a person. */
export function renderSummary(report: Report): string {
  return `${summaryLines(report).map(plain).join('\n')}\n`;
}

/** The same ten lines as the text of a Slack message (mrkdwn), for a webhook: what a log says is never markup in it. */
export function renderSlack(report: Report): string {
  const [verdict, ...rest] = summaryLines(report).map((line) => mrkdwn(plain(line)));
  return `${[`*${verdict}*`, ...rest].join('\n')}\n`;
}

/** At most ten, most important first. */
function summaryLines(report: Report): string[] {
  const lines = [
    verdictLine(report),
    report.verdict.summary,
    ...report.rootCauses.slice(0, MOST_CAUSES).map((cause) => causeLine(report, cause)),
    ...firstEvidence(report),
    ...doFirst(report),
    ...unknowns(report),
    footer(report),
  ];
  return lines.slice(0, LINES);
}

/** Slack reads these as controls and emphasis; a look-alike of the latter has no meaning to it. */
function mrkdwn(line: string): string {
  return line
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('*', '∗')
    .replaceAll('~', '∼')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '＿');
}

function plain(line: string): string {
  return clip(
    visible(line)
      .replaceAll('@', '(at)')
      .replaceAll('`', "'")
      .replace(/<([!@#])/g, '< $1'),
    COLUMNS,
  );
}

function verdictLine({ verdict, cluster, window }: Report): string {
  const about = [
    cluster.version === undefined ? undefined : `OpenShift ${cluster.version}`,
    cluster.platform,
    cluster.nodes.length === 0 ? undefined : counted(cluster.nodes.length, 'node'),
    window.gatheredAt === undefined ? undefined : `gathered ${readableTime(window.gatheredAt)}`,
  ].filter((part) => part !== undefined);
  return `${verdict.status.toUpperCase()}, ${recoveryInWords(verdict.recovery)}. ${about.join(', ')}`;
}

function causeLine(report: Report, cause: RootCause): string {
  const graph = graphOf(report);
  const also = unnamedEntities(cause);
  const effect = topEffects(graph, cause)[0];
  return [
    `Cause ${cause.rank} (${percent(cause.confidence)}): ${cause.title}${also.length === 0 ? '' : ` (${entitiesInWords(also, 2)})`}`,
    statusInWords(cause.status, graph.findings.get(cause.finding)),
    ...(effect === undefined ? [] : [`led to: ${effect.title}`]),
  ].join('; ');
}

function firstEvidence(report: Report): string[] {
  const cause = report.rootCauses[0];
  const piece = report.findings.find(({ id }) => id === cause?.finding)?.evidence[0];
  return piece === undefined ? [] : [`Evidence: ${placeOf(piece).split('/').slice(-3).join('/')}: ${piece.text}`];
}

function doFirst({ rootCauses }: Report): string[] {
  const cause = rootCauses.find(({ remediation }) => remediation.length > 0);
  const action = cause?.remediation[0];
  if (action === undefined) return [];
  const risk = action.risk === undefined ? '' : `[${action.risk}] `;
  return [`Do first: ${risk}${action.text}`];
}

function unknowns(report: Report): string[] {
  const { coverage, outcomes, rootCauses } = report;
  const unexplained = looseSymptoms(report);
  const unjudged = outcomes.filter(({ outcome }) => outcome === 'no-data').length;
  const collect = rootCauses.flatMap(({ collectNext }) => collectNext)[0];
  const open = [
    ...(rootCauses.length > MOST_CAUSES ? [counted(rootCauses.length - MOST_CAUSES, 'more root cause')] : []),
    ...(unexplained.length === 0 ? [] : [`${counted(unexplained.length, 'symptom')} without a cause`]),
    ...(coverage.missing.length === 0 ? [] : [`missing: ${coverage.missing.map(({ what }) => what).join(', ')}`]),
    ...(unjudged === 0 ? [] : [`${counted(unjudged, 'signature')} without data`]),
  ];
  return [
    ...(open.length === 0 ? [] : [`Not known: ${open.join('; ')}`]),
    ...(collect === undefined ? [] : [`Collect next: ${collect}`]),
  ];
}

function footer({ tool, coverage, findings }: Report): string {
  return `${tool.name} ${tool.version}: ${counted(findings.length, 'finding')} in ${counted(coverage.files, 'file')}, ${counted(tool.signatures.count, 'signature')}`;
}
