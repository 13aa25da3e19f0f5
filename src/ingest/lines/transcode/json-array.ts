import type { EntrySink } from '../../../model/journal-entry.ts';
import type { EntryFormat, OpenEntryFormat } from './entry-reader.ts';
import { jsonEntry } from './json-entry.ts';

const NEWLINE = 10;
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;
const MESSAGE_KEY = /"MESSAGE"\s*:/;

/** What `jq -s` makes of `journalctl -o json`: one array, whose objects may stand on one line or over many. */
export const openJsonArray: OpenEntryFormat = (sink) => new JsonArrayFormat(sink);

/** Finds the objects by their braces: an entry's values are texts, numbers and arrays, never objects. */
class JsonArrayFormat implements EntryFormat {
  readonly #sink: EntrySink;
  /** Start of the object being read, -1 outside; and where the search goes on. */
  #open = -1;
  #at = 0;
  #inText = false;
  /** The line of `#at` and of `#open`, counted from the first line of the bytes given. */
  #line = 0;
  #openLine = 0;
  damaged = 0;

  constructor(sink: EntrySink) {
    this.#sink = sink;
  }

  read(bytes: Buffer, end: number, final: boolean, firstLine: number): number {
    while (this.#at < end) this.#step(bytes, firstLine);
    const used = final || this.#open < 0 ? end : this.#open;
    if (final && this.#open >= 0) this.damaged++;
    this.#move(used);
    return used;
  }

  /** An object larger than any line may be: it is passed over. */
  overflow(_bytes: Buffer, end: number): number {
    this.damaged++;
    this.#open = -1;
    this.#move(end);
    return end;
  }

  end(): void {}

  #move(used: number): void {
    this.#at -= used;
    this.#line = this.#open < 0 ? 0 : this.#line - this.#openLine;
    if (this.#open >= 0) this.#open -= used;
    this.#openLine = 0;
  }

  #step(bytes: Buffer, firstLine: number): void {
    const code = bytes[this.#at++]!;
    if (code === NEWLINE) {
      this.#line++;
      // No text of JSON holds a newline: this one was cut.
      if (this.#inText) this.#lose();
    } else if (this.#inText) {
      // What is escaped may be the first byte of the next piece.
      if (code === BACKSLASH) this.#at++;
      else if (code === QUOTE) this.#inText = false;
    } else if (code === QUOTE) this.#inText = this.#open >= 0;
    else if (code === OPEN) this.#start();
    else if (code === CLOSE && this.#open >= 0) this.#entry(bytes, firstLine);
  }

  #start(): void {
    if (this.#open >= 0) this.damaged++;
    this.#open = this.#at - 1;
    this.#openLine = this.#line;
  }

  #lose(): void {
    this.damaged++;
    this.#inText = false;
    this.#open = -1;
  }

  #entry(bytes: Buffer, firstLine: number): void {
    const text = bytes.toString('utf8', this.#open, this.#at);
    const entry = jsonEntry(text, this.#sink.wantsFields);
    const line = firstLine + this.#openLine + linesBefore(text, text.search(MESSAGE_KEY));
    this.#open = -1;
    if (entry === undefined) this.damaged++;
    else this.#sink.entry(entry, { line });
  }
}

function linesBefore(text: string, end: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
