import { compareText } from '../../model/entity.ts';
import type { Report, ReportFinding, RootCause } from '../../model/report.ts';
import type { Graph } from '../chain.ts';
import { commandLines } from '../command.ts';
import { reportedInWords } from '../course-words.ts';
import { code, fence, text } from '../markdown/text.ts';
import { placeOf, readableTime } from '../words.ts';
import { between } from './impact.ts';

/** How the incident could be seen, when first, and how long nobody did. */
export function detectionSection(report: Report, graph: Graph): string[][] {
  const seen = report.rootCauses.map((cause) => ({ cause, first: firstSign(graph, cause) }));
  return [
    ['## Detection'],
    ...reported(report),
    ['_How it was noticed, and by whom, is not in the evidence: add it here._'],
    ...(seen.length === 0
      ? []
      : [['### How it could have been detected'], ...seen.flatMap(({ cause, first }) => item(report, cause, first))]),
  ];
}

function reported(report: Report): string[][] {
  const first = reportedInWords(report);
  if (first === undefined) return [];
  const sign = report.impact?.visibleSign;
  const how = sign === undefined ? '' : ` When the gather was taken, anyone could have seen it: ${text(sign)}.`;
  return [[`The cluster itself first said so at ${text(first)}.${how}`]];
}

/** The earliest dated finding among a cause and what it explains. */
function firstSign(graph: Graph, cause: RootCause): ReportFinding | undefined {
  return [cause.finding, ...cause.explains]
    .flatMap((id) => graph.findings.get(id) ?? [])
    .filter(({ firstSeen }) => firstSeen !== undefined)
    .sort((a, b) => compareText(a.firstSeen!, b.firstSeen!))[0];
}

function item(report: Report, cause: RootCause, first: ReportFinding | undefined): string[][] {
  const ago = between(first?.firstSeen, report.window.gatheredAt);
  const place = first?.evidence[0];
  const sign =
    first === undefined
      ? 'it left no dated trace in this evidence.'
      : `first visible at ${readableTime(first.firstSeen!)}${ago === undefined ? '' : `, ${ago} before the gather`}: ${text(first.title)}${place === undefined ? '' : ` (${code(placeOf(place))})`}.`;
  const [check] = cause.verify;
  return [
    [`- **Cause ${cause.rank}**: ${sign}`],
    ...(check === undefined
      ? []
      : [
          [
            `  ${text(check.text)}:`,
            ...(check.run === undefined ? [] : ['', ...fence(commandLines(check.run), 'sh', '  ')]),
          ],
        ]),
  ];
}
