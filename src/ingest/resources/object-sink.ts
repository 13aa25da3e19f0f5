import type { Document } from '../../model/facts.ts';
import { type Fields, isFields, type Resource, type Value } from '../../model/resource.ts';
import type { ReadContext } from '../byte-sink.ts';
import { quote } from './error-text.ts';
import { completeIdentity, type Identity, identityOf, own } from './identity.ts';
import type { ResourceFile } from './resource-file.ts';

/** Where what was read goes. */
export interface Emit {
  resource(resource: Resource): void;
  document(document: Document): void;
}

/** An object that has been read. */
export interface ReadObject {
  readonly body: Fields;
  /** JSON pointer in the file. */
  readonly pointer: string;
  lineOf(pointer: string): number;
}

/** Why nothing came of the objects of one file: one note for each reason, however many objects it met. */
export class FileNotes {
  private readonly said = new Set<string>();
  private readonly path: string;
  private readonly context: ReadContext;

  constructor(path: string, context: ReadContext) {
    this.path = path;
    this.context = context;
  }

  /** @param kind what kind of trouble it is: only the first of a kind is told, so that hostile files stay short. */
  skip(kind: string, reason: string): void {
    if (this.said.has(kind)) return;
    this.said.add(kind);
    this.context.notes.skip(this.path, reason);
  }
}

/** Emits objects of the kinds asked for, with what the path says where the object itself does not. */
export class ObjectSink {
  readonly file: ResourceFile;
  readonly emit: Emit;
  readonly notes: FileNotes;

  constructor(file: ResourceFile, emit: Emit, notes: FileNotes) {
    this.file = file;
    this.emit = emit;
    this.notes = notes;
  }

  complete(known: Identity, listKind: string | undefined): Identity {
    return completeIdentity(known, this.file, listKind);
  }

  wants(kind: string): boolean {
    return this.file.kinds.has(kind);
  }

  /** Emits one object, already projected. `listKind` is the kind that its list names. */
  take(object: ReadObject, listKind: string | undefined): void {
    const { group, kind, namespace, name } = this.complete(identityOf(object.body), listKind);
    if (kind === undefined) {
      this.notes.skip('no-kind', `no Kubernetes object at line ${object.lineOf('')}: it has no kind`);
    } else if (kind === 'Status') {
      const message = own(object.body, 'message');
      this.notes.skip('status', `an API error instead of an object: ${quote(String(message ?? ''))}`);
    } else if (this.wants(kind)) {
      // The insights operator strips events down to what they say; their names say nothing anyway.
      const known = name ?? (kind === 'Event' ? object.pointer : undefined);
      if (known === undefined) {
        this.notes.skip('no-name', `${quote(kind)} without a name at line ${object.lineOf('')}`);
      } else {
        const { body, pointer, lineOf } = object;
        const scope = namespace === undefined ? {} : { namespace };
        const from = { path: this.file.path, pointer, lineOf };
        this.emit.resource({ group: group ?? '', kind, ...scope, name: known, body, ...from });
      }
    }
  }
}

/** The kind of a list's items: `PodList` holds Pods, `List` says nothing. */
export function itemKind(listKind: string | undefined): string | undefined {
  return listKind?.endsWith('List') === true && listKind !== 'List' ? listKind.slice(0, -4) : undefined;
}

export function listItems(body: Value): readonly Value[] | undefined {
  if (!isFields(body)) return undefined;
  const items = own(body, 'items');
  const kind = own(body, 'kind');
  return Array.isArray(items) && (kind === undefined || String(kind).endsWith('List')) ? items : undefined;
}
