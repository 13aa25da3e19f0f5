import { ByteWindow } from './byte-window.ts';

const LF = 10;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;

/** What no real object reaches; deeper values overflow the stack of whoever walks them. */
const MAX_DEPTH = 200;

/** Bytes of one JSON value. Valid during the call it is given to. */
export interface JsonUnit {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** Line in the file, from 1, of the byte at `start`. */
  readonly line: number;
}

/** What a file of JSON falls into. */
export interface JsonUnits {
  /** A value at the top that is no list. */
  value(unit: JsonUnit): void;
  /** An item of a List or a bare array. `pointer` is its JSON pointer in the value that holds it. */
  item(unit: JsonUnit, pointer: string): void;
  list(): void;
  /** The value that held the items, with an empty array in their place; undefined for a bare array. */
  endList(shell: string | undefined): void;
  /** A value was longer than the limit or nested too deeply. */
  leftOut(line: number, pointer: string, reason: string): void;
  /** The file goes on with something that is no JSON, or ends inside a value. */
  broken(line: number, reason: string): void;
}

/**
 * Cuts concatenated JSON values apart, and a List or a bare array into its items, in memory bounded by one of them. Follows
 * strings and brackets only: whether a value is valid is for the parser to say.
 */
export class JsonSplitter {
  private readonly units: JsonUnits;
  private readonly maxUnit: number;
  private readonly splitsLists: boolean;
  private readonly window = new ByteWindow();
  private at = 0;
  private line = 1;
  private depth = 0;
  private deepest = 0;
  private inString = false;
  private escaped = false;
  /** Start of the string read last at depth 1, and whether a colon has followed it. */
  private keyStart = -1;
  private keyEnd = -1;
  /** Depth of a list's items while inside of one; 0 otherwise. */
  private itemDepth = 0;
  private item = 0;
  private shell: string | undefined;
  /** A value is open that began at `window.start`. */
  private open = false;
  private unitLine = 1;
  private tooLong = false;
  private stopped = false;

  constructor(units: JsonUnits, maxUnit: number, splitsLists: boolean) {
    this.units = units;
    this.maxUnit = maxUnit;
    this.splitsLists = splitsLists;
  }

  write(chunk: Uint8Array): void {
    if (this.stopped) return;
    const moved = this.window.append(chunk);
    this.at -= moved;
    this.keyStart -= moved;
    this.keyEnd -= moved;
    this.scan();
    if (!this.open) this.window.start = this.at;
    if (this.window.end - this.window.start > this.maxUnit) {
      this.tooLong = true;
      this.window.start = this.at;
    }
  }

  end(): void {
    if (this.stopped) return;
    // A number at the top ends with the file.
    if (this.open && this.depth === 0 && !this.inString) this.close(this.at);
    if (this.depth > 0 || this.inString) this.units.broken(this.line, 'the file ends inside a JSON value');
    if (this.itemDepth > 0) this.units.endList(undefined);
  }

  private scan(): void {
    const { bytes, end } = this.window;
    for (let at = this.at; at < end; at++) {
      const byte = bytes[at]!;
      if (byte === LF) this.line++;
      if (this.inString) {
        if (this.escaped) this.escaped = false;
        else if (byte === BACKSLASH) this.escaped = true;
        else if (byte === QUOTE) {
          this.inString = false;
          if (this.depth === 1) this.keyEnd = at + 1;
        }
      } else if (byte > SPACE && !this.token(byte, at)) {
        this.stopped = true;
        this.units.broken(this.line, 'text that is no JSON follows');
        if (this.itemDepth > 0) this.units.endList(undefined);
        return;
      }
    }
    this.at = end;
  }

  /** Takes one byte outside of strings. Returns false where no JSON can go on. */
  private token(byte: number, at: number): boolean {
    if (byte === COMMA) {
      if (this.depth === this.itemDepth && this.itemDepth > 0) this.close(at);
      return this.depth > 0;
    }
    if (byte === 93 || byte === 125) return this.closeBracket(at);
    if (!this.open && this.depth === this.itemDepth && byte !== COLON) this.openUnit(at);
    if (byte === QUOTE) {
      this.inString = true;
      if (this.depth === 1) this.keyStart = at;
    } else if (byte === 91 || byte === 123) {
      this.openBracket(byte, at);
    } else if (this.depth === 0 && !/[-+\w.:]/.test(String.fromCharCode(byte))) {
      return false;
    }
    return true;
  }

  private openUnit(at: number): void {
    this.open = true;
    this.tooLong = false;
    this.deepest = 0;
    this.window.start = at;
    this.unitLine = this.line;
  }

  private isTooLong(end: number): boolean {
    return this.tooLong || end - this.window.start > this.maxUnit;
  }

  private openBracket(byte: number, at: number): void {
    this.depth++;
    if (this.depth - this.itemDepth > this.deepest) this.deepest = this.depth - this.itemDepth;
    if (!this.splitsLists || byte !== 91 || this.itemDepth > 0 || this.isTooLong(at)) return;
    if (this.depth === 1) this.startList(undefined);
    else if (this.depth === 2 && this.afterItemsKey(at)) {
      this.startList(this.window.bytes.toString('utf8', this.window.start, at + 1));
    }
  }

  private afterItemsKey(at: number): boolean {
    if (this.keyStart < this.window.start || this.keyEnd <= this.keyStart) return false;
    return /^"items"\s*:\s*$/.test(
      this.window.bytes.toString('latin1', this.keyStart, Math.min(at, this.keyStart + 99)),
    );
  }

  private startList(head: string | undefined): void {
    this.units.list();
    this.shell = head;
    this.itemDepth = this.depth;
    this.item = 0;
    this.open = false;
  }

  private closeBracket(at: number): boolean {
    if (this.depth === 0) return false;
    if (this.itemDepth > 0 && this.depth === this.itemDepth) {
      this.close(at);
      this.endItems(at);
      return true;
    }
    this.depth--;
    if (this.depth === 0) this.close(at + 1);
    return true;
  }

  private endItems(at: number): void {
    this.depth--;
    this.itemDepth = 0;
    if (this.depth === 0) {
      this.units.endList(undefined);
      return;
    }
    // From here on the rest of the List's own fields.
    this.open = true;
    this.tooLong = false;
    this.window.start = at;
    this.unitLine = this.line;
  }

  private close(end: number): void {
    if (!this.open) return;
    const { window, units } = this;
    const unit = { bytes: window.bytes, start: window.start, end, line: this.unitLine };
    const pointer = this.itemDepth === 0 ? '' : `${this.depth === 1 ? '' : '/items'}/${this.item++}`;
    this.open = false;
    if (this.shell !== undefined && this.itemDepth === 0) {
      const tail = this.isTooLong(end) ? ']}' : window.bytes.toString('utf8', unit.start, end);
      units.endList(this.shell + tail);
      this.shell = undefined;
    } else if (this.isTooLong(end)) units.leftOut(this.unitLine, pointer, 'longer than the limit');
    else if (this.deepest > MAX_DEPTH) units.leftOut(this.unitLine, pointer, 'nested too deeply');
    else if (pointer === '') units.value(unit);
    else units.item(unit, pointer);
  }
}
