import Table from 'cli-table3';
import { displayWidth, visible, wrap } from '../text-safety.ts';
import type { Paper } from './paper.ts';

const GAP = 2;
const MOST_LINES_PER_CELL = 3;

export interface Column {
  readonly title: string;
  /** Share of the columns that the fixed ones leave; without it the column is as wide as its widest cell. */
  readonly share?: number;
  readonly align?: 'right';
}

/** A table without rules, as wide as the paper at most. Cells are hostile text. */
export function table(paper: Paper, columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const safe = rows.map((row) => row.map(visible));
  const widths = columnWidths(paper.width, columns, safe);
  const drawn = new Table({
    chars: NO_RULES,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    colWidths: widths,
    colAligns: columns.map((column) => column.align ?? 'left'),
  });
  drawn.push(columns.map((column, i) => paper.paint('dim', column.title.slice(0, widths[i]))));
  for (const row of safe) {
    drawn.push(row.map((cell, i) => wrap(cell, widths[i]!, MOST_LINES_PER_CELL).join('\n')));
  }
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

const NO_RULES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' '.repeat(GAP),
};

function columnWidths(total: number, columns: readonly Column[], rows: readonly (readonly string[])[]): number[] {
  const widest = columns.map((column, i) =>
    Math.max(column.title.length, ...rows.map((row) => displayWidth(row[i] ?? ''))),
  );
  const fixed = columns.reduce((sum, column, i) => sum + (column.share === undefined ? widest[i]! : 0), 0);
  const left = Math.max(0, total - fixed - GAP * (columns.length - 1));
  const shares = columns.reduce((sum, column) => sum + (column.share ?? 0), 0);
  return columns.map((column, i) =>
    column.share === undefined
      ? widest[i]!
      : Math.max(8, Math.min(widest[i]!, Math.floor((left * column.share) / shares))),
  );
}
