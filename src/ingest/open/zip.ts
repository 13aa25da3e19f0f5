import type { Entry, ZipFile } from 'yauzl';
import { messageOf } from './byte-source.ts';
import { ChecksumSource } from './checksum-source.ts';
import { ChunkReader } from './chunk-reader.ts';
import { InflateSource } from './inflate-source.ts';
import { RatioGuard } from './ratio-guard.ts';
import { IterableSource, readAt } from './simple-sources.ts';
import type { Place, Walk } from './walk.ts';

/** A zip file is read from its end, so one that is not on disk has to be held in memory. */
const MAX_BUFFERED_BYTES = 256 * 1024 * 1024;

const OPTIONS = { lazyEntries: true, decodeStrings: false, autoClose: false, validateEntrySizes: false } as const;
/** Marks of what may follow the directory: the end record, that of large files, a signature. */
const BEHIND_DIRECTORY: readonly number[] = [0x06_05_4b_50, 0x06_06_4b_50, 0x05_05_4b_50];
const STORED = 0;
const DEFLATED = 8;
const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;

/** Walks a zip file on disk. The descriptor stays the caller's. `onRead` is told the bytes of each member. */
export async function walkZipFile(
  fd: number,
  place: Place,
  walk: Walk,
  onRead: (bytes: number) => void,
): Promise<void> {
  // yauzl closes the descriptor with the archive; without autoClose and close() it never does.
  const opened: OpenedZip = {
    open: (yauzl) => yauzl.fromFdPromise(fd, OPTIONS),
    async wordAt(offset) {
      const { buffer } = await readAt(fd, Buffer.alloc(4), 0, 4, offset);
      return buffer.readUInt32LE(0);
    },
  };
  return walkZip(opened, place, walk, onRead);
}

/** Walks a zip file that comes as a stream: nested, or from standard input. */
export async function walkZipStream(reader: ChunkReader, place: Place, walk: Walk): Promise<void> {
  while (reader.available <= MAX_BUFFERED_BYTES && (await reader.more()));
  if (reader.available > MAX_BUFFERED_BYTES) {
    walk.truncated = true;
    walk.notes.skip(place.path, `a zip file of more than ${MAX_BUFFERED_BYTES} bytes inside another archive`);
    return;
  }
  const bytes = await reader.peek(reader.available);
  await reader.skip(bytes.length);
  if (reader.failure !== undefined) walk.broken(place.path, reader.failure);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const opened: OpenedZip = {
    open: (yauzl) => yauzl.fromBufferPromise(buffer, OPTIONS),
    async wordAt(offset) {
      return offset + 4 <= buffer.length ? buffer.readUInt32LE(offset) : 0;
    },
  };
  return walkZip(opened, place, walk);
}

type Yauzl = typeof import('yauzl');

interface OpenedZip {
  open(yauzl: Yauzl): Promise<ZipFile>;
  /** Four bytes of the file as a number; zeros where there are fewer. */
  wordAt(offset: number): Promise<number>;
}

async function walkZip(
  { open, wordAt }: OpenedZip,
  place: Place,
  walk: Walk,
  onRead?: (bytes: number) => void,
): Promise<void> {
  // Loaded when it is needed: most inputs hold no zip file.
  const { default: yauzl } = await import('yauzl');
  const damaged = (error: unknown): undefined => {
    walk.broken(place.path, { kind: 'corrupt', detail: `the zip file is damaged (${messageOf(error)})` });
    return undefined;
  };
  const zip = await open(yauzl).catch(damaged);
  const entries = zip?.eachEntry();
  let claimed = 0;
  while (zip !== undefined && entries !== undefined && walk.mayGoOn()) {
    const next = await entries.next().catch(damaged);
    if (next === undefined) return;
    if (next.done === true) {
      // A count of members that is too low, or none at all, would hide the rest.
      const follows = await wordAt(cursorOf(zip));
      if (!BEHIND_DIRECTORY.includes(follows)) damaged('its directory ends before its last entry');
      return;
    }
    claimed += next.value.compressedSize;
    onRead?.(next.value.compressedSize);
    if (claimed > zip.fileSize) {
      // The one way to get more out of a zip file than its compression allows.
      walk.broken(place.path, { kind: 'limit', detail: 'its members overlap: together they claim more than the file' });
      return;
    }
    await readEntry(yauzl, zip, next.value, place, walk);
  }
}

/** Where the reader stands in the directory; its types have this property wrong. */
function cursorOf(zip: ZipFile): number {
  return (zip as unknown as { readonly readEntryCursor: number }).readEntryCursor;
}

async function readEntry(yauzl: Yauzl, zip: ZipFile, entry: Entry, place: Place, walk: Walk): Promise<void> {
  // With decodeStrings off yauzl gives the name's bytes, whatever its type says: it must not refuse odd names.
  const nameBytes = entry.fileName as unknown as Buffer;
  const name = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, nameBytes, entry.extraFields, false);
  if (name.endsWith('/')) return;
  const path = walk.member(place.inside, name);
  if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMBOLIC_LINK) {
    walk.odd('symbolic links were not followed:', path);
    return;
  }
  const method = entry.compressionMethod;
  if (entry.isEncrypted() || (method !== STORED && method !== DEFLATED)) {
    walk.notes.skip(path, entry.isEncrypted() ? 'encrypted' : `compressed by method ${method}, which is not known`);
    return;
  }
  const stored = await zip.openReadStreamPromise(entry, { decodeFileData: false }).catch((error: unknown) => {
    walk.broken(path, { kind: 'corrupt', detail: messageOf(error) });
  });
  if (stored === undefined) return;
  const data = new IterableSource(stored);
  const guard = new RatioGuard(walk.limits.maxRatio);
  const source = method === DEFLATED ? new InflateSource('deflate', new ChunkReader(data), guard) : data;
  const reader = new ChunkReader(new ChecksumSource(source, entry.crc32));
  const mtime = Math.floor(entry.getLastModDate({ timezone: 'UTC' }).getTime() / 1000);
  await walk.open(reader, { path, inside: `${path}!/`, depth: place.depth + 1, layers: 0, mtime }, walk);
  await reader.close();
  stored.destroy();
}
