import type { Report, RootCause } from '../model/report.ts';
import { type Graph, graphOf } from './chain.ts';
import { causeSection } from './markdown/cause.ts';
import { anomaliesSection, bootsSection } from './markdown/rhythm.ts';
import {
  clusterSection,
  coverageSection,
  othersSection,
  timelineSection,
  unexplainedSection,
} from './markdown/sections.ts';
import { table, text } from './markdown/text.ts';
import { confidenceInWords, percent, recoveryInWords, statusInWords } from './words.ts';

/** The report as GitHub-flavoured Markdown. Nothing that a log says can become markup or HTML. */
export function renderMarkdown(report: Report): string {
  const graph = graphOf(report);
  const blocks = [
    ['# inquest report'],
    [`**${report.verdict.status.toUpperCase()}**, ${recoveryInWords(report.verdict.recovery)}.`],
    [text(report.verdict.summary)],
    ranking(report.rootCauses, graph),
    ...report.rootCauses.flatMap((cause) => causeSection(graph, cause)),
    ...unexplainedSection(report, graph),
    ...anomaliesSection(report),
    ...othersSection(report, graph),
    ...timelineSection(report),
    ...bootsSection(report),
    ...clusterSection(report),
    ...coverageSection(report),
  ];
  return `${blocks
    .map((block) => block.join('\n').trimEnd())
    .filter((block) => block !== '')
    .join('\n\n')}\n`;
}

function ranking(causes: readonly RootCause[], graph: Graph): string[] {
  if (causes.length === 0) return ['No root cause was found.'];
  return table(
    ['Rank', 'Root cause', 'Confidence', 'Status', 'Explains'],
    causes.map((cause) => [
      String(cause.rank),
      text(cause.title),
      `${confidenceInWords(cause.confidence)} (${percent(cause.confidence)})`,
      statusInWords(cause.status, graph.findings.get(cause.finding)),
      String(cause.explains.length),
    ]),
  );
}
