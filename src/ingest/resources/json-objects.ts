import { type Fields, isFields, type Value } from '../../model/resource.ts';
import type { ByteSink, ReadContext } from '../byte-sink.ts';
import { quote } from './error-text.ts';
import { identityOf } from './identity.ts';
import { clusterConfigDocument } from './install-config.ts';
import { JsonSplitter, type JsonUnit, type JsonUnits } from './json-splitter.ts';
import { jsonLines, parseJson } from './json-value.ts';
import { lineAt } from './line-index.ts';
import { itemKind, listItems, type ObjectSink } from './object-sink.ts';
import { projectValue } from './project-value.ts';
import { isClusterConfig, projectionOf } from './projection.ts';
import { Unreadable } from './unsupported.ts';
import { readYamlWithLibrary } from './yaml-library.ts';

/** Reads Kubernetes objects from JSON: single ones, concatenated ones, Lists and bare arrays. */
export function jsonObjects(sink: ObjectSink, context: ReadContext): ByteSink {
  const units = new JsonObjects(sink, context.limits.maxResource);
  const splitter = new JsonSplitter(units, context.limits.maxResource, true);
  return { write: (chunk) => splitter.write(chunk), end: () => splitter.end() };
}

/** A JSON value and how to find lines in it. */
export interface ReadJson {
  readonly value: Value;
  lineOf(pointer: string): number;
}

/**
 * Reads JSON, or what only looks like it: YAML may start with a brace too.
 * @throws Unreadable
 */
export function readJsonText(unit: JsonUnit): ReadJson {
  const text = unit.bytes.toString('utf8', unit.start, unit.end);
  try {
    return { value: parseJson(text), lineOf: jsonLines(text, unit.line) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    try {
      const { value, index } = readYamlWithLibrary(text, unit.line);
      return { value, lineOf: (pointer) => lineAt(value, index, pointer) };
    } catch {
      throw new Unreadable(quote(reason), 0);
    }
  }
}

/** Values of one file that could not be read before the rest of it is left out: each costs more than a good one. */
const MAX_FAILURES = 1000;

/** What a held item costs beside its text. */
const HELD_OVERHEAD = 1000;

class JsonObjects implements JsonUnits {
  private readonly sink: ObjectSink;
  private readonly maxHeld: number;
  private held: (() => void)[] = [];
  private heldBytes = 0;
  private failures = 0;
  private listKind: string | undefined;

  constructor(sink: ObjectSink, maxHeld: number) {
    this.sink = sink;
    this.maxHeld = maxHeld;
  }

  value(unit: JsonUnit): void {
    const read = this.read(unit);
    if (read !== undefined) this.give(read, read.value, '', '', undefined, 0);
  }

  list(): void {
    this.held = [];
    this.heldBytes = 0;
    this.listKind = undefined;
  }

  item(unit: JsonUnit, pointer: string): void {
    const read = this.read(unit);
    if (read === undefined) return;
    const known = isFields(read.value) ? this.sink.complete(identityOf(read.value), undefined).kind : '';
    this.heldBytes += known === undefined ? unit.end - unit.start + HELD_OVERHEAD : 0;
    if (known === undefined && this.heldBytes <= this.maxHeld) {
      this.held.push(() => this.give(read, read.value, pointer, '', this.listKind, 0));
    } else {
      this.give(read, read.value, pointer, '', undefined, 0);
    }
  }

  endList(shell: string | undefined): void {
    this.listKind = shell === undefined ? undefined : kindOfShell(shell);
    const held = this.held;
    this.held = [];
    for (const give of held) give();
  }

  leftOut(line: number, pointer: string, reason: string): void {
    const what = pointer === '' ? 'the value' : `item ${pointer}`;
    this.sink.notes.skip('left-out', `${what} at line ${line} is ${reason}`);
  }

  broken(line: number, reason: string): void {
    this.sink.notes.skip('broken', `${reason} (line ${line})`);
  }

  private read(unit: JsonUnit): ReadJson | undefined {
    if (this.failures > MAX_FAILURES) {
      this.sink.notes.skip('damaged', `damaged throughout: left out from line ${unit.line}`);
      return undefined;
    }
    try {
      return readJsonText(unit);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.failures++;
      this.sink.notes.skip('invalid', `invalid JSON at line ${unit.line}: ${error.reason}`);
      return undefined;
    }
  }

  /** `inside` is the pointer of `value` in the value that was read. */
  private give(
    read: ReadJson,
    value: Value,
    pointer: string,
    inside: string,
    listKind: string | undefined,
    depth: number,
  ): void {
    if (!isFields(value)) {
      if (value !== null) this.sink.notes.skip('no-object', `no Kubernetes object at line ${read.lineOf(inside)}`);
      return;
    }
    const items = depth < 3 ? listItems(value) : undefined;
    if (items === undefined) {
      this.giveObject(read, value, pointer, inside, listKind);
      return;
    }
    const kind = itemKind(identityOf(value).kind);
    items.forEach((item, i) => {
      this.give(read, item, `${pointer}/items/${i}`, `${inside}/items/${i}`, kind, depth + 1);
    });
  }

  private giveObject(
    read: ReadJson,
    value: Fields,
    pointer: string,
    inside: string,
    listKind: string | undefined,
  ): void {
    const { kind, namespace, name } = this.sink.complete(identityOf(value), listKind);
    const body = projectValue(value, projectionOf(kind ?? '', namespace, name)) as Fields;
    const object = { body, pointer, lineOf: linesOf(read, inside, kind) };
    this.sink.take(object, listKind);
    if (kind === 'ConfigMap' && isClusterConfig(namespace, name)) {
      const document = clusterConfigDocument(object, this.sink.file.path);
      if (document !== undefined) this.sink.emit.document(document);
    }
  }
}

/** Lines of JSON are sought in its text; that of a Secret is not kept for it. */
function linesOf(read: ReadJson, inside: string, kind: string | undefined): (pointer: string) => number {
  if (kind !== 'Secret') return (within) => read.lineOf(inside + within);
  const line = read.lineOf(inside);
  return () => line;
}

function kindOfShell(shell: string): string | undefined {
  try {
    const value = parseJson(shell);
    return isFields(value) ? itemKind(identityOf(value).kind) : undefined;
  } catch {
    return undefined;
  }
}
