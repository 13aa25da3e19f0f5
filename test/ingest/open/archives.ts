import zlib from 'node:zlib';
import { pack } from 'tar-stream';
import { ChunkReader } from '../../../src/ingest/open/chunk-reader.ts';
import { openStream } from '../../../src/ingest/open/open-stream.ts';
import { MemorySource } from '../../../src/ingest/open/simple-sources.ts';
import { Walk } from '../../../src/ingest/open/walk.ts';
import { DEFAULT_LIMITS, type Limits } from '../../../src/model/limits.ts';

export interface TarEntry {
  readonly name: string;
  readonly body?: string | Uint8Array;
  readonly type?: 'file' | 'directory' | 'symlink' | 'link' | 'character-device' | 'fifo';
  readonly linkname?: string;
  readonly mtime?: Date;
}

export async function tarOf(entries: readonly TarEntry[]): Promise<Buffer> {
  const archive = pack();
  for (const { name, body = '', type = 'file', linkname, mtime = new Date(0) } of entries) {
    archive.entry({ name, type, mtime, ...(linkname !== undefined && { linkname }) }, Buffer.from(body as string));
  }
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export interface ZipEntry {
  readonly name: string;
  readonly body: string | Uint8Array;
  readonly stored?: boolean;
  readonly flags?: number;
  readonly mode?: number;
}

/** A minimal zip file: local headers, central directory, end record. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, body, stored = false, flags = 0x800, mode = 0o100644 } of entries) {
    const raw = Buffer.from(body as string);
    const data = stored ? raw : zlib.deflateRawSync(raw);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(zlib.crc32(raw), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(raw.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), common, tail, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, central, Buffer.from('PK\x05\x06'), end]);
}

export interface Opened {
  readonly files: { readonly path: string; readonly text: string; readonly truncated: boolean }[];
  readonly notes: string[];
  readonly skipped: { readonly source: string; readonly reason: string }[];
  readonly truncated: boolean;
}

/** Opens bytes as an input named `input`, handed over in chunks of the given sizes (the last one repeats). */
export async function openBytes(
  bytes: Uint8Array,
  sizes: readonly number[] = [64 * 1024],
  limits: Partial<Limits> = {},
): Promise<Opened> {
  const files: Opened['files'] = [];
  const notes: string[] = [];
  const skipped: Opened['skipped'] = [];
  const walk = new Walk({
    limits: { ...DEFAULT_LIMITS, ...limits },
    notes: { note: (text) => notes.push(text), skip: (source, reason) => skipped.push({ source, reason }) },
    budget: { members: 0, bytes: 0, read: bytes.length, exceeded: undefined },
    taken: new Map(),
    open: openStream,
    visit: ({ path }) => {
      const parts: Buffer[] = [];
      return {
        write: (chunk) => parts.push(Buffer.from(chunk)),
        end: (truncated) => files.push({ path, text: Buffer.concat(parts).toString('latin1'), truncated }),
      };
    },
  });
  const chunks: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = Math.max(1, sizes[Math.min(turn, sizes.length - 1)] ?? 1);
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  await openStream(new ChunkReader(new MemorySource(chunks)), { path: 'input', inside: '', depth: 0, layers: 0 }, walk);
  walk.finish('input');
  return { files, notes, skipped, truncated: walk.truncated };
}

/** The files as a map from path to text. */
export function texts(opened: Opened): Record<string, string> {
  return Object.fromEntries(opened.files.map((file) => [file.path, file.text]));
}
