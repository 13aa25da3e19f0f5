import type { ByteSink, ReadContext } from '../byte-sink.ts';
import { jsonDocuments, yamlDocuments } from './documents.ts';
import { jsonObjects } from './json-objects.ts';
import { type Emit, FileNotes, ObjectSink } from './object-sink.ts';
import type { ResourceFile } from './resource-file.ts';
import { yamlObjects } from './yaml-objects.ts';

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const MAX_PADDING = 64 * 1024;

/**
 * Reads Kubernetes objects, or a document, from one file. Whether it is JSON or YAML its first character says, whatever its
 * name. Objects of a list are emitted one by one; memory is bounded by the largest of them. Whatever cannot be read becomes
 * a note.
 */
export function openResources(file: ResourceFile, emit: Emit, context: ReadContext): ByteSink {
  const notes = new FileNotes(file.path, context);
  let inner: ByteSink | undefined;
  let markRead = 0;
  /** Line breaks before the first character, and blanks between the last of them and it: they decide line and column. */
  let breaks = 0;
  let blanks = 0;

  function choose(first: number): ByteSink {
    const json = first === 0x7b || first === 0x5b;
    if (file.documentFamily !== undefined) {
      const target = { family: file.documentFamily, path: file.path, emit, notes };
      return json ? jsonDocuments(target, context) : yamlDocuments(target, context);
    }
    const sink = new ObjectSink(file, emit, notes);
    return json ? jsonObjects(sink, context) : yamlObjects(sink, context);
  }

  function open(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (markRead < 3 && breaks + blanks === 0 && byte === BYTE_ORDER_MARK[markRead]) {
        markRead++;
      } else if (byte === 0x0a) {
        breaks++;
        blanks = 0;
      } else if (byte === 0x20 || byte === 0x0d || byte === 0x09) {
        blanks++;
      } else {
        inner = choose(byte);
        for (; breaks > 0; breaks -= MAX_PADDING) inner.write(Buffer.alloc(Math.min(breaks, MAX_PADDING), '\n'));
        inner.write(Buffer.alloc(Math.min(blanks, MAX_PADDING), ' '));
        inner.write(chunk.subarray(at));
        return;
      }
    }
  }

  return {
    write(chunk) {
      if (inner === undefined) open(chunk);
      else inner.write(chunk);
    },
    end(truncated) {
      if (inner === undefined) notes.skip('empty', 'empty: not collected');
      else inner.end(truncated);
    },
  };
}
