import { shapeOf } from './shape.ts';
import { structuredForm } from './structured-form.ts';

const SAMPLED_LINES = 40;
const LINE_HEAD = 1024;

/** What people's tools put before each line of a log that they pass on. */
const PREFIXES: readonly RegExp[] = [
  // `grep -n`, with context: `123:Dec 03 …`, `124-Dec 03 …`
  /^\d{1,9}[:-]/,
  // `cat -n`, `nl`, line numbers of an editor: `   123\tDec 03 …`, ` 123  Dec 03 …`, `123: Dec 03 …`
  /^ {0,9}\d{1,9}[.:)|]?(?:\t| {1,6}|$)/,
  // `grep -Hn` of several files: `kubelet.log:123:Dec 03 …`
  /^[^\s:|]{1,200}?[:-]\d{1,9}[:-]/,
  // `grep -H`: `kubelet.log:Dec 03 …`
  /^[^\s:|]{1,200}:/,
  // Quoted in a mail or a ticket: `> Dec 03 …`, `| Dec 03 …`
  /^(?:[>|] ?){1,4}/,
  // `oc adm node-logs --role=master`: `master-0.example.com Dec 03 …`
  /^(?=[^ ]*[\d.-])[a-z0-9][a-z0-9.-]{0,252} (?=$| |-- |[A-Z][a-z]{2} |\[ *\d|\d{4}-\d\d-\d\dT[\d:.]+[+-]\d{4} )/,
  // `kubectl logs --prefix`: `[pod/etcd-master-0/etcd] {"level":…`
  /^\[pod\/[^\s\]]{1,400}\] /,
];

/**
 * The prefix that the lines of a text have in common, if there is one without which they have the form of a log, while
 * with it they have not.
 */
export function linePrefix(head: string): RegExp | undefined {
  const all = head.split('\n', SAMPLED_LINES * 2);
  // The last one may have been cut.
  if (all.length > 1) all.pop();
  const lines = all
    .filter((line) => line.trim() !== '' && line !== '--')
    .slice(0, SAMPLED_LINES)
    .map((line) => line.slice(0, LINE_HEAD));
  if (lines.length === 0 || moreThanQuarterHaveForm(lines)) return undefined;
  if (structuredForm(head) !== undefined && indentOf(lines) === '') return undefined;
  return prefixesOf(lines).find((prefix) => fits(prefix, lines, head));
}

function moreThanQuarterHaveForm(lines: readonly string[]): boolean {
  let shaped = 0;
  return lines.some((line) => shapeOf(line) !== undefined && ++shaped * 4 > lines.length);
}

function prefixesOf(lines: readonly string[]): RegExp[] {
  const indent = indentOf(lines);
  // `grep -Hn` of one file, whose name may look like a number's end: `must-gather-2024-12.log-124-2024-12-03T20:00:00…`
  const file = lines.map((line) => /^([^\s:|]{1,200}):\d{1,9}:/.exec(line)?.[1]).find((name) => name !== undefined);
  return [
    ...(indent === '' ? [] : [new RegExp(`^${indent}`)]),
    ...(file === undefined ? [] : [new RegExp(`^${file.replace(/[\\^$.*+?()[\]{}]/g, '\\$&')}[:-]\\d{1,9}[:-]`)]),
    ...PREFIXES,
  ];
}

/** The blanks that all lines start with. */
function indentOf(lines: readonly string[]): string {
  let indent = /^[ \t]*/.exec(lines[0] ?? '')![0];
  for (const line of lines) while (!line.startsWith(indent)) indent = indent.slice(0, -1);
  return indent;
}

function fits(prefix: RegExp, lines: readonly string[], head: string): boolean {
  const bare = lines.filter((line) => prefix.test(line)).map((line) => line.replace(prefix, ''));
  if (bare.length * 10 < lines.length * 9) return false;
  const shaped = bare.filter((line) => shapeOf(line) !== undefined).length;
  return shaped * 2 > lines.length || structuredForm(withoutPrefix(head, prefix)) !== undefined;
}

/** The text with the prefix taken off each of its lines. */
export function withoutPrefix(text: string, prefix: RegExp): string {
  return text
    .split('\n')
    .map((line) => line.replace(prefix, ''))
    .join('\n');
}
