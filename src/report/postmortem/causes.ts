import type { Report, RootCause } from '../../model/report.ts';
import { becauseOf, chainOf, type Graph, stepNote, stepTitle } from '../chain.ts';
import { courseBlocks, evidenceItems, titled } from '../markdown/cause.ts';
import { inferredItems } from '../markdown/course.ts';
import { code, text } from '../markdown/text.ts';
import { confidenceInWords, counted, percent, readableTime, statusInWords } from '../words.ts';

/** Pieces of evidence in the text; the appendix has the others. */
const MOST_PIECES = 2;
const MOST_STEPS = 20;
const DEEPEST = 8;

/** Root causes with their evidence, then what contributed without being explained by them. */
export function causesSection(report: Report, graph: Graph): string[][] {
  return [
    ['## Root causes and contributing factors'],
    ...(report.rootCauses.length === 0 ? [['The evidence names none.']] : []),
    ...report.rootCauses.flatMap((cause) => causeBlocks(graph, cause)),
    ...titled('Links that must exist and were not seen', inferredItems(report, graph)),
    ...contributing(report, graph),
  ];
}

function causeBlocks(graph: Graph, cause: RootCause): string[][] {
  const finding = graph.findings.get(cause.finding);
  const steps = chainOf(graph, cause.finding);
  const drawn = steps.slice(0, MOST_STEPS).map((step) => {
    const because = becauseOf(step);
    const indent = '  '.repeat(Math.min(step.depth, DEEPEST) - 1);
    return `${indent}- ${text(stepTitle(step))}${stepNote(step)}${because === '' || step.seen ? '' : `: ${text(because)}`}`;
  });
  return [
    [`### ${cause.rank}. ${text(cause.title)}`],
    [
      `${confidenceInWords(cause.confidence)} (${percent(cause.confidence)}); ${statusInWords(cause.status, finding)}; signature ${code(cause.signature)}.`,
    ],
    ...(cause.summary === undefined ? [] : [[text(cause.summary)]]),
    ...(cause.why === undefined ? [] : [[text(cause.why)]]),
    ...(drawn.length === 0 ? [] : [['What it led to:', '', ...drawn]]),
    ...(steps.length > MOST_STEPS ? [[`And ${counted(steps.length - MOST_STEPS, 'further step')}.`]] : []),
    ...courseBlocks(cause),
    ...(finding === undefined ? [] : [['Evidence:', '', ...evidenceItems(finding.evidence.slice(0, MOST_PIECES))]]),
  ];
}

/** Causes that others explain, and context: no root, yet part of why it went as it did. */
function contributing(report: Report, graph: Graph): string[][] {
  const explained = new Set(report.rootCauses.flatMap(({ explains }) => explains));
  const factors = report.findings.filter(
    ({ id, role }) => !graph.ranks.has(id) && (role === 'cause' || (role === 'context' && !explained.has(id))),
  );
  return titled(
    'Contributing factors',
    factors.map(
      ({ title, severity, firstSeen }) =>
        `- ${text(title)} (${severity}${firstSeen === undefined ? '' : `, from ${readableTime(firstSeen)}`})`,
    ),
  );
}
