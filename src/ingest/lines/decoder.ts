import type { LineDecoder, LogLine } from '../../model/log-line.ts';
import type { Source } from '../../model/source.ts';
import { BootRuns } from './boot-runs.ts';
import { type LineFormat, namesHosts, parserOf } from './formats.ts';
import { anyLine } from './parse/any.ts';
import type { LineParser } from './parse/log-line.ts';
import { isProse, NO_PROSE, type ProseBefore } from './prose.ts';

/** How far back the line that a continuation belongs to is looked for. */
const LOOK_BACK_LINES = 400;
/** All that says when and by whom a line was written stands in this many bytes. */
const HEAD = 1024;
const NEWLINE = 10;
const SPACE = 32;

/**
 * Decodes the lines of one source. A line without a time of its own (a stack trace, an indented second line) belongs to
 * the line before it. Lines come here one by one, so the line before is looked up in the region that is being read.
 */
export class SourceDecoder implements LineDecoder {
  readonly format: LineFormat;
  readonly #parser: LineParser;
  readonly #source: Source;
  /** The boots that its lines count from. */
  readonly runs: BootRuns;
  #bytes: Buffer = Buffer.alloc(0);
  #start = 0;
  /** Where the last lookup started, and what it found. */
  #searchedTo = 0;
  #found: LogLine | undefined;
  /** The last line of earlier regions, or the last one decoded, that stated a time. */
  #last: LogLine | undefined;
  /** What stands before `#proseFrom`: the start of the region, or a line that was asked about. */
  #proseBefore: ProseBefore = NO_PROSE;
  #regionBefore: ProseBefore = NO_PROSE;
  #proseFrom = 0;

  constructor(format: LineFormat, source: Source) {
    this.format = format;
    this.#parser = parserOf(format);
    this.#source = source;
    this.runs = new BootRuns(format, source.merged === true);
  }

  decode(line: string, offset?: number): LogLine {
    const text = cleaned(line);
    const own = this.parse(text, offset);
    if (own?.at !== undefined) {
      if (offset === undefined) this.#last = own;
      return own;
    }
    if (own === undefined && offset !== undefined && this.#isProse(text, offset)) return { message: text };
    const before = offset === undefined ? this.#last : this.#before(offset);
    // What others say between the lines is nobody's message.
    const writer = own ?? (isBetween(text) && before !== undefined ? { message: '', ...hostOf(before) } : before);
    return inherited(own?.message ?? unindented(text), writer, before);
  }

  /** Reads a line by itself, which starts at `offset` of the region or else is the last; undefined where it states neither time nor host. */
  parse(line: string, offset?: number): LogLine | undefined {
    const parsed = this.#ofBoot(this.#parser(line) ?? anyLine(line), offset);
    return parsed?.host?.startsWith('localhost') === true ? this.#renamed(parsed) : parsed;
  }

  #ofBoot(line: LogLine | undefined, offset: number | undefined): LogLine | undefined {
    if (line?.at?.clock !== 'monotonic' || !this.runs.isWatched) return line;
    const boot = this.runs.at(offset);
    return boot === 0 ? line : { ...line, at: { ...line.at, boot } };
  }

  /** Early in its boot a host calls itself localhost; in a merged log that may be any of them. */
  #renamed(line: LogLine): LogLine {
    const isLocal = line.host === 'localhost' || line.host === 'localhost.localdomain';
    if (!isLocal) return line;
    const { host: _, ...rest } = line;
    if (this.#source.merged === true) return rest;
    return this.#source.host === undefined ? line : { ...rest, host: this.#source.host };
  }

  /** The region that offsets count in from now on, up to `end`. */
  enter(bytes: Buffer, start: number, end: number = bytes.length): void {
    this.runs.enter(bytes, start, end);
    this.#bytes = bytes;
    this.#start = start;
    this.#searchedTo = start;
    this.#restartProse();
  }

  /** The last line before `end` that states a time, which lines of the next region may belong to. */
  leave(end: number): LogLine | undefined {
    this.#last = this.#before(end);
    this.#regionBefore = { isProse: this.#isProse('-', end), isBlank: isBlankBefore(this.#bytes, end) };
    this.runs.leave();
    return this.#last;
  }

  /** What somebody wrote under a pasted log, which is nobody's message; in a log whose messages do not start in the first column. */
  #isProse(text: string, offset: number): boolean {
    if (!namesHosts(this.format) || text === '' || text.charCodeAt(0) <= SPACE) return false;
    if (offset < this.#proseFrom) this.#restartProse();
    const isWritten = (line: string, start: number): boolean => this.parse(cleaned(line), start) !== undefined;
    const answer = isProse(this.#bytes, this.#proseFrom, offset, text, isWritten, this.#proseBefore);
    this.#proseBefore = { isProse: answer, isBlank: isBlankBefore(this.#bytes, offset) };
    this.#proseFrom = offset;
    return answer;
  }

  #restartProse(): void {
    this.#proseBefore = this.#regionBefore;
    this.#proseFrom = this.#start;
  }

  /** Lines that were looked through once are not looked through again: a log without any times has many such lookups. */
  #before(offset: number): LogLine | undefined {
    const found = this.#search(offset);
    this.#searchedTo = offset;
    this.#found = found;
    return found;
  }

  #search(offset: number): LogLine | undefined {
    const isUndated = this.format === 'journal-undated';
    const stop = offset >= this.#searchedTo ? this.#searchedTo : this.#start;
    let end = Math.min(offset, this.#bytes.length);
    for (let lines = 0; lines < LOOK_BACK_LINES && end > stop; lines++) {
      const newline = end - 2 < this.#start ? -1 : this.#bytes.lastIndexOf(NEWLINE, end - 2);
      const start = Math.max(newline + 1, this.#start);
      const parsed = this.parse(cleaned(this.#bytes.toString('latin1', start, Math.min(end, start + HEAD))), start);
      if (parsed?.at !== undefined || (isUndated && parsed !== undefined)) return parsed;
      end = start;
    }
    return stop > this.#start && end <= stop ? this.#found : this.#last;
  }
}

/** Whether the last line before `end` is empty. */
function isBlankBefore(bytes: Buffer, end: number): boolean {
  const start = end < 2 ? 0 : bytes.lastIndexOf(NEWLINE, end - 2) + 1;
  return end > 0 && bytes.toString('latin1', start, end).trim() === '';
}

function inherited(message: string, writer: LogLine | undefined, before: LogLine | undefined): LogLine {
  return {
    message,
    ...(before?.at !== undefined && { at: before.at }),
    ...(writer?.host !== undefined && { host: writer.host }),
    ...(writer?.identifier !== undefined && { identifier: writer.identifier }),
    ...(writer?.pid !== undefined && { pid: writer.pid }),
  };
}

/** `-- Reboot --`, what `grep -C` puts between two finds, the fence around a pasted log, and what `script` says of its capture. */
function isBetween(text: string): boolean {
  return text.startsWith('-- ') || text === '--' || text.startsWith('```') || /^Script (?:started|done) on /.test(text);
}

function hostOf(line: LogLine): { readonly host?: string } {
  return line.host === undefined ? {} : { host: line.host };
}

/** `journalctl` and consoles colour what they print: `ESC [ 0 ; 1 ; 3 1 m`; with `grep --color`, `ESC [ K` follows each. */
const COLOUR = /\x1b\[[\d;:]*[mK]/g;

/** The text without the colours in it. */
export function uncoloured(text: string): string {
  return text.includes('\x1b[') ? text.replace(COLOUR, '') : text;
}

/** Consoles end lines with CR and start them with NULs and colours, and colours may stand anywhere in them. */
export function cleaned(text: string): string {
  const line = uncoloured(text);
  let end = line.length;
  while (end > 0 && (line.charCodeAt(end - 1) === 13 || line.charCodeAt(end - 1) === 10)) end--;
  const first = line.charCodeAt(0);
  const start = first < 32 && first !== 9 ? afterControls(line, end) : 0;
  return start === 0 && end === line.length ? line : line.slice(start, end);
}

/** Skips NUL, CR and the like, and escape sequences such as `ESC [ 0 ; 3 2 m`. */
function afterControls(line: string, end: number): number {
  let at = 0;
  while (at < end) {
    const code = line.charCodeAt(at);
    if (code >= 32 || code === 9) break;
    at++;
    if (code !== 27 || line.charCodeAt(at) !== 91) continue;
    at++;
    while (at < end && line.charCodeAt(at) < 64) at++;
    at++;
  }
  return Math.min(at, end);
}

/** journalctl indents the further lines of a message to the column where its first line starts. */
function unindented(line: string): string {
  return line.charCodeAt(0) === 32 ? line.trimStart() : line;
}
