import type { EntrySink, JournalField } from '../../../model/journal-entry.ts';
import { countNewlines } from '../../../model/newlines.ts';
import type { EntryFormat, OpenEntryFormat } from './entry-reader.ts';
import { emptyEntry, type JournalEntry, KEPT_FIELDS, setField } from './journal-entry.ts';

const NEWLINE = 10;
const EQUALS = 61;
const LONGEST_NAME = 64;
/** The journal itself takes no larger field; a larger length is damage. */
const LARGEST_FIELD = 768 * 1024 * 1024;

/** Most fields are passed over without making a string of their names. */
const KEPT_LENGTHS: ReadonlySet<number> = new Set(['MESSAGE', ...KEPT_FIELDS].map((name) => name.length));

/** `journalctl -o export`: fields as `NAME=text`, or as `NAME`, a 64-bit length and raw bytes; an empty line ends an entry. */
export const openExport: OpenEntryFormat = (sink, limit) => new ExportFormat(sink, limit);

class ExportFormat implements EntryFormat {
  readonly #sink: EntrySink;
  readonly #limit: number;
  readonly #wantsFields: boolean;
  #fields: JournalField[] = [];
  #entry: JournalEntry = emptyEntry();
  #hasFields = false;
  #firstLine = 0;
  #messageLine = 0;
  #isMultiline = false;
  /** The field just read was text, on a line of its own. */
  #isOneLine = true;
  /** Bytes of a field too large to collect that are still to be passed over. */
  #skip = 0;
  damaged = 0;

  constructor(sink: EntrySink, limit: number) {
    this.#sink = sink;
    this.#limit = limit;
    this.#wantsFields = sink.wantsFields === true;
  }

  read(bytes: Buffer, end: number, final: boolean, firstLine: number): number {
    let line = firstLine;
    let at = 0;
    while (at < end) {
      const isSkipping = this.#skip > 0;
      if (isSkipping) this.#isOneLine = false;
      const next = isSkipping ? this.#passOver(at, end) : this.#field(bytes, at, end, final, line);
      if (next < 0) break;
      // A text field is one line.
      line += this.#isOneLine ? 1 : countNewlines(bytes, at, next);
      at = Math.min(next, end);
    }
    return at;
  }

  overflow(bytes: Buffer, end: number, line: number): number {
    const used = this.read(bytes, end, false, line);
    if (used > 0) return used;
    // One text field fills the buffer: its first part is what there is to read.
    this.damaged++;
    const equals = nameEnd(bytes, 0, end);
    if (equals >= 0) this.#text(bytes, 0, equals, end, line);
    return end;
  }

  end(): void {
    this.#endEntry();
  }

  /** Reads one field from `at` and says where the next one starts; -1 where it is not whole yet. */
  #field(bytes: Buffer, at: number, end: number, final: boolean, line: number): number {
    const newline = bytes.indexOf(NEWLINE, at);
    const stop = newline < 0 || newline >= end ? end : newline;
    if (stop === end && !final) return -1;
    this.#isOneLine = true;
    if (stop === at) {
      this.#endEntry();
      return at + 1;
    }
    const equals = nameEnd(bytes, at, stop);
    if (equals >= 0) {
      this.#text(bytes, at, equals, stop, line);
      return stop + 1;
    }
    this.#isOneLine = false;
    return this.#binary(bytes, at, stop, end, final, line);
  }

  #text(bytes: Buffer, at: number, equals: number, stop: number, line: number): void {
    if (!this.#hasFields) this.#firstLine = line;
    this.#hasFields = true;
    const isKept = this.#wantsFields || KEPT_LENGTHS.has(equals - at);
    if (isKept) this.#set(bytes.toString('latin1', at, equals), bytes, equals + 1, stop, line, false);
  }

  #binary(bytes: Buffer, at: number, stop: number, end: number, final: boolean, line: number): number {
    const data = stop + 9;
    if (data > end) return final ? end : -1;
    const length = Number(bytes.readBigUInt64LE(stop + 1));
    if (length > LARGEST_FIELD || stop - at > LONGEST_NAME) {
      this.damaged++;
      return stop + 1;
    }
    const next = data + length + 1;
    if (next <= end || final) {
      // A message's first line stands after the length, whose bytes may themselves be newlines.
      const dataLine = line + 1 + countNewlines(bytes, stop + 1, data);
      this.#set(bytes.toString('latin1', at, stop), bytes, data, Math.min(data + length, end), dataLine, true);
      return Math.min(next, end);
    }
    if (next - at <= this.#limit) return -1;
    this.damaged++;
    this.#skip = next - end;
    return end;
  }

  #passOver(at: number, end: number): number {
    const length = Math.min(this.#skip, end - at);
    this.#skip -= length;
    return at + length;
  }

  #set(name: string, bytes: Buffer, start: number, end: number, line: number, isMultiline: boolean): void {
    if (!this.#hasFields) this.#firstLine = line;
    this.#hasFields = true;
    if (this.#wantsFields) this.#fields.push({ name, value: Buffer.from(bytes.subarray(start, end)) });
    if (name === 'MESSAGE') {
      this.#entry.messages.push(Buffer.from(bytes.subarray(start, end)));
      if (this.#messageLine === 0) this.#messageLine = line;
      this.#isMultiline ||= isMultiline;
    } else if (KEPT_FIELDS.has(name))
      setField(this.#entry, name, bytes.toString('utf8', start, Math.min(end, start + 1024)));
  }

  #endEntry(): void {
    if (!this.#hasFields) return;
    const isMultiline = this.#isMultiline && this.#entry.messages.length === 1;
    if (this.#wantsFields) this.#entry.fields = [{ fields: this.#fields }];
    this.#fields = [];
    this.#sink.entry(this.#entry, { line: this.#messageLine || this.#firstLine, isMultiline });
    this.#entry = emptyEntry();
    this.#hasFields = false;
    this.#messageLine = 0;
    this.#isMultiline = false;
  }
}

/** Place of the `=` after a field's name, or -1. */
function nameEnd(bytes: Buffer, at: number, stop: number): number {
  const limit = Math.min(stop, at + LONGEST_NAME + 1);
  for (let i = at; i < limit; i++) if (bytes[i] === EQUALS) return i;
  return -1;
}
