import type { EntrySink } from '../../../model/journal-entry.ts';
import type { EntryFormat, OpenEntryFormat } from './entry-reader.ts';
import { jsonEntry } from './json-entry.ts';

const NEWLINE = 10;
/** What only an object's text has: a key, or an end. */
const PIECE = /":\s?(?:"|null|\[)|"\s*\}\s*$/;
const MESSAGE_KEY = /^\s*"MESSAGE"\s*:/;

/** `journalctl -o json`, `-o json-sse` (`data: {…}`) and `-o json-seq` (0x1E before each): an object on each line. */
export const openJson: OpenEntryFormat = (sink) => new JsonFormat(sink, false);

/** `journalctl -o json-pretty`: an object over several lines. */
export const openPrettyJson: OpenEntryFormat = (sink) => new JsonFormat(sink, true);

class JsonFormat implements EntryFormat {
  readonly #sink: EntrySink;
  readonly #isPretty: boolean;
  /** Lines of a pretty object that is not closed yet. */
  #object: string[] = [];
  #line = 0;
  #isSkipping = false;
  damaged = 0;

  constructor(sink: EntrySink, isPretty: boolean) {
    this.#sink = sink;
    this.#isPretty = isPretty;
  }

  read(bytes: Buffer, end: number, final: boolean, firstLine: number): number {
    let line = firstLine;
    let at = 0;
    while (at < end) {
      const newline = bytes.indexOf(NEWLINE, at);
      const isWhole = newline >= 0 && newline < end;
      if (!isWhole && !final) break;
      const stop = isWhole ? newline : end;
      if (this.#isSkipping) this.#isSkipping = false;
      else if (this.#isPretty) this.#prettyLine(bytes.toString('utf8', at, stop), line);
      else this.#objectLine(bytes.toString('utf8', at, stop), line);
      at = Math.min(stop + 1, end);
      line++;
    }
    return at;
  }

  overflow(_bytes: Buffer, end: number): number {
    if (!this.#isSkipping) this.damaged++;
    this.#isSkipping = true;
    return end;
  }

  end(): void {
    if (this.#object.length > 0) this.damaged++;
  }

  #objectLine(text: string, line: number): void {
    const start = text.indexOf('{');
    if (start < 0 || start > 8) {
      // Server-sent events may have `id: …` lines, and people paste a prompt or a fence along: only a piece of an entry is a loss.
      if (PIECE.test(text)) this.damaged++;
      return;
    }
    this.#entry(start === 0 ? text : text.slice(start), line);
  }

  #prettyLine(text: string, line: number): void {
    if (/^\{\s*$/.test(text)) {
      if (this.#object.length > 0) this.damaged++;
      this.#object = ['{'];
      this.#line = line;
      return;
    }
    if (this.#object.length === 0) {
      // The end of an entry whose start was cut off.
      if (/^\}\s*$/.test(text)) this.damaged++;
      return;
    }
    this.#object.push(text);
    if (MESSAGE_KEY.test(text)) this.#line = line;
    if (!/^\}\s*$/.test(text)) return;
    const object = this.#object.join('\n');
    this.#object = [];
    this.#entry(object, this.#line);
  }

  #entry(text: string, line: number): void {
    const entry = jsonEntry(text, this.#sink.wantsFields);
    if (entry === undefined) this.damaged++;
    else this.#sink.entry(entry, { line });
  }
}
