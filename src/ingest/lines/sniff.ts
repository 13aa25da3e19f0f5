import type { Source } from '../../model/source.ts';
import type { Format, LineFormat } from './formats.ts';
import { shapeOf } from './shape.ts';
import { structuredForm } from './structured-form.ts';

const SNIFFED_BYTES = 64 * 1024;
const SNIFFED_LINES = 200;
const LINE_HEAD = 1024;

/** Tells the form of a log from its first bytes, with what its path says as the prior. */
export function sniff(source: Source, bytes: Buffer, end: number): Format {
  const head = bytes.toString('latin1', 0, Math.min(end, SNIFFED_BYTES));
  return structuredForm(head) ?? byPath(source) ?? byShapes(source, head);
}

function byPath(source: Source): LineFormat | undefined {
  if (source.path.includes('/windows/log_files/')) return 'windows';
  return source.container === 'metal3-ramdisk-logs' ? 'ramdisk' : undefined;
}

/** A unit that said nothing leaves only journalctl's own words. */
const HEADER = /^-- (?:Logs begin at|Journal begins at|No entries --)/m;

function byShapes(source: Source, head: string): LineFormat {
  const winner = mostVotes(sampled(head));
  if (winner === undefined) {
    if (source.kind === 'console') return 'console';
    return HEADER.test(head) ? 'journal-short' : 'text';
  }
  return withPrior(source, winner);
}

/** Whether most lines have this form. */
export function mostLinesAre(form: LineFormat, head: string): boolean {
  const lines = sampled(head);
  return lines.filter((line) => shapeOf(line) === form).length * 2 > lines.length;
}

function sampled(head: string): string[] {
  const lines: string[] = [];
  for (const line of head.split('\n', SNIFFED_LINES * 2)) {
    const text = line.length > LINE_HEAD ? line.slice(0, LINE_HEAD) : line;
    const isContent = text.trim() !== '' && !text.startsWith('-- ') && !/^[ \t]/.test(text);
    if (isContent && lines.push(text) === SNIFFED_LINES) break;
  }
  return lines;
}

/** The form that most lines have, of equally many that which came first. Lines that cannot change it are not looked at. */
function mostVotes(lines: readonly string[]): LineFormat | undefined {
  const votes = new Map<LineFormat, number>();
  for (const line of lines) {
    const shape = shapeOf(line);
    if (shape === undefined) continue;
    const count = (votes.get(shape) ?? 0) + 1;
    if (count * 2 > lines.length) return shape;
    votes.set(shape, count);
  }
  let winner: LineFormat | undefined;
  let most = 0;
  for (const [shape, count] of votes) if (count > most) [winner, most] = [shape, count];
  return winner;
}

const ISO_FAMILY: ReadonlySet<LineFormat> = new Set([
  'container',
  'iso-text',
  'journal-short-iso',
  'journal-short-iso-precise',
]);

function withPrior(source: Source, winner: LineFormat): LineFormat {
  // A container may log in syslog's manner; what stands before each line is still the kubelet's receipt time.
  if (source.kind === 'container' && ISO_FAMILY.has(winner)) return 'container';
  if (source.kind === 'console') return 'console';
  return winner;
}
