import type { Report } from '../model/report.ts';
import { graphOf } from './chain.ts';
import { text } from './markdown/text.ts';
import { appendix } from './postmortem/appendix.ts';
import { causesSection } from './postmortem/causes.ts';
import { detectionSection } from './postmortem/detection.ts';
import { impactSection } from './postmortem/impact.ts';
import { openQuestions, preventionSection, remediesSection } from './postmortem/lessons.ts';
import { timelineSection } from './postmortem/timeline.ts';
import { confidenceInWords, percent, recoveryInWords } from './words.ts';

/** A postmortem as its authors write it, in Markdown: what the evidence says stands there, what it cannot say is asked. */
export function renderPostmortem(report: Report): string {
  const graph = graphOf(report);
  const blocks = [
    [`# Postmortem: ${text(report.rootCauses[0]?.title ?? 'an incident without a known cause')}`],
    summary(report),
    ...impactSection(report, graph),
    ...timelineSection(report),
    ...causesSection(report, graph),
    ...detectionSection(report, graph),
    ...remediesSection(report),
    ...preventionSection(report),
    ...openQuestions(report, graph),
    ...appendix(report, graph),
  ];
  return `${blocks
    .map((block) => block.join('\n').trimEnd())
    .filter((block) => block !== '')
    .join('\n\n')}\n`;
}

function summary(report: Report): string[] {
  const { status, recovery, summary: says } = report.verdict;
  return [
    '## Summary',
    '',
    `The cluster is **${status}**: ${recoveryInWords(recovery)}. ${text(says)}`,
    ...(report.rootCauses.length === 0
      ? ['', 'No root cause was found.']
      : [
          '',
          ...report.rootCauses.map(
            (cause) =>
              `${cause.rank}. ${text(cause.title)}: ${confidenceInWords(cause.confidence)} (${percent(cause.confidence)}), ${cause.status}`,
          ),
        ]),
  ];
}
