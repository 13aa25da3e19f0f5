import type { EntrySink, JournalField } from '../../../model/journal-entry.ts';
import { DAY, MINUTE, type Micros, SECOND } from '../../../model/time.ts';
import { fullTimeAt } from '../parse/journal.ts';
import type { EntryFormat, OpenEntryFormat } from './entry-reader.ts';
import { emptyEntry, type JournalEntry, KEPT_FIELDS, setField } from './journal-entry.ts';

const NEWLINE = 10;
const INDENT = '    ';
const FIELD = /^ {4}([A-Z_][A-Z0-9_]{0,63})=/;

/**
 * `journalctl -o verbose`: `Tue 2024-12-03 20:00:00.123789 UTC [s=…;i=…;b=…;m=…;t=…;x=…]`, then a field on each line,
 * indented by four; further lines of a value are indented more.
 */
export const openVerbose: OpenEntryFormat = (sink) => new VerboseFormat(sink);

class VerboseFormat implements EntryFormat {
  readonly #sink: EntrySink;
  #entry: JournalEntry | undefined;
  #fields: JournalField[] = [];
  #line = 0;
  /** Further lines of it may follow; their text starts where that of the first does. */
  #open: JournalField | undefined;
  /** Entries whose head was cut off. */
  damaged = 0;
  #isPiece = false;

  constructor(sink: EntrySink) {
    this.#sink = sink;
  }

  read(bytes: Buffer, end: number, final: boolean, firstLine: number): number {
    let line = firstLine;
    let at = 0;
    while (at < end) {
      const newline = bytes.indexOf(NEWLINE, at);
      const isWhole = newline >= 0 && newline < end;
      if (!isWhole && !final) break;
      const stop = isWhole ? newline : end;
      this.#text(bytes.toString('utf8', at, stop), line++);
      at = Math.min(stop + 1, end);
    }
    return at;
  }

  overflow(bytes: Buffer, end: number, line: number): number {
    this.#text(bytes.toString('utf8', 0, end), line);
    return end;
  }

  end(): void {
    if (this.#entry !== undefined) this.#sink.entry(this.#entry, { line: this.#line, isMultiline: true });
    this.#entry = undefined;
  }

  #text(text: string, line: number): void {
    if (!text.startsWith(' ')) this.#header(text, line);
    else if (this.#entry !== undefined) this.#field(this.#entry, text, line);
    else if (!this.#isPiece && FIELD.test(text)) {
      this.#isPiece = true;
      this.damaged++;
    }
  }

  #header(text: string, line: number): void {
    const head = text.slice(0, 512);
    const time = fullTimeAt(head, 0);
    const bracket = head.indexOf(' [');
    if (time === undefined || bracket < 0) return;
    this.end();
    const entry = emptyEntry();
    const cursor = new Map(
      head
        .slice(bracket + 2)
        .split(/[;\]]/)
        .map((part) => [part[0], part.slice(2)]),
    );
    entry.realtime = exact(time.micros, hex(cursor.get('t')));
    entry.monotonic = hex(cursor.get('m'));
    setField(entry, '_BOOT_ID', cursor.get('b') ?? '0');
    this.#fields = addresses(entry);
    if (this.#sink.wantsFields === true) entry.fields = [{ fields: this.#fields }];
    this.#entry = entry;
    this.#line = line;
    this.#open = undefined;
  }

  #furtherLine(entry: JournalEntry, { name, value }: JournalField, text: string): void {
    const indent = INDENT.length + name.length + 1;
    const line = text.slice(0, indent).trim() === '' ? text.slice(indent) : text.trimStart();
    const whole = `${value as string}\n${line}`;
    this.#open = { name, value: whole };
    this.#fields.pop();
    this.#fields.push(this.#open);
    if (name === 'MESSAGE') entry.messages[entry.messages.length - 1] = whole;
  }

  #field(entry: JournalEntry, text: string, line: number): void {
    const name = FIELD.exec(text)?.[1];
    if (name === undefined) {
      if (this.#open !== undefined) this.#furtherLine(entry, this.#open, text);
      return;
    }
    const value = text.slice(INDENT.length + name.length + 1);
    this.#open = name === '_BOOT_ID' ? undefined : { name, value };
    if (this.#open !== undefined) this.#fields.push(this.#open);
    if (name !== 'MESSAGE') {
      if (KEPT_FIELDS.has(name)) setField(entry, name, value);
      return;
    }
    entry.messages.push(value);
    if (entry.messages.length === 1) this.#line = line;
  }
}

/** What the header line says, as the fields that journalctl exports. */
function addresses({ realtime, monotonic, bootId }: JournalEntry): JournalField[] {
  return [
    ...(realtime === undefined ? [] : [{ name: '__REALTIME_TIMESTAMP', value: String(realtime) }]),
    ...(monotonic === undefined ? [] : [{ name: '__MONOTONIC_TIMESTAMP', value: String(monotonic) }]),
    ...(bootId === undefined ? [] : [{ name: '_BOOT_ID', value: bootId }]),
  ];
}

/** Zones lie whole quarters of an hour apart. */
const QUARTER = 15 * MINUTE;

/** The head shows the sender's time where there is one, a little before the receipt that the cursor tells. */
const NEAR = 5 * SECOND;

/** The cursor's time has no zone to be guessed, but is believed only where it differs from the head's by a zone. */
function exact(head: Micros, cursor: number | undefined): Micros {
  if (cursor === undefined || Math.abs(cursor - head) > DAY) return head;
  const zone = Math.round((cursor - head) / QUARTER) * QUARTER;
  return Math.abs(cursor - head - zone) <= NEAR ? cursor : head;
}

function hex(text: string | undefined): number | undefined {
  return text !== undefined && /^[0-9a-f]{1,13}$/.test(text) ? Number.parseInt(text, 16) : undefined;
}
