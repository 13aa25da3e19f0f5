import type { LogChange, Report } from '../../model/report.ts';
import type { Graph } from '../chain.ts';
import { titleOf } from '../chain.ts';
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
import { evidenceLines } from './evidence.ts';
import { bullets, heading, labelled, type Paper, paragraph, shortened } from './paper.ts';
import { table } from './table.ts';

/** The JSON report has them all. */
const MOST_AFFECTED = 20;
const MOST_CHANGES = 5;

/** When it began, when it could be seen, and what could not be used meanwhile. */
export function impact(paper: Paper, report: Report, graph: Graph): string[] {
  const known = report.impact;
  if (known === undefined) return [];
  const facts = [
    ['began', beganInWords(report)],
    ['seen first in', known.beganWith === undefined ? undefined : titleOf(graph, known.beganWith)],
    ['first reported', reportedInWords(report)],
    ['to be seen', known.visibleSign],
  ].filter((fact): fact is [string, string] => fact[1] !== undefined);
  if (facts.length + known.affected.length === 0) return [];
  const columns = [{ title: 'what', share: 1 }, { title: 'from (UTC)' }, { title: 'until' }, { title: 'for' }];
  const rows = known.affected
    .slice(0, MOST_AFFECTED)
    .map((entry) => [affectedInWords(entry), ...spanInWords(report, entry)]);
  const left = known.affected.length - MOST_AFFECTED;
  return [
    ...heading(paper, 'Impact'),
    ...facts.flatMap(([label, value]) => paragraph(paper, label.padEnd(17), value)),
    ...(rows.length === 0 ? [] : ['', ...table(paper, columns, rows)]),
    ...(left > 0 ? [paper.paint('dim', `and ${left} more in the JSON report`)] : []),
  ];
}

/** Links of the chain that must exist and that the input does not show. */
export function inferred(paper: Paper, report: Report, graph: Graph): string[] {
  const all = report.inferred ?? [];
  if (all.length === 0) return [];
  return [
    ...heading(paper, 'Links that must exist and were not seen'),
    ...all.flatMap(({ title, cause, effect, strength, because, collectNext }) => [
      ...paragraph(paper, '- ', title, { style: 'bold' }),
      ...paragraph(
        paper,
        '  ',
        `between “${titleOf(graph, cause)}” and “${titleOf(graph, effect)}”, ${percent(strength)}`,
      ),
      ...(because.length === 0 ? [] : paragraph(paper, '  ', because.join('; '), { style: 'dim' })),
      ...(collectNext.length === 0 ? [] : paragraph(paper, '  ', `would show it: ${collectNext.join('; ')}`)),
    ]),
  ];
}

export function logChanges(paper: Paper, { logChanges = [] }: Report): string[] {
  return [
    ...changes(paper, 'New around the onset, named by no signature', logChanges.filter(isNew)),
    ...changes(paper, 'Fallen silent', logChanges.filter(isSilence)),
  ];
}

function changes(paper: Paper, title: string, all: readonly LogChange[]): string[] {
  if (all.length === 0) return [];
  const left = all.length - MOST_CHANGES;
  return [
    ...heading(paper, title),
    ...all
      .slice(0, MOST_CHANGES)
      .flatMap((change) => [
        ...paragraph(paper, '- ', change.template ?? shortened(paper, change.source), { style: 'bold', most: 3 }),
        ...paragraph(paper, '  ', changeInWords(change), { style: 'dim' }),
        ...evidenceLines(paper, change.evidence, 1),
      ]),
    ...(left > 0 ? [paper.paint('dim', `and ${left} more in the JSON report`)] : []),
  ];
}

export function clocks(paper: Paper, { clockSkews = [] }: Report): string[] {
  return labelled(
    paper,
    'Clocks',
    bullets(
      paper,
      clockSkews.map((skew) => `${skew.host}: ${skewInWords(skew)}`),
    ),
  );
}
