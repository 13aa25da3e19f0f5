import type { Value } from '../../model/resource.ts';
import { Unsupported } from './unsupported.ts';
import { endsToken, YamlCursor } from './yaml-cursor.ts';
import { decodeDouble, decodeSingle, resolvePlain } from './yaml-scalars.ts';

const LF = 10;
const SPACE = 32;
const HASH = 35;
const QUOTE = 39;
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

/** Reads plain and quoted scalars. */
export class YamlScalarReader extends YamlCursor {
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

  protected plain(parent: number): Value {
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
}
