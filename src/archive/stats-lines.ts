import { heading, type Paper, paperOf, paragraph } from '../report/terminal/paper.ts';
import { table } from '../report/terminal/table.ts';
import { clip, pad, visible } from '../report/text-safety.ts';
import { type ArchiveStatistics, type Bars, type StatsSection, statsSections } from './stats-sections.ts';

/** Columns of the longest bar, and of labels at most. */
const BAR = 30;
const LABEL = 36;

/** The statistics for a terminal. */
export function statsLines(all: ArchiveStatistics, looks: { width: number; color: boolean }): string[] {
  const paper = paperOf(looks.width, looks.color);
  return statsSections(all)
    .flatMap((section) => sectionLines(paper, section))
    .slice(1);
}

function sectionLines(paper: Paper, { title, says, bars, table: rows }: StatsSection): string[] {
  return [
    ...heading(paper, title),
    ...says.flatMap((text) => paragraph(paper, '', text)),
    ...(bars === undefined ? [] : ['', ...barLines(paper, bars)]),
    ...(rows === undefined ? [] : ['', ...table(paper, rows.columns.map(columnOf), rows.rows)]),
  ];
}

function columnOf(title: string, i: number) {
  return /^(?:Incidents|First|Of all)/.test(title)
    ? { title, align: 'right' as const }
    : { title, share: i === 0 ? 6 : 2 };
}

function barLines(paper: Paper, { values }: Bars): string[] {
  const most = Math.max(1, ...values.map(({ count }) => count));
  const labels = values.map(({ value }) => clip(visible(value), LABEL));
  const width = Math.max(0, ...labels.map((label) => label.length));
  return values.map(({ count }, i) => {
    const bar = '█'.repeat(Math.ceil((count / most) * Math.min(BAR, paper.width - width - 8)));
    return `${pad(labels[i]!, width)}  ${paper.paint('cyan', bar)}${bar === '' ? '' : ' '}${count}`;
  });
}
