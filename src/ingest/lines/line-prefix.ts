import { GrowingBytes } from './growing-bytes.ts';
import type { SourceReader } from './region-consumer.ts';
import { shapeOf } from './shape.ts';

const NEWLINE = 10;
const LONGEST_PREFIX = 256;
const SAMPLED_LINES = 40;
const LINE_HEAD = 1024;

/** What people's tools put before each line of a log that they pass on. */
const PREFIXES: readonly RegExp[] = [
  // `grep -n`, `grep -Hn`, with context: `123:Dec 03 …`, `kubelet.log:123:Dec 03 …`, `kubelet.log-124-Dec 03 …`
  /^(?:[^\s:|]{1,200}[:-])?\d{1,9}[:-](?=\S)/,
  // `cat -n`, `nl`, line numbers of an editor: `   123\tDec 03 …`, ` 123  Dec 03 …`, `123: Dec 03 …`
  /^ {0,9}\d{1,9}[.:)|]?[\t ] {0,6}/,
  // `grep -H`: `kubelet.log:Dec 03 …`
  /^[^\s:|]{1,200}:(?=\S)/,
  // Quoted in a mail or a ticket: `> Dec 03 …`, `| Dec 03 …`
  /^(?:[>|] ?){1,4}/,
];

/**
 * The prefix that the lines of a text have in common, if there is one without which they have the form of a log, while
 * with it they have not.
 */
export function linePrefix(head: string): RegExp | undefined {
  const lines = head
    .split('\n', SAMPLED_LINES * 2)
    .filter((line) => line.trim() !== '' && line !== '--')
    .slice(0, SAMPLED_LINES)
    .map((line) => line.slice(0, LINE_HEAD));
  if (lines.length === 0 || lines.filter((line) => shapeOf(line) !== undefined).length * 4 > lines.length)
    return undefined;
  return PREFIXES.find((prefix) => {
    const bare = lines.filter((line) => prefix.test(line)).map((line) => line.replace(prefix, ''));
    const shaped = bare.filter((line) => shapeOf(line) !== undefined).length;
    return bare.length * 10 >= lines.length * 9 && shaped * 2 > lines.length;
  });
}

/** Takes the prefix off each line that has it, and hands the lines on. Their numbers stay as they were. */
export class PrefixStripper implements SourceReader {
  readonly #prefix: RegExp;
  readonly #reader: SourceReader;
  readonly #out = new GrowingBytes();
  /** What came last was not the end of a line. */
  #isInside = false;

  constructor(prefix: RegExp, reader: SourceReader) {
    this.#prefix = prefix;
    this.#reader = reader;
  }

  consume(bytes: Buffer, end: number, final: boolean): number {
    const used = final ? end : end === 0 ? 0 : bytes.lastIndexOf(NEWLINE, end - 1) + 1;
    if (used === 0 && !final) return 0;
    this.#strip(bytes, used);
    this.#reader.consume(this.#out.bytes, this.#out.end, final);
    return used;
  }

  overflow(bytes: Buffer, end: number): number {
    const used = end - (end % 4);
    this.#strip(bytes, used);
    this.#reader.overflow(this.#out.bytes, this.#out.end);
    return used;
  }

  finish(): void {
    this.#reader.finish();
  }

  #strip(bytes: Buffer, end: number): void {
    this.#out.clear();
    for (let start = 0; start < end; ) {
      const newline = bytes.indexOf(NEWLINE, start);
      const next = newline < 0 || newline >= end ? end : newline + 1;
      const length = this.#isInside ? 0 : this.#lengthAt(bytes, start, next);
      this.#out.copy(bytes, start + length, next);
      this.#isInside = bytes[next - 1] !== NEWLINE;
      start = next;
    }
  }

  #lengthAt(bytes: Buffer, start: number, end: number): number {
    const head = bytes.toString('latin1', start, Math.min(end, start + LONGEST_PREFIX));
    return this.#prefix.exec(head)?.[0].length ?? 0;
  }
}
