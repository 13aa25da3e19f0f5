import { MAX_PEM_CHARACTERS } from '../../model/pem.ts';
import type { Value } from '../../model/resource.ts';
import { type LineIndex, makeLineIndex } from './line-index.ts';
import { shortText } from './project-value.ts';
import type { Fate, Projection } from './projection.ts';
import { setField } from './set-field.ts';
import { Unsupported } from './unsupported.ts';
import { YamlBlockReader } from './yaml-block-reader.ts';
import { endsToken } from './yaml-cursor.ts';
import { resolvePlain } from './yaml-scalars.ts';

const LF = 10;
const SPACE = 32;
const HASH = 35;
const DASH = 45;
const COLON = 58;

/** Deeper nesting is left to the library, which has the limit of all readers. */
const MAX_DEPTH = 60;

/** Keys that JavaScript orders before others, so that the order of an object's keys is not that of its lines. */
const INTEGER_KEY = /^(?:0|[1-9]\d{0,9})$/;

export interface ReadYaml {
  readonly value: Value;
  readonly index: LineIndex;
}

class YamlReader extends YamlBlockReader {
  private depth = 0;
  private readonly lines: number[] = [];

  read(bytes: Buffer, start: number, end: number, firstLine: number, projection: Projection | undefined): ReadYaml {
    this.bytes = bytes;
    this.pos = start;
    this.end = end;
    this.line = 0;
    this.depth = 0;
    this.lines.length = 0;
    this.nextContent();
    if (this.indent < 0) return { value: null, index: makeLineIndex(firstLine, []) };
    const first = this.line;
    const value = this.collection(projection);
    if (this.indent >= 0) throw new Unsupported();
    for (let i = 0; i < this.lines.length; i++) this.lines[i]! -= first;
    return { value, index: makeLineIndex(firstLine + first, this.lines) };
  }

  private collection(projection: Projection | undefined): Value {
    return this.atDash() ? this.sequence(this.indent, projection) : this.mapping(this.indent, projection);
  }

  private atDash(): boolean {
    return this.bytes[this.pos] === DASH && endsToken(this.bytes[this.pos + 1]);
  }

  private mapping(column: number, projection: Projection | undefined): Value {
    if (++this.depth > MAX_DEPTH) throw new Unsupported();
    const map: Record<string, Value> = {};
    const fields = projection?.fields;
    const others = projection?.others;
    do {
      const { line } = this;
      const key = this.key();
      if (Object.hasOwn(map, key)) throw new Unsupported();
      const fate: Fate | undefined = fields?.get(key) ?? others;
      if (fate === 'drop') {
        this.skipValue(column);
      } else {
        this.lines.push(line);
        setField(map, key, this.withFate(column, fate));
      }
    } while (this.indent === column);
    if (this.indent > column) throw new Unsupported();
    this.depth--;
    return map;
  }

  private withFate(column: number, fate: Exclude<Fate, 'drop'> | undefined): Value {
    if (fate === 'blank') return this.skipValue(column);
    if (fate !== 'short') return this.fieldValue(column, fate);
    const isLong = this.end - this.pos > MAX_PEM_CHARACTERS && this.blockCharacters(column) > MAX_PEM_CHARACTERS;
    return isLong ? this.skipValue(column) : shortText(this.fieldValue(column, undefined));
  }

  /** Reads `key:` and leaves the position behind the colon. */
  private key(): string {
    const { bytes, pos } = this;
    const byte = bytes[pos]!;
    if (byte === 34 || byte === 39) {
      const key = byte === 39 ? this.singleQuoted(-1) : this.doubleQuoted(-1);
      let at = this.pos;
      while (bytes[at] === SPACE) at++;
      return this.afterKey(key, at);
    }
    if (!this.startsPlain(pos)) throw new Unsupported();
    const stop = this.scanPlain(pos);
    const key = this.text(pos, this.trimmed(pos, stop));
    if (typeof resolvePlain(key) !== 'string') throw new Unsupported();
    return this.afterKey(key, stop);
  }

  private afterKey(key: string, colon: number): string {
    const { bytes } = this;
    if (bytes[colon] !== COLON || !endsToken(bytes[colon + 1])) throw new Unsupported();
    const first = key.charCodeAt(0);
    if (first >= 48 && first <= 57 && INTEGER_KEY.test(key)) throw new Unsupported();
    this.pos = colon + 1;
    return key;
  }

  private fieldValue(column: number, projection: Projection | undefined): Value {
    const { bytes } = this;
    let at = this.pos;
    while (bytes[at] === SPACE) at++;
    this.pos = at;
    if (bytes[at] !== LF && bytes[at] !== HASH) return this.scalar(column);
    this.endLine();
    if (this.indent > column) return this.collection(projection);
    // A list may start in the column of its key.
    return this.indent === column && this.atDash() ? this.sequence(column, projection) : null;
  }

  private sequence(column: number, projection: Projection | undefined): Value {
    if (++this.depth > MAX_DEPTH) throw new Unsupported();
    const items = projection?.items;
    const list: Value[] = [];
    do {
      this.lines.push(this.line);
      list.push(this.item(column, items));
    } while (this.indent === column && this.atDash());
    if (this.indent > column) throw new Unsupported();
    this.depth--;
    return list;
  }

  private item(column: number, projection: Projection | undefined): Value {
    const { bytes } = this;
    const dash = this.pos;
    let at = dash + 1;
    while (bytes[at] === SPACE) at++;
    this.pos = at;
    if (bytes[at] === LF || bytes[at] === HASH) {
      this.endLine();
      if (this.indent <= column) return null;
      this.lines[this.lines.length - 1] = this.line;
      return this.collection(projection);
    }
    const inner = column + at - dash;
    if (this.atDash()) {
      this.indent = inner;
      return this.sequence(inner, projection);
    }
    return this.startsMapping() ? this.mapping(inner, projection) : this.scalar(column);
  }

  /** Whether what stands at the position is a key rather than a scalar of its own. Moves nothing. */
  private startsMapping(): boolean {
    const { bytes, pos, line } = this;
    const byte = bytes[pos]!;
    if (byte === 34 || byte === 39) {
      // A quoted item that goes on in the next line is no key: its column is as good as any.
      if (byte === 39) this.singleQuoted(0);
      else this.doubleQuoted(0);
      let at = this.pos;
      while (bytes[at] === SPACE) at++;
      this.pos = pos;
      this.line = line;
      return bytes[at] === COLON && endsToken(bytes[at + 1]);
    }
    return this.startsPlain(pos) && bytes[this.scanPlain(pos)] === COLON;
  }

  /** Goes past a value by its indentation, without reading it. Returns the null that may stand for it. */
  private skipValue(column: number): null {
    const { bytes, end } = this;
    let at = this.pos;
    while (bytes[at] === SPACE) at++;
    const mayBeList = bytes[at] === LF || bytes[at] === HASH;
    let start = breakFrom(bytes, at) + 1;
    this.line++;
    while (start < end) {
      at = start;
      while (bytes[at] === SPACE) at++;
      const indent = at - start;
      const inside =
        indent > column || (indent === column && mayBeList && bytes[at] === DASH && endsToken(bytes[at + 1]));
      if (!inside && bytes[at] !== LF) break;
      this.line++;
      start = breakFrom(bytes, at) + 1;
    }
    this.pos = start;
    this.nextContent();
    return null;
  }
}

/** In a function of its own, as leaving a loop within a loop may cost its compiled code. */
function breakFrom(bytes: Buffer, start: number): number {
  let at = start;
  while (bytes[at] !== LF) at++;
  return at;
}

// One reader for all: reading is synchronous and never re-entered.
const reader = new YamlReader();

/**
 * Reads one document of block YAML between two bytes, leaving out what the projection drops. The last byte must be a line
 * feed; there may be no document marker.
 * @param firstLine line in the file, from 1, of the byte at `start`.
 * @throws Unsupported where the text is anything but the plain block YAML of Kubernetes serialisers.
 */
export function readYaml(
  bytes: Buffer,
  start: number,
  end: number,
  firstLine: number,
  projection?: Projection,
): ReadYaml {
  return reader.read(bytes, start, end, firstLine, projection);
}
