import type { Report, RootCause } from '../model/report.ts';
import { type Graph, graphOf } from './chain.ts';
import { causeSection, titled } from './markdown/cause.ts';
import { clockItems, impactSection, inferredItems, logChangesSection } from './markdown/course.ts';
import { anomaliesSection, bootsSection } from './markdown/rhythm.ts';
import {
  clusterSection,
  coverageSection,
  othersSection,
  timelineSection,
  unexplainedSection,
} from './markdown/sections.ts';
import { seenBeforeSection } from './markdown/seen-before.ts';
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
    ...impactSection(report, graph),
    ...report.rootCauses.flatMap((cause) => causeSection(graph, cause)),
    ...seenBeforeSection(report),
    ...titled('Links that must exist and were not seen', inferredItems(report, graph)),
    ...unexplainedSection(report, graph),
    ...anomaliesSection(report),
    ...logChangesSection(report),
    ...othersSection(report, graph),
    ...timelineSection(report),
    ...bootsSection(report),
    ...clusterSection(report),
    ...titled('Clocks', clockItems(report)),
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
