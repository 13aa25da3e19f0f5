import type { Value } from '../../model/resource.ts';
import { printableString } from './byte-strings.ts';
import { Unsupported } from './unsupported.ts';
import { YamlScalarReader } from './yaml-scalar-reader.ts';
import { foldBlock } from './yaml-scalars.ts';

const LF = 10;
const SPACE = 32;
const QUOTE = 39;
const PLUS = 43;
const DASH = 45;

/** Reads scalars of every style, block scalars (`|`, `>`) among them. */
export class YamlBlockReader extends YamlScalarReader {
  private scratch: Buffer = Buffer.allocUnsafe(64 * 1024);

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

  /** Characters of the `|` block that starts in this line, at the least; 0 for any other value. Moves nothing. */
  protected blockCharacters(parent: number): number {
    const { bytes, end } = this;
    let at = this.pos;
    while (bytes[at] === SPACE) at++;
    if (bytes[at] !== 124 || bytes[at + 1] !== LF) return 0;
    let characters = 0;
    let column = -1;
    for (let start = at + 2; start < end; start = at + 1) {
      at = start;
      while (bytes[at] === SPACE) at++;
      if (bytes[at] === LF) continue;
      if (column < 0) column = at - start;
      if (at - start <= parent || at - start < column) break;
      characters += at - start - column + 1;
      for (; bytes[at] !== LF; at++) characters += (bytes[at]! & 0xc0) === 0x80 ? 0 : 1;
    }
    return characters;
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
