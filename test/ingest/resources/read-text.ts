import { openResources } from '../../../src/ingest/resources/open-resources.ts';
import type { ResourceFile } from '../../../src/ingest/resources/resource-file.ts';
import { type Document, RESOURCE_KINDS } from '../../../src/model/facts.ts';
import { DEFAULT_LIMITS, type Limits } from '../../../src/model/limits.ts';
import type { Resource } from '../../../src/model/resource.ts';

export const ALL_KINDS: ReadonlySet<string> = new Set([...RESOURCE_KINDS, 'Event']);

export interface ReadResult {
  readonly resources: Resource[];
  readonly documents: Document[];
  readonly skipped: string[];
}

export interface ReadOptions {
  readonly file?: Partial<ResourceFile>;
  readonly truncated?: boolean;
  readonly chunk?: number;
  readonly limits?: Partial<Limits>;
}

/** Gives a text or bytes to `openResources` in chunks that are overwritten afterwards, as the contract allows. */
export function readText(content: string | Uint8Array, options: ReadOptions = {}): ReadResult {
  const result: ReadResult = { resources: [], documents: [], skipped: [] };
  const file: ResourceFile = { path: 'gather/file.yaml', kinds: ALL_KINDS, family: 'resource', ...options.file };
  const sink = openResources(
    file,
    {
      resource: (resource) => void result.resources.push(resource),
      document: (document) => void result.documents.push(document),
    },
    {
      limits: { ...DEFAULT_LIMITS, ...options.limits },
      notes: { note: () => undefined, skip: (_source, reason) => void result.skipped.push(reason) },
      summary: () => undefined,
    },
  );
  const bytes = Buffer.from(content);
  const step = options.chunk ?? 65_536;
  for (let at = 0; at < bytes.length; at += step) {
    const chunk = Buffer.from(bytes.subarray(at, at + step));
    sink.write(chunk);
    chunk.fill(0x58);
  }
  sink.end(options.truncated ?? false);
  return result;
}

export function names(result: ReadResult): string[] {
  return result.resources.map(({ kind, name }) => `${kind}/${name}`);
}
