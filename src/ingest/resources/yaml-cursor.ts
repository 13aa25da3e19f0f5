import { printableString, shortString } from './byte-strings.ts';
import { Unsupported } from './unsupported.ts';

const LF = 10;
const SPACE = 32;
const HASH = 35;

export function endsToken(byte: number | undefined): boolean {
  return byte === SPACE || byte === LF;
}

/**
 * A position in block YAML. The text must end with a line feed: it stops every scan, so that no loop needs to ask for the
 * end. Whatever is not plain block YAML as Kubernetes serialisers write it throws `Unsupported`.
 */
export class YamlCursor {
  protected bytes: Buffer = Buffer.alloc(0);
  protected end = 0;
  protected pos = 0;
  /** Line of `pos`, counted from 0. */
  protected line = 0;
  /** Column of the content that `pos` is at; -1 at the end. Only kept at the start of a line's content. */
  protected indent = 0;

  /** From the start of a line: goes to the next line that holds more than blanks or a comment. */
  protected nextContent(): void {
    const { bytes, end } = this;
    let start = this.pos;
    while (start < end) {
      let at = start;
      while (bytes[at] === SPACE) at++;
      const byte = bytes[at]!;
      if (byte > HASH) {
        this.pos = at;
        this.indent = at - start;
        return;
      }
      if (byte === HASH) at = this.commentEnd(at);
      else if (byte !== LF) {
        if (byte < SPACE) throw new Unsupported();
        this.pos = at;
        this.indent = at - start;
        return;
      }
      this.line++;
      start = at + 1;
    }
    this.pos = end;
    this.indent = -1;
  }

  /** After a value: nothing but blanks and a comment may follow in the line. */
  protected endLine(): void {
    const { bytes } = this;
    let at = this.pos;
    while (bytes[at] === SPACE) at++;
    if (bytes[at] === HASH && bytes[at - 1] === SPACE) at = this.commentEnd(at);
    if (bytes[at] !== LF) throw new Unsupported();
    this.pos = at + 1;
    this.line++;
    this.nextContent();
  }

  private commentEnd(at: number): number {
    const { bytes } = this;
    let stop = at;
    // A lone CR would end the comment, a NUL the document.
    for (; bytes[stop] !== LF; stop++) if (bytes[stop] === 13 || bytes[stop] === 0) throw new Unsupported();
    return stop;
  }

  protected text(start: number, end: number): string {
    const { bytes } = this;
    const short = shortString(bytes, start, end);
    if (short !== undefined) return short;
    for (let i = start; i < end; i++) if (bytes[i]! > 127) return printableString(bytes, start, end);
    return bytes.toString('latin1', start, end);
  }

  protected trimmed(start: number, end: number): number {
    let last = end;
    while (last > start && this.bytes[last - 1] === SPACE) last--;
    return last;
  }

  protected quotedText(start: number, end: number): string {
    const { bytes } = this;
    const short = shortString(bytes, start, end);
    if (short !== undefined) return short;
    for (let i = start; i < end; i++) if (bytes[i]! > 127) return bytes.toString('utf8', start, end);
    return bytes.toString('latin1', start, end);
  }
}
