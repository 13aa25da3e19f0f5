import { ByteWindow } from './byte-window.ts';
import { belongsToItem, breakIn, contentOf, isDash, isIgnorable, isItemsKey, isMarker } from './yaml-lines.ts';

const LF = 10;
const PERCENT = 37;
const DASH = 45;

/** Lines of a YAML file, from the start of the first to the line feed of the last. Valid during the call it is given to. */
export interface YamlUnit {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** Line in the file, from 1, of the byte at `start`. */
  readonly line: number;
}

/** What a file falls into. */
export interface YamlUnits {
  /** A document that is no list. */
  document(unit: YamlUnit): void;
  /** One item of a list, from its dash. `pointer` is the JSON pointer of the item in its document. */
  item(unit: YamlUnit, pointer: string): void;
  /** A list starts; `head` is what its document holds before the items. */
  list(head: YamlUnit): void;
  /** What a list's document holds after the items; undefined where the file or document ends with the last item. */
  endList(tail: YamlUnit | undefined): void;
  /** An item with which the file ends, so that nobody can tell whether it is whole. Return whether to deliver it. */
  keepLast(): boolean;
  /** A document (`pointer` is empty) or item was longer than the limit. */
  tooLong(line: number, pointer: string): void;
}

/**
 * Cuts a YAML file into documents and, where a document is a List or a bare list, into its items, in memory bounded by one
 * of them. Looks at the start of lines only: block scalars and multi-line strings are always deeper than what holds them.
 */
export class YamlSplitter {
  private readonly units: YamlUnits;
  private readonly maxUnit: number;
  private readonly splitsLists: boolean;
  private readonly window = new ByteWindow();
  private state: 'start' | 'body' | 'items' | 'tail' = 'start';
  /** Start of the line to look at next. */
  private scan = 0;
  /** Up to where its end was sought in vain. */
  private sought = 0;
  private line = 1;
  private unitLine = 1;
  private tooLong = false;
  /** The line at `scan` has lost its start to the limit. */
  private midLine = false;
  /** Column of the dashes; -1 until the first. */
  private column = -1;
  private item = 0;
  private prefix = '';

  constructor(units: YamlUnits, maxUnit: number, splitsLists: boolean) {
    this.units = units;
    this.maxUnit = maxUnit;
    this.splitsLists = splitsLists;
  }

  write(chunk: Uint8Array): void {
    const moved = this.window.append(chunk);
    this.scan -= moved;
    this.sought -= moved;
    this.takeLines();
    this.dropExcess();
  }

  end(): void {
    if (this.window.end > this.scan) this.write(Uint8Array.of(LF));
    if (this.state === 'items' && this.column >= 0) {
      if (this.units.keepLast()) this.finishItem(this.window.end);
      this.units.endList(undefined);
    } else {
      this.finishDocument(this.window.end);
    }
    this.window.release();
  }

  private takeLines(): void {
    const view = this.window.bytes.subarray(0, this.window.end);
    for (;;) {
      const stop = breakIn(view, this.sought, view.length);
      if (stop < 0) break;
      if (this.midLine) this.midLine = false;
      else this.takeLine(view, this.scan, stop);
      this.line++;
      this.scan = this.sought = stop + 1;
    }
    this.sought = view.length;
  }

  private takeLine(view: Buffer, start: number, stop: number): void {
    if (isMarker(view, start)) {
      this.startDocument(view, start, stop);
      return;
    }
    switch (this.state) {
      case 'start':
        if (view[start] !== PERCENT && !isIgnorable(view, start)) this.startBody(view, start, stop);
        return;
      case 'body':
        if (this.splitsLists && isItemsKey(view, start, stop)) {
          this.state = 'items';
          this.column = -1;
        }
        return;
      case 'items':
        if (this.column < 0) this.startItems(view, start);
        else if (belongsToItem(view, start, this.column)) return;
        else if (view[start + this.column] === DASH && isDash(view, start + this.column)) this.nextItem(start);
        else this.startTail(start);
        return;
      case 'tail':
    }
  }

  private startDocument(view: Buffer, start: number, stop: number): void {
    this.finishDocument(start);
    this.state = 'start';
    const content = view.toString('latin1', start + 3, stop).trim();
    const bare = content === '' || content.startsWith('#');
    this.beginUnit(bare ? stop + 1 : start, bare ? this.line + 1 : this.line);
    if (!bare) this.state = 'body';
  }

  private finishDocument(end: number): void {
    if (this.state === 'tail') {
      this.units.endList(this.isTooLong(end) ? undefined : this.unit(end));
    } else if (this.state === 'items' && this.column >= 0) {
      this.finishItem(end);
      this.units.endList(undefined);
    } else if (this.state !== 'start') {
      if (this.isTooLong(end)) this.units.tooLong(this.unitLine, '');
      else this.units.document(this.unit(end));
    }
  }

  private startBody(view: Buffer, start: number, stop: number): void {
    this.state = 'body';
    const content = contentOf(view, start);
    if (this.splitsLists && view[content] === DASH && isDash(view, content)) {
      this.startList(start, content - start, '');
    } else {
      this.takeLine(view, start, stop);
    }
  }

  private startItems(view: Buffer, start: number): void {
    if (isIgnorable(view, start)) return;
    const content = contentOf(view, start);
    // `items` of something else than a list: an ordinary field after all.
    if (view[content] !== DASH || !isDash(view, content) || this.isTooLong(start)) this.state = 'body';
    else this.startList(start, content - start, '/items');
  }

  private startList(start: number, column: number, prefix: string): void {
    this.units.list(this.unit(start));
    this.state = 'items';
    this.column = column;
    this.prefix = prefix;
    this.item = 0;
    this.beginUnit(start, this.line);
  }

  private nextItem(start: number): void {
    this.finishItem(start);
    this.beginUnit(start, this.line);
  }

  private finishItem(end: number): void {
    const pointer = `${this.prefix}/${this.item++}`;
    if (this.isTooLong(end)) this.units.tooLong(this.unitLine, pointer);
    else this.units.item(this.unit(end), pointer);
  }

  private startTail(start: number): void {
    this.finishItem(start);
    this.state = 'tail';
    this.beginUnit(start, this.line);
  }

  private unit(end: number): YamlUnit {
    return { bytes: this.window.bytes, start: this.window.start, end, line: this.unitLine };
  }

  private beginUnit(start: number, line: number): void {
    this.window.start = start;
    this.unitLine = line;
    this.tooLong = false;
  }

  private isTooLong(end: number): boolean {
    return this.tooLong || end - this.window.start > this.maxUnit;
  }

  /** Gives up the unit at hand where it is too long, but goes on to look for its end. */
  private dropExcess(): void {
    const { window } = this;
    if (this.scan - window.start > this.maxUnit) {
      this.tooLong = true;
      window.start = this.scan;
    }
    if (window.end - this.scan <= this.maxUnit) return;
    // One line beyond the limit: its start still says whether it begins a unit.
    if (!this.midLine) this.takeLine(window.bytes.subarray(0, window.end), this.scan, window.end - 1);
    this.tooLong = true;
    this.midLine = true;
    this.scan = this.sought = window.start = window.end;
  }
}
