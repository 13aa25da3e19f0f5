import type { Report, ReportFinding } from '../../model/report.ts';
import { formatDuration, parseTime } from '../../model/time.ts';
import type { Graph } from '../chain.ts';
import { affectedTable, courseFacts } from '../markdown/course.ts';
import { codeCell, table, text } from '../markdown/text.ts';
import { unwellOperators } from '../selection.ts';
import { entitiesInWords, readableTime } from '../words.ts';

/** Rows of the table; the appendix and the JSON report hold the rest. */
const MOST_SYMPTOMS = 15;

/** What suffered, from when and for how long, as far as the evidence reaches. */
export function impactSection(report: Report, graph: Graph): string[][] {
  const explained = new Set(report.rootCauses.flatMap(({ explains }) => explains));
  const symptoms = report.findings
    .filter(
      ({ id, role, severity }) =>
        role === 'symptom' && (severity === 'critical' || severity === 'error' || explained.has(id)),
    )
    .filter(({ id }) => !graph.ranks.has(id));
  const rows = symptoms
    .slice(0, MOST_SYMPTOMS)
    .map((finding) => [
      text(finding.title),
      text(entitiesInWords(finding.entities, 2)),
      finding.firstSeen === undefined ? 'unknown' : readableTime(finding.firstSeen),
      lasting(report, finding),
      finding.status,
    ]);
  const operators = unwellOperators(report).map(({ name, states, since }) => [
    codeCell(name),
    states.join(', '),
    since === undefined ? 'unknown' : readableTime(since),
    since === undefined ? 'unknown' : (between(since, report.window.gatheredAt) ?? 'unknown'),
  ]);
  const left = symptoms.length - MOST_SYMPTOMS;
  return [
    ['## Impact'],
    ['_Who was affected, and how they noticed, is not in the evidence: add it here._'],
    courseFacts(report, graph),
    ...(report.impact?.affected.length
      ? [['### What could not be used'], affectedTable(report), ['### Symptoms']]
      : []),
    table(['What', 'Where', 'From (UTC)', 'Seen for', 'Status at gather time'], rows),
    ...(left > 0 ? [[`And ${left} more symptoms in the report.`]] : []),
    ...(operators.length === 0 || report.impact !== undefined
      ? []
      : [['### Cluster operators'], table(['Operator', 'State', 'Since (UTC)', 'Until the gather'], operators)]),
    ...nodesNotReady(report),
  ];
}

function nodesNotReady({ cluster }: Report): string[][] {
  const names = cluster.nodes.filter(({ ready }) => !ready).map(({ name }) => text(name));
  return names.length === 0 ? [] : [[`Nodes not ready at gather time: ${names.join(', ')}.`]];
}

/** Until the gather for what is active, else until it was last seen. */
function lasting(report: Report, { firstSeen, lastSeen, status }: ReportFinding): string {
  const end = status === 'active' ? (report.window.gatheredAt ?? lastSeen) : lastSeen;
  return between(firstSeen, end) ?? 'unknown';
}

export function between(from: string | undefined, to: string | undefined): string | undefined {
  const start = from === undefined ? undefined : parseTime(from);
  const end = to === undefined ? undefined : parseTime(to);
  return start === undefined || end === undefined || end < start ? undefined : formatDuration(end - start);
}
