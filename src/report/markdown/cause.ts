import type { ReportFinding, RootCause } from '../../model/report.ts';
import { becauseOf, chainOf, explainedWithoutEdge, type Graph, type Step, stepNote, stepTitle } from '../chain.ts';
import { commandLines } from '../command.ts';
import { earlierInWords, recoveredInWords } from '../course-words.ts';
import { clip } from '../text-safety.ts';
import {
  confidenceInWords,
  counted,
  entityInWords,
  percent,
  placeOf,
  readableTime,
  recoveryInWords,
  statusInWords,
  timeRange,
} from '../words.ts';
import { code, fence, text } from './text.ts';

/** A root cause as a section of blocks, each a list of lines. */
export function causeSection(graph: Graph, cause: RootCause): string[][] {
  const finding = graph.findings.get(cause.finding);
  return [
    [`## ${cause.rank}. ${text(cause.title)}`],
    facts(cause, finding),
    ...(cause.summary === undefined ? [] : [[text(cause.summary)]]),
    ...(cause.why === undefined ? [] : [[text(cause.why)]]),
    ...titled(
      'Because',
      cause.because.map((because) => `- ${text(because)}`),
    ),
    ...titled('What it led to', chain(graph, cause)),
    ...courseBlocks(cause),
    ...titled('Evidence', evidenceItems(finding?.evidence ?? [])),
    ...titled('Fix', actionItems(cause.remediation)),
    ...titled('Check', actionItems(cause.verify)),
    ...titled('Instead it could be', alternatives(cause)),
    ...titled(
      'Collect next',
      cause.collectNext.map((what) => `- ${text(what)}`),
    ),
  ];
}

/** How it ended, and when it was there before. */
export function courseBlocks(cause: RootCause): string[][] {
  return [
    ...titled(
      'How it ended',
      recoveredInWords(cause).map((line) => `- ${text(line)}`),
    ),
    ...titled(
      'Seen before',
      earlierInWords(cause).map((line) => `- ${text(line)}`),
    ),
  ];
}

export function titled(title: string, lines: readonly string[]): string[][] {
  return lines.length === 0 ? [] : [[`### ${title}`], [...lines]];
}

function facts(cause: RootCause, finding: ReportFinding | undefined): string[] {
  return [
    `- **Confidence:** ${confidenceInWords(cause.confidence)} (${percent(cause.confidence)})`,
    `- **Status:** ${statusInWords(cause.status, finding)}`,
    ...(cause.recovery === undefined ? [] : [`- **Recovery:** ${recoveryInWords(cause.recovery)}`]),
    ...(cause.entities.length === 0
      ? []
      : [`- **Concerns:** ${cause.entities.map((entity) => code(entityInWords(entity))).join(', ')}`]),
    `- **Signature:** ${code(cause.signature)}`,
  ];
}

/** Nested lists end at this depth: deeper ones would turn into code blocks in some readers. */
const DEEPEST = 8;

function chain(graph: Graph, cause: RootCause): string[] {
  const steps = chainOf(graph, cause.finding);
  return [
    ...steps.map((step) => `${'  '.repeat(Math.min(step.depth, DEEPEST) - 1)}- ${stepText(step)}`),
    ...explainedWithoutEdge(graph, cause, steps).map((title) => `- explains: ${text(title)}`),
  ];
}

function stepText(step: Step): string {
  const { edge, effect } = step;
  const title = `${step.weak ? '⇢' : '→'} **${text(stepTitle(step))}**${stepNote(step)}`;
  if (step.seen && !step.weak) return title;
  const because = becauseOf(step);
  const place = effect?.evidence[0];
  return [
    title,
    ...(effect?.firstSeen === undefined ? [] : [readableTime(effect.firstSeen)]),
    `link ${percent(edge.strength)}`,
    ...(because === '' ? [] : [text(because)]),
    ...(place === undefined ? [] : [code(placeOf(place))]),
  ].join(', ');
}

/** Columns of a log line in Markdown; the file at its line holds the rest. */
const LONGEST_TEXT = 1000;

export function evidenceItems(evidence: ReportFinding['evidence']): string[] {
  return evidence.flatMap((piece) => {
    const about = [
      code(placeOf(piece)),
      ...(piece.at === undefined
        ? []
        : [piece.until === undefined ? readableTime(piece.at) : timeRange(piece.at, piece.until)]),
      ...(piece.repeats > 1 ? [counted(piece.repeats, 'match', 'matches')] : []),
    ].filter((part) => part !== '');
    return [`- ${about.join(', ')}`, '', ...fence([clip(piece.text, LONGEST_TEXT)], 'text', '  '), ''];
  });
}

function actionItems(actions: RootCause['remediation']): string[] {
  return actions.flatMap((action, i) => {
    const number = `${i + 1}. `;
    const indent = ' '.repeat(number.length);
    const risk = action.risk === undefined ? '' : `**[${action.risk}]** `;
    const run = action.run === undefined ? [] : ['', ...fence(commandLines(action.run), 'sh', indent), ''];
    return [`${number}${risk}${text(action.text)}`, ...run];
  });
}

function alternatives(cause: RootCause): string[] {
  return cause.alternatives.map(
    (rival) =>
      `- ${text(rival.title)} (${percent(rival.confidence)}, ${code(rival.signature)}); decided by: ${text(rival.decidedBy)}`,
  );
}
