import type { LogChange, Report } from '../../model/report.ts';
import { type Graph, titleOf } from '../chain.ts';
import {
  affectedInWords,
  beganInWords,
  changeInWords,
  isNew,
  isSilence,
  reportedInWords,
  skewInWords,
  spanInWords,
} from '../course-words.ts';
import { percent } from '../words.ts';
import { evidenceItems } from './cause.ts';
import { code, table, text } from './text.ts';

/** The facts of when an incident began and could be seen, as a list. */
export function courseFacts(report: Report, graph: Graph): string[] {
  const beganWith = report.impact?.beganWith;
  return [
    ['Began', beganInWords(report)],
    ['Seen first in', beganWith === undefined ? undefined : titleOf(graph, beganWith)],
    ['First reported by the cluster', reportedInWords(report)],
    ['To be seen when gathered', report.impact?.visibleSign],
  ].flatMap(([label, value]) => (value === undefined ? [] : [`- **${label}:** ${text(value)}`]));
}

export function affectedTable(report: Report): string[] {
  return table(
    ['What', 'From (UTC)', 'Until', 'For', 'It says'],
    (report.impact?.affected ?? []).map((entry) => [
      text(affectedInWords(entry)),
      ...spanInWords(report, entry),
      text((entry.text ?? '').slice(0, LONGEST_TEXT)),
    ]),
  );
}

const LONGEST_TEXT = 300;

export function impactSection(report: Report, graph: Graph): string[][] {
  const blocks = [courseFacts(report, graph), affectedTable(report)].filter((block) => block.length > 0);
  return blocks.length === 0 ? [] : [['## Impact'], ...blocks];
}

export function inferredItems(report: Report, graph: Graph): string[] {
  return (report.inferred ?? []).map(({ title, cause, effect, strength, because, collectNext }) =>
    [
      `- **${text(title)}**, between ${text(titleOf(graph, cause))} and ${text(titleOf(graph, effect))} (${percent(strength)})`,
      ...because.map(text),
      ...collectNext.map((what) => `would show it: ${text(what)}`),
    ].join('; '),
  );
}

export function clockItems({ clockSkews = [] }: Report): string[] {
  return clockSkews.map((skew) => `- ${code(skew.host)}: ${text(skewInWords(skew))}`);
}

export function logChangesSection({ logChanges = [] }: Report): string[][] {
  return [
    ...changesSection('## New around the onset, named by no signature', logChanges.filter(isNew)),
    ...changesSection('## Fallen silent', logChanges.filter(isSilence)),
  ];
}

function changesSection(title: string, changes: readonly LogChange[]): string[][] {
  if (changes.length === 0) return [];
  return [
    [title],
    ...changes.flatMap((change) => [
      [`${code(change.template ?? change.source)}: ${text(changeInWords(change))}`],
      evidenceItems(change.evidence),
    ]),
  ];
}
