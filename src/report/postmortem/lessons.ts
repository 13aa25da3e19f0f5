import type { Report, RootCause } from '../../model/report.ts';
import type { Graph } from '../chain.ts';
import { commandLines } from '../command.ts';
import { code, fence, text } from '../markdown/text.ts';
import { counted, percent, recoveryInWords, statusInWords } from '../words.ts';

type Action = RootCause['remediation'][number];

/** What is mended already, by the evidence, and what is to do. */
export function remediesSection(report: Report): string[][] {
  const done = report.rootCauses.filter(({ status }) => status === 'recovered');
  const open = report.rootCauses.filter(({ status, remediation }) => status === 'active' && remediation.length > 0);
  return [
    ['## Remedies'],
    ['### Done'],
    done.length === 0
      ? ['Nothing in the evidence shows that a cause was mended. _Add what was done after the gather._']
      : done.map((cause) => `- [x] Cause ${cause.rank}, ${text(cause.title)}: over by itself or mended; _say how._`),
    ...(open.length === 0 ? [] : [['### To do'], ...open.flatMap(todo)]),
  ];
}

function todo(cause: RootCause): string[][] {
  const recovery = cause.recovery === undefined ? '' : ` (${recoveryInWords(cause.recovery)})`;
  return [[`Cause ${cause.rank}, ${text(cause.title)}${recovery}:`], ...cause.remediation.map(checkbox)];
}

function checkbox({ text: says, run, risk }: Action): string[] {
  const rated = risk === undefined ? '' : `**[${risk}]** `;
  return [`- [ ] ${rated}${text(says)}`, ...(run === undefined ? [] : ['', ...fence(commandLines(run), 'sh', '  ')])];
}

/** What would have shown each cause early, as a checklist: the checks that its signature names. */
export function preventionSection(report: Report): string[][] {
  const items = report.rootCauses.flatMap((cause) => [
    ...cause.verify.map(checkbox),
    [
      `- [ ] Alert on ${code(cause.signature)}, or analyse a gather after every installation, update and certificate renewal`,
    ],
  ]);
  return items.length === 0 ? [] : [['## Prevention checklist'], ...unique(items)];
}

function unique(items: readonly string[][]): string[][] {
  return [...new Map(items.map((item) => [item.join('\n'), item])).values()];
}

/** What the evidence leaves open. */
export function openQuestions(report: Report, graph: Graph): string[][] {
  const questions = [
    ...report.unexplained.map((id) => `What caused “${graph.findings.get(id)?.title ?? id}”?`),
    ...report.rootCauses.flatMap((cause) =>
      cause.alternatives.map(
        (rival) =>
          `Cause ${cause.rank}: could it be “${rival.title}” (${percent(rival.confidence)}) instead? Decided by: ${rival.decidedBy}`,
      ),
    ),
    ...report.rootCauses.flatMap((cause) =>
      graph.findings.get(cause.finding)?.firstSeen === undefined
        ? [
            `When did cause ${cause.rank} begin? The evidence does not date it (${statusInWords(cause.status, undefined)}).`,
          ]
        : [],
    ),
    ...report.coverage.missing.map(({ what, matters }) => `${what} was not in the input: ${matters}`),
    ...report.rootCauses.flatMap((cause) => cause.collectNext.map((what) => `To collect: ${what}`)),
  ];
  const unjudged = report.outcomes.filter(({ outcome }) => outcome === 'no-data').length;
  const lines = [
    ...[...new Set(questions)].map((question) => `- ${text(question)}`),
    ...(unjudged === 0
      ? []
      : [`- ${counted(unjudged, 'signature')} could not be judged, for their data was not in the input.`]),
  ];
  return [['## Open questions'], lines.length === 0 ? ['None that the report knows of.'] : lines];
}
