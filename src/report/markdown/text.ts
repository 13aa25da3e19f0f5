import { visible } from '../text-safety.ts';

/**
 * Hostile text as Markdown that shows exactly its characters: no emphasis, link, image, table, HTML or maths comes of it,
 * wherever in a block it stands.
 */
export function text(hostile: string): string {
  return visible(hostile)
    .trim()
    .replace(/[\\`*_[\]~#$@!^]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\|/g, '&#124;')
    .replace(/:\/\//g, ':\\//')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}\\.`)
    .replace(/^[-+=:]/, '\\$&')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2');
}

/** A code span. In table cells use `cell`, where a `|` would end the cell even inside code. */
export function code(hostile: string): string {
  const shown = visible(hostile);
  if (shown.trim() === '') return '';
  const ticks = '`'.repeat(longestRun(shown, '`') + 1);
  const space =
    shown.startsWith('`') || shown.endsWith('`') || (shown.startsWith(' ') && shown.endsWith(' ')) ? ' ' : '';
  return `${ticks}${space}${shown}${space}${ticks}`;
}

/** A code span where a table cell can hold one, else the escaped text. */
export function codeCell(hostile: string): string {
  return /[|\\]/.test(hostile) ? text(hostile) : code(hostile);
}

/** A fenced block whose fence outgrows every run of backticks inside. `indent` places it in a list item. */
export function fence(lines: readonly string[], language: string, indent = ''): string[] {
  const shown = lines.map(visible);
  const ticks = '`'.repeat(Math.max(3, ...shown.map((line) => longestRun(line, '`') + 1)));
  return [`${ticks}${language}`, ...shown, ticks].map((line) => `${indent}${line}`);
}

function longestRun(shown: string, character: string): number {
  let longest = 0;
  let run = 0;
  for (const each of shown) {
    run = each === character ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** A table of cells that are Markdown already; nothing where there are no rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
