import type { DocumentFamily } from '../../model/facts.ts';
import type { Source, SourceKind } from '../../model/source.ts';

/** What the path and head of a file say about it. */
export type Classified =
  | { readonly type: 'log'; readonly family: string; readonly source: SourceTraits }
  /** A binary journal. */
  | { readonly type: 'journal'; readonly family: 'binary-journal'; readonly source: SourceTraits }
  | { readonly type: 'resource'; readonly family: string; readonly hints: ResourceHints }
  | { readonly type: 'document'; readonly family: string; readonly document: DocumentFamily }
  /** Read by ingest itself. */
  | { readonly type: 'stamp'; readonly family: 'timestamp' | 'version' | 'hostname' }
  /** Known, and of no use to an analysis: counted only. */
  | { readonly type: 'known'; readonly family: string };

export type SourceTraits = Omit<Source, 'path'>;

/** As in `ResourceFile`. */
export interface ResourceHints {
  readonly groupHint?: string;
  readonly pluralHint?: string;
  readonly namespaceHint?: string;
  readonly nameHint?: string;
}

type Optional<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** Traits that are undefined are left out. */
export function log(family: string, kind: SourceKind, traits: Optional<Omit<SourceTraits, 'kind'>> = {}): Classified {
  return { type: 'log', family, source: { kind, ...defined(traits) } };
}

/** The family is the plural, or `resource` where the path does not name it. */
export function resource(hints: Optional<ResourceHints>): Classified {
  return { type: 'resource', family: hints.pluralHint ?? 'resource', hints: defined(hints) };
}

export function document(family: string, name: DocumentFamily): Classified {
  return { type: 'document', family, document: name };
}

export function known(family: string): Classified {
  return { type: 'known', family };
}

function defined<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never;
}
