import { isFields, type Value } from '../../model/resource.ts';
import type { ByteSink, ReadContext } from '../byte-sink.ts';
import { errorTextOf, quote } from './error-text.ts';
import { type Identity, identityOf } from './identity.ts';
import { clusterConfigDocument } from './install-config.ts';
import { lineAt, partIndex } from './line-index.ts';
import { itemKind, listItems, type ObjectSink } from './object-sink.ts';
import { projectValue } from './project-value.ts';
import { isClusterConfig, type Projection, projectionOf } from './projection.ts';
import { isUnread } from './sparse.ts';
import { Unreadable } from './unsupported.ts';
import { scanIdentity } from './yaml-identity.ts';
import type { ReadYaml } from './yaml-reader.ts';
import { YamlSplitter, type YamlUnit, type YamlUnits } from './yaml-splitter.ts';
import { readYamlText, salvageYaml, withPlainBreaks } from './yaml-text.ts';

/** Reads Kubernetes objects from YAML: single ones, several documents, Lists and bare lists. */
export function yamlObjects(sink: ObjectSink, context: ReadContext): ByteSink {
  const units = new YamlObjects(sink, context.limits.maxResource);
  const splitter = new YamlSplitter(units, context.limits.maxResource, true);
  return {
    write: (chunk) => splitter.write(chunk),
    end(truncated) {
      units.truncated = truncated;
      splitter.end();
    },
  };
}

/** Items of one list whose kind only its end tells. */
const MAX_HELD = 20_000;

/** Units of one file that could not be read before the rest of it is left out: each costs more than a good one. */
const MAX_FAILURES = 1000;

/** An item whose kind only the end of its list tells. */
interface Held {
  readonly unit: YamlUnit;
  readonly pointer: string;
}

class YamlObjects implements YamlUnits {
  truncated = false;
  private readonly sink: ObjectSink;
  private readonly maxHeld: number;
  private listKind: string | undefined;
  private listNamesKind = false;
  private held: Held[] = [];
  private heldBytes = 0;
  /** Damage is at the end of a file; a file that is damaged throughout is not worth the time. */
  private salvages = 3;
  private failures = 0;

  constructor(sink: ObjectSink, maxHeld: number) {
    this.sink = sink;
    this.maxHeld = maxHeld;
  }

  document(unit: YamlUnit): void {
    const text = withPlainBreaks(unit);
    const error = errorTextOf(text.bytes.toString('utf8', text.start, Math.min(text.end, text.start + 400)));
    if (error !== undefined) {
      this.sink.notes.skip('error-text', `error text instead of an object: ${error}`);
    } else if (this.truncated) {
      this.sink.notes.skip('cut', `cut short: the object at line ${unit.line} is incomplete`);
    } else {
      this.readObject(text, '', undefined, false);
    }
  }

  list(head: YamlUnit): void {
    // A bare list has no head, and so nothing that would name a kind after its items.
    this.listNamesKind = head.end === head.start;
    const { kind } = scanIdentity(head.bytes, head.start, head.end);
    if (kind !== undefined) this.listNamesKind = true;
    this.listKind = itemKind(kind);
    this.held = [];
    this.heldBytes = 0;
  }

  item(unit: YamlUnit, pointer: string): void {
    this.readObject(withPlainBreaks(unit), pointer, this.listKind, true);
  }

  keepLast(): boolean {
    if (!this.truncated && this.listNamesKind) return true;
    this.sink.notes.skip('cut', 'cut short: the last item of the list is incomplete and was left out');
    return false;
  }

  endList(tail: YamlUnit | undefined): void {
    if (tail !== undefined) {
      this.listKind ??= itemKind(scanIdentity(tail.bytes, tail.start, tail.end).kind);
      this.checkTail(tail);
    }
    const held = this.held;
    this.held = [];
    for (const { unit, pointer } of held) this.readObject(unit, pointer, this.listKind, false);
  }

  tooLong(line: number, pointer: string): void {
    const what = pointer === '' ? 'the document' : `item ${pointer}`;
    this.sink.notes.skip('too-long', `${what} at line ${line} is longer than the limit for one resource`);
  }

  private checkTail(tail: YamlUnit): void {
    try {
      readYamlText(withPlainBreaks(tail));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.sink.notes.skip('tail', `text after the list at line ${tail.line} was left out: ${quote(error.reason)}`);
    }
  }

  private readObject(unit: YamlUnit, pointer: string, listKind: string | undefined, mayHold: boolean): void {
    const scanned = scanIdentity(unit.bytes, unit.start, unit.end);
    const { kind, namespace, name } = this.sink.complete(scanned, listKind);
    if (kind === undefined && mayHold && this.hold(unit, pointer)) return;
    const known = kind !== undefined && !kind.endsWith('List') && kind !== 'Status';
    if (known && !this.sink.wants(kind) && !isClusterConfig(namespace, name)) return;
    const isSparse = known && this.sink.file.sparse?.has(kind) === true;
    if (isSparse && isUnread(kind, namespace, name, unit.bytes, unit.start, unit.end)) return;
    const projection = projectionOf(kind ?? '', namespace, name);
    const read = this.parse(unit, pointer, projection);
    if (read === undefined) return;
    const value = rootOf(read, pointer);
    if (!isFields(value)) {
      this.noObject(value, unit);
      return;
    }
    const identity = this.sink.complete(identityOf(value), listKind);
    if (projectionOf(identity.kind ?? '', identity.namespace, identity.name) === projection) {
      this.give(read, unit, pointer, identity, listKind);
    } else {
      this.giveAs(unit, pointer, identity, listKind);
    }
  }

  /** The object is not what its first lines seemed to say. */
  private giveAs(unit: YamlUnit, pointer: string, identity: Identity, listKind: string | undefined): void {
    const projection = projectionOf(identity.kind ?? '', identity.namespace, identity.name);
    const read = this.parse(unit, pointer, projection);
    if (read !== undefined && isFields(rootOf(read, pointer))) this.give(read, unit, pointer, identity, listKind);
  }

  private give(
    read: ReadYaml,
    unit: YamlUnit,
    pointer: string,
    identity: Identity,
    listKind: string | undefined,
  ): void {
    const { value: root, index } = read;
    const body = rootOf(read, pointer);
    if (!isFields(body)) return;
    const items = listItems(body);
    if (items !== undefined) {
      this.giveItems(read, items, pointer);
      return;
    }
    const inRoot = pointer === '' ? '' : '/0';
    const object = { body, pointer, lineOf: (inside: string) => lineAt(root, index, inRoot + inside) };
    this.sink.take(object, listKind);
    if (isClusterConfig(identity.namespace, identity.name) && identity.kind === 'ConfigMap') {
      const document = clusterConfigDocument(object, this.sink.file.path, unit);
      if (document !== undefined) this.sink.emit.document(document);
    }
  }

  /** A list that the splitter did not see: written in flow style, indented as a whole, or inside of a list. */
  private giveItems(read: ReadYaml, items: readonly Value[], pointer: string): void {
    const holder = rootOf(read, pointer);
    const kind = isFields(holder) ? itemKind(identityOf(holder).kind) : undefined;
    const inRoot = pointer === '' ? '/items' : '/0/items';
    items.forEach((item, i) => {
      if (!isFields(item)) return;
      const { kind: own, namespace, name } = this.sink.complete(identityOf(item), kind);
      const body = projectValue(item, projectionOf(own ?? '', namespace, name));
      if (!isFields(body)) return;
      const index = partIndex(read.value, read.index, `${inRoot}/${i}`, body);
      const lineOf = (inside: string): number => lineAt(body, index, inside);
      this.sink.take({ body, pointer: `${pointer}/items/${i}`, lineOf }, kind);
    });
  }

  private parse(unit: YamlUnit, pointer: string, projection: Projection): ReadYaml | undefined {
    if (this.failures > MAX_FAILURES) {
      this.sink.notes.skip('damaged', `damaged throughout: left out from line ${unit.line}`);
      return undefined;
    }
    const whole = pointer === '' ? projection : { items: projection };
    try {
      return readYamlText(unit, whole);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const { reason, line } = error;
      this.failures++;
      const where = `line ${unit.line + line}`;
      const salvaged = pointer === '' && this.salvages-- > 0 ? salvageYaml(unit, error, whole) : undefined;
      if (salvaged !== undefined && isFields(salvaged.read.value)) {
        this.sink.notes.skip(
          'salvaged',
          `only the first ${salvaged.lines} lines could be read: ${quote(reason)} at ${where}`,
        );
        return salvaged.read;
      }
      this.sink.notes.skip('invalid', `invalid YAML at ${where}: ${quote(reason)}`);
      return undefined;
    }
  }

  private hold(unit: YamlUnit, pointer: string): boolean {
    const size = unit.end - unit.start;
    if (this.heldBytes + size > this.maxHeld || this.held.length >= MAX_HELD) return false;
    this.heldBytes += size;
    const bytes = Buffer.from(unit.bytes.subarray(unit.start, unit.end));
    this.held.push({ unit: { bytes, start: 0, end: size, line: unit.line }, pointer });
    return true;
  }

  private noObject(value: Value | undefined, unit: YamlUnit): void {
    if (value === null || value === undefined) return;
    this.sink.notes.skip('no-object', `no Kubernetes object at line ${unit.line}`);
  }
}

/** The object of a unit: the unit of an item is a list of one. */
function rootOf(read: ReadYaml, pointer: string): Value | undefined {
  if (pointer === '') return read.value;
  return Array.isArray(read.value) ? (read.value as readonly Value[])[0] : undefined;
}
