import type { ChunkReader } from './chunk-reader.ts';
import { longName, parsePax, type TarHeader } from './tar-header.ts';

/** Real extended headers are a few hundred bytes; what is longer is not worth its memory. */
const MAX_BYTES = 1024 * 1024;

/** What extended headers say of the member that follows them. */
export interface Extended {
  readonly name?: string;
  readonly size?: number;
  readonly mtime?: number;
  readonly sparse?: boolean;
}

/** PAX headers (`x`, global `g`), GNU long name (`L`) and long link target (`K`). */
export function isExtension(type: string): boolean {
  return type === 'x' || type === 'g' || type === 'L' || type === 'K';
}

/** Reads the data of an extension header with its padding. */
export async function readExtension(reader: ChunkReader, header: TarHeader): Promise<Extended> {
  const padded = Math.ceil(header.size / 512) * 512;
  if (header.size > MAX_BYTES) {
    await reader.skip(padded);
    return {};
  }
  const said = read(header.type, reader.peekNow(header.size) ?? (await reader.peek(header.size)));
  if (!reader.skipNow(padded)) await reader.skip(padded);
  return said;
}

function read(type: string, data: Uint8Array): Extended {
  if (type === 'L') return { name: longName(data) };
  return type === 'K' ? {} : fromPax(parsePax(data));
}

function fromPax(records: ReadonlyMap<string, string>): Extended {
  const name = records.get('path');
  const size = wholeNumber(records.get('size'));
  const mtime = Number.parseFloat(records.get('mtime') ?? '');
  const sparse = [...records.keys()].some((key) => key.startsWith('GNU.sparse.'));
  return {
    ...(name !== undefined && name !== '' && { name }),
    ...(size !== undefined && { size }),
    ...(Number.isFinite(mtime) && { mtime }),
    ...(sparse && { sparse }),
  };
}

function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,15}$/.test(text)) return undefined;
  return Number(text);
}
