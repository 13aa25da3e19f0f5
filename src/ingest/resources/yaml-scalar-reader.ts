import type { Value } from '../../model/resource.ts';
import { asciiString, printableString } from './byte-strings.ts';
import { Unsupported } from './unsupported.ts';
import { decodeDouble, decodeSingle, foldBlock, resolvePlain } from './yaml-scalars.ts';

const LF = 10;
const SPACE = 32;
const HASH = 35;
const QUOTE = 39;
const PLUS = 43;
const DASH = 45;
const COLON = 58;
const BACKSLASH = 92;

/** Bytes at which the scan of a plain scalar stops to look: control characters, `#` and `:`. */
const STOPS = new Uint8Array(256);
STOPS.fill(1, 0, 32);
STOPS[127] = 1;
STOPS[HASH] = 1;
STOPS[COLON] = 1;

/** Bytes that cannot start a plain scalar; `-`, `?` and `:` can unless a blank follows. */
const INDICATORS = new Uint8Array(256);
INDICATORS.fill(1, 0, 33);
for (const char of '#&*!|>\'"%@`[]{},\x7f') INDICATORS[char.charCodeAt(0)] = 1;

export function endsToken(byte: number | undefined): boolean {
  return byte === SPACE || byte === LF;
}

/**
 * Reads scalars of block YAML from bytes. The text must end with a line feed: it stops every scan, so that no loop needs to
 * ask for the end. Whatever is not plain block YAML as Kubernetes serialisers write it throws `Unsupported`.
 */
export class YamlScalarReader {
  protected bytes: Buffer = Buffer.alloc(0);
  protected end = 0;
  protected pos = 0;
  /** Line of `pos`, counted from 0. */
  protected line = 0;
  /** Column of the content that `pos` is at; -1 at the end. Only kept at the start of a line's content. */
  protected indent = 0;
  private scratch: Buffer = Buffer.allocUnsafe(64 * 1024);

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

  /** A value that starts in this line; `parent` is the column of the map or list that it belongs to. */
  protected scalar(parent: number): Value {
    const { bytes, pos } = this;
    const byte = bytes[pos]!;
    switch (byte) {
      case 34: // "
      case QUOTE: {
        const text = byte === QUOTE ? this.singleQuoted(parent) : this.doubleQuoted(parent);
        this.endLine();
        return text;
      }
      case 124: // |
      case 62: // >
        return this.block(parent, byte === 62);
      case 123: // {
      case 91: // [
        if (bytes[pos + 1] !== byte + 2) throw new Unsupported();
        this.pos = pos + 2;
        this.endLine();
        return byte === 123 ? {} : [];
      default:
        return this.plain(parent);
    }
  }

  protected startsPlain(at: number): boolean {
    const byte = this.bytes[at]!;
    if (INDICATORS[byte] === 1) return false;
    return !((byte === DASH || byte === 63 || byte === COLON) && endsToken(this.bytes[at + 1]));
  }

  /** End of the plain text that starts at `at`: a `: `, a ` #` or the end of the line. */
  protected scanPlain(at: number): number {
    const { bytes } = this;
    for (let i = at; ; i++) {
      while (STOPS[bytes[i]!] === 0) i++;
      const byte = bytes[i];
      if (byte === LF) return i;
      if (byte === COLON) {
        if (endsToken(bytes[i + 1])) return i;
      } else if (byte === HASH) {
        if (bytes[i - 1] === SPACE) return i;
      } else {
        throw new Unsupported();
      }
    }
  }

  protected text(start: number, end: number): string {
    const { bytes } = this;
    for (let i = start; i < end; i++) if (bytes[i]! > 127) return printableString(bytes, start, end);
    return asciiString(bytes, start, end);
  }

  protected trimmed(start: number, end: number): number {
    let last = end;
    while (last > start && this.bytes[last - 1] === SPACE) last--;
    return last;
  }

  private plain(parent: number): Value {
    const { bytes, pos } = this;
    if (!this.startsPlain(pos)) throw new Unsupported();
    const stop = this.scanPlain(pos);
    if (bytes[stop] === COLON) throw new Unsupported();
    const { line } = this;
    const end = this.trimmed(pos, stop);
    this.pos = stop;
    this.endLine();
    if (this.indent <= parent) return resolvePlain(this.text(pos, end));
    if (bytes[stop] === HASH) throw new Unsupported();
    this.line = line + 1;
    this.pos = stop + 1;
    return this.continued(this.text(pos, end), parent);
  }

  /** The further lines of a plain scalar; one break is a space, more are line feeds. */
  private continued(first: string, parent: number): string {
    const { bytes, end } = this;
    let text = first;
    let blanks = 0;
    let start = this.pos;
    while (start < end) {
      let at = start;
      while (bytes[at] === SPACE) at++;
      if (bytes[at] === LF) {
        blanks++;
      } else {
        if (at - start <= parent) break;
        const stop = this.scanPlain(at);
        if (bytes[at] === HASH || bytes[stop] !== LF) throw new Unsupported();
        text += (blanks === 0 ? ' ' : '\n'.repeat(blanks)) + this.text(at, this.trimmed(at, stop));
        blanks = 0;
        at = stop;
      }
      this.line++;
      start = at + 1;
    }
    this.pos = start;
    this.nextContent();
    return text;
  }

  /** `parent` is -1 for a key, which has to end in its line. */
  protected doubleQuoted(parent: number): string {
    const { bytes } = this;
    const start = this.pos + 1;
    let plain = true;
    let at = start;
    for (; bytes[at] !== 34; at++) {
      const byte = bytes[at]!;
      if (byte === BACKSLASH) {
        plain = false;
        if (bytes[at + 1] !== LF) at++;
      } else if (byte < SPACE && byte !== 9) {
        at = this.quotedBreak(at, parent);
        plain = false;
      }
    }
    this.pos = at + 1;
    return plain ? this.quotedText(start, at) : decodeDouble(bytes.toString('utf8', start, at));
  }

  protected singleQuoted(parent: number): string {
    const { bytes } = this;
    const start = this.pos + 1;
    let plain = true;
    let at = start;
    for (; ; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        if (bytes[at + 1] !== QUOTE) break;
        plain = false;
        at++;
      } else if (byte < SPACE && byte !== 9) {
        at = this.quotedBreak(at, parent);
        plain = false;
      }
    }
    this.pos = at + 1;
    return plain ? this.quotedText(start, at) : decodeSingle(bytes.toString('utf8', start, at));
  }

  private quotedText(start: number, end: number): string {
    const { bytes } = this;
    for (let i = start; i < end; i++) if (bytes[i]! > 127) return bytes.toString('utf8', start, end);
    return asciiString(bytes, start, end);
  }

  /** A line break inside quotes at `at`. Returns the last byte before the next line's text. */
  private quotedBreak(at: number, parent: number): number {
    const { bytes, end } = this;
    if (bytes[at] !== LF || parent < 0) throw new Unsupported();
    let next = at;
    let start = at;
    while (bytes[next] === LF) {
      this.line++;
      start = next + 1;
      if (start >= end) throw new Unsupported();
      next = start;
      while (bytes[next] === SPACE) next++;
    }
    if (next - start <= parent || bytes[next] === 9) throw new Unsupported();
    return next - 1;
  }

  private block(parent: number, folded: boolean): string {
    const { bytes } = this;
    let at = this.pos + 1;
    let chomp = 0;
    let explicit = 0;
    for (; bytes[at] !== LF; at++) {
      const byte = bytes[at]!;
      if ((byte === PLUS || byte === DASH) && chomp === 0) chomp = byte;
      else if (byte > 48 && byte <= 57 && explicit === 0) explicit = byte - 48;
      else throw new Unsupported();
    }
    this.pos = at + 1;
    this.line++;
    const text = folded ? this.foldedBlock(parent, explicit) : this.literalBlock(parent, explicit);
    this.nextContent();
    if (chomp === PLUS) return text;
    let last = text.length;
    while (last > 0 && text.charCodeAt(last - 1) === LF) last--;
    if (last === 0 || chomp === DASH) return text.slice(0, last);
    return text.slice(0, last + 1);
  }

  private literalBlock(parent: number, explicit: number): string {
    const { bytes } = this;
    let used = 0;
    let ascii = 0;
    this.blockLines(parent, explicit, (start, stop) => {
      if (used + stop - start + 1 > this.scratch.length) this.growScratch(used + stop - start + 1, used);
      const { scratch } = this;
      for (let i = start; i < stop; i++) {
        const byte = bytes[i]!;
        if ((byte < SPACE && byte !== 9) || byte === 127) throw new Unsupported();
        ascii |= byte;
        scratch[used++] = byte;
      }
      scratch[used++] = LF;
    });
    return ascii < 128 ? this.scratch.toString('latin1', 0, used) : printableString(this.scratch, 0, used);
  }

  private growScratch(needed: number, used: number): void {
    const larger = Buffer.allocUnsafe(2 * needed);
    this.scratch.copy(larger, 0, 0, used);
    this.scratch = larger;
  }

  private foldedBlock(parent: number, explicit: number): string {
    const { bytes } = this;
    const lines: (string | undefined)[] = [];
    this.blockLines(parent, explicit, (start, stop) => {
      for (let i = start; i < stop; i++) {
        if ((bytes[i]! < SPACE && bytes[i] !== 9) || bytes[i] === 127) throw new Unsupported();
      }
      lines.push(start === stop ? undefined : this.text(start, stop));
    });
    const last = lines.findLastIndex((text) => text !== undefined);
    return foldBlock(lines) + '\n'.repeat(lines.length - 1 - last + (last < 0 ? 0 : 1));
  }

  /** Calls `take` with the content of each line of a block scalar, an empty range for a blank line. */
  private blockLines(parent: number, explicit: number, take: (start: number, stop: number) => void): void {
    const { bytes, end } = this;
    let column = explicit > 0 ? parent + explicit : -1;
    let deepestBlank = 0;
    let start = this.pos;
    while (start < end) {
      let at = start;
      while (bytes[at] === SPACE) at++;
      const indent = at - start;
      if (bytes[at] === LF) {
        if (column < 0) deepestBlank = Math.max(deepestBlank, indent);
        if (column >= 0 && indent > column) take(start + column, at);
        else take(at, at);
      } else {
        if (column < 0) {
          if (bytes[at] === 9 && indent <= parent) throw new Unsupported();
          if (indent <= parent) break;
          if (indent < deepestBlank) throw new Unsupported();
          column = indent;
        } else if (indent < column) break;
        while (bytes[at] !== LF) at++;
        take(start + column, at);
      }
      this.line++;
      start = at + 1;
    }
    this.pos = start;
  }
}
