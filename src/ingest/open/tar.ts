import { ChunkReader } from './chunk-reader.ts';
import { containerOf, HEAD_BYTES } from './magic.ts';
import { pump } from './pump.ts';
import { MemberSource } from './simple-sources.ts';
import { type Extended, isExtension, readExtension } from './tar-extended.ts';
import { isZeroBlock, parseTarHeader, type TarHeader } from './tar-header.ts';
import type { Place, Walk } from './walk.ts';

const BLOCK = 512;
/** Blocks of zeros at the end of an archive. Cut between them, it looks whole otherwise. */
const END_MARK = 2;
const BEHIND_END = 'stretches behind an end mark are no archive and were passed over:';

/** What becomes of members that hold no bytes of their own. Directories need no word. */
const BODILESS: Readonly<Record<string, string>> = {
  '1': 'hard links were not followed',
  '2': 'symbolic links were not followed',
  '3': 'device nodes were left out',
  '4': 'device nodes were left out',
  '5': '',
  '6': 'named pipes were left out',
};

/**
 * Walks a tar archive by its headers and hands out views of the bytes as they arrive: no stream and no copy per member.
 * Reads to the end of the stream, past zero blocks, so that concatenated archives are read whole.
 */
export async function walkTar(reader: ChunkReader, place: Place, walk: Walk): Promise<void> {
  const state = { global: {} as Extended, next: {} as Extended, zeros: 0, damaged: false };
  while (walk.mayGoOn()) {
    const block = reader.peekNow(BLOCK) ?? (await reader.peek(BLOCK));
    if (block.length < BLOCK) {
      if (block.length > 0 && state.zeros > 0) walk.odd(BEHIND_END, place.path);
      reportEnd(reader, place, walk, state.zeros >= END_MARK);
      return;
    }
    if (!reader.skipNow(BLOCK)) await reader.skip(BLOCK);
    const header = parseTarHeader(block);
    if (header === undefined) {
      if (isZeroBlock(block)) state.zeros++;
      else if (!state.damaged) {
        state.damaged = true;
        if (state.zeros > 0) walk.odd(BEHIND_END, place.path);
        else walk.broken(place.path, { kind: 'corrupt', detail: 'a header inside the archive is damaged' });
      }
      continue;
    }
    state.zeros = 0;
    state.damaged = false;
    const { type } = header;
    if (isExtension(type)) {
      const said = await readExtension(reader, header);
      if (type === 'g') state.global = { ...state.global, ...said };
      else state.next = { ...state.next, ...said };
      continue;
    }
    const complete = await readMember(reader, header, { ...state.global, ...state.next }, place, walk);
    state.next = {};
    if (!complete) {
      reportEnd(reader, place, walk, false);
      return;
    }
  }
}

/** Reads one member and its padding; false where the archive ends inside it. */
async function readMember(
  reader: ChunkReader,
  header: TarHeader,
  extended: Extended,
  place: Place,
  walk: Walk,
): Promise<boolean> {
  const name = extended.name ?? header.name;
  const bodiless = BODILESS[header.type];
  if (bodiless !== undefined || (header.type === '0' && name.endsWith('/'))) {
    if (bodiless) walk.odd(`${bodiless}:`, walk.member(place.inside, name));
    return true;
  }
  const size = extended.size ?? header.size;
  const path = walk.member(place.inside, name);
  const padding = (BLOCK - (size % BLOCK)) % BLOCK;
  if (header.type !== '0' || extended.sparse === true) {
    walk.notes.skip(path, extended.sparse || header.type === 'S' ? 'sparse member' : 'not a regular file');
    return reader.skip(size + padding);
  }
  const complete = await readFile(reader, size, { ...place, path, mtime: extended.mtime ?? header.mtime }, walk);
  return complete && (reader.skipNow(padding) || (await reader.skip(padding)));
}

async function readFile(
  reader: ChunkReader,
  size: number,
  place: Place & { readonly mtime: number },
  walk: Walk,
): Promise<boolean> {
  const wanted = Math.min(size, HEAD_BYTES);
  const head = reader.peekNow(wanted) ?? (await reader.peek(wanted));
  if (containerOf(head) !== undefined) return readNested(reader, size, place, walk);
  const path = walk.unique(place.path);
  const sink = walk.visit({ path, mtime: place.mtime }, head);
  const read = await pump(reader, size, sink, walk);
  sink.end(read < size);
  if (read < size && walk.mayGoOn()) walk.broken(path, { kind: 'truncated', detail: 'the archive ends inside it' });
  return read === size;
}

async function readNested(reader: ChunkReader, size: number, place: Place, walk: Walk): Promise<boolean> {
  const member = new MemberSource(reader, size);
  const inner: Place = { ...place, inside: `${place.path}!/`, depth: place.depth + 1, layers: 0 };
  await walk.open(new ChunkReader(member), inner, walk);
  return member.failure === undefined && (await reader.skip(member.left));
}

function reportEnd(reader: ChunkReader, place: Place, walk: Walk, proper: boolean): void {
  if (!walk.mayGoOn()) return;
  const { failure } = reader;
  if (failure !== undefined) walk.broken(place.path, failure);
  else if (!proper) walk.broken(place.path, { kind: 'truncated', detail: 'the archive ends without its end mark' });
}
