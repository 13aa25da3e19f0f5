import { table, text } from '../report/markdown/text.ts';
import { type ArchiveStatistics, type StatsSection, statsSections } from './stats-sections.ts';

/** The statistics as Markdown. Nothing that a log says can become markup. */
export function statsMarkdown(all: ArchiveStatistics): string {
  const blocks = [['# Statistics of incidents'], ...statsSections(all).flatMap(sectionBlocks)];
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}

function sectionBlocks({ title, says, bars, table: rows }: StatsSection): string[][] {
  const cells = (values: readonly string[]) => values.map(text);
  return [
    [`## ${title}`],
    ...says.map((sentence) => [text(sentence)]),
    ...(bars === undefined || rows !== undefined
      ? []
      : [
          table(
            [bars.name, 'Incidents'],
            bars.values.map(({ value, count }) => cells([value, String(count)])),
          ),
        ]),
    ...(rows === undefined ? [] : [table(rows.columns, rows.rows.map(cells))]),
  ];
}
