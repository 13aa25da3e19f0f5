import { FieldNames } from './field-names.ts';
import { GenerationCache } from './generation-cache.ts';
import type { JournalHeader } from './header.ts';
import { number64 } from './header.ts';
import { DATA, objectSize } from './objects.ts';
import type { PagedBytes } from './paged-bytes.ts';
import { decompressPayload, LARGEST_PAYLOAD } from './payload/decompress-payload.ts';

/** A field of one or of many entries. */
export interface Field {
  readonly name: string;
  /** A view of the file's page; a copy where the field is kept, so that it does not keep the page too. */
  readonly value: Uint8Array;
  /** The value as text, made when it is first asked for. */
  text?: string;
  /** The entries that have it are many. */
  readonly isShared: boolean;
}

/** A field that nobody wants. */
export const UNWANTED: Field = { name: '', value: new Uint8Array(0), isShared: true };

/** What a cached field takes beside its bytes. */
const OVERHEAD = 150;
const LARGEST_CACHED = 1024 * 1024;
/** Payloads are decompressed again where many entries share more of them than the cache holds: up to so many bytes. */
const LEAST_BUDGET = 256 * 1024 * 1024;
const MOST_RATIO = 64;

/** Reads the DATA objects that entries point to. */
export class Fields {
  /** Objects that could not be read. */
  damaged = 0;
  readonly #source: PagedBytes;
  readonly #payloadAt: number;
  readonly #isWanted: (name: string) => boolean;
  readonly #names = new FieldNames();
  readonly #cache: GenerationCache<Field>;
  #budget: number;

  constructor(source: PagedBytes, header: JournalHeader, isWanted: (name: string) => boolean, cacheBytes: number) {
    this.#source = source;
    this.#payloadAt = header.isCompact ? 72 : 64;
    this.#isWanted = isWanted;
    this.#cache = new GenerationCache(cacheBytes, (field) => OVERHEAD + field.value.length);
    this.#budget = Math.max(LEAST_BUDGET, source.size * MOST_RATIO);
  }

  /** The field so many times eight bytes from the start of the file; undefined where it cannot be read. */
  at(place: number): Field | undefined {
    const known = this.#cache.get(place);
    if (known !== undefined) return known;
    const field = this.#read(place * 8);
    if (field === undefined) this.damaged++;
    return field;
  }

  #read(offset: number): Field | undefined {
    const source = this.#source;
    const size = objectSize(source, offset, DATA);
    const payloadAt = this.#payloadAt;
    if (size <= payloadAt) return undefined;
    const flag = source.bytes[source.at + 1]!;
    // Most names tell already that their field is not wanted, however large it is.
    if (!source.seek(offset, Math.min(size, payloadAt + 65))) return undefined;
    const isShared = number64(source.words, (source.at + 56) / 4) !== 1;
    if (flag !== 0) return this.#compressed(offset, size, flag, isShared);
    const start = source.at + payloadAt;
    const name = this.#names.at(source.bytes, start, source.at + Math.min(size, payloadAt + 65));
    if (name === undefined) return undefined;
    if (!this.#isWanted(name)) return this.#kept(offset, UNWANTED, isShared);
    const { length } = this.#names;
    if (!source.seek(offset, size)) return undefined;
    const from = source.at + payloadAt + length + 1;
    return this.#kept(offset, { name, value: source.bytes.subarray(from, source.at + size), isShared }, isShared);
  }

  #compressed(offset: number, size: number, flag: number, isShared: boolean): Field | undefined {
    const source = this.#source;
    if (this.#budget <= 0 || !source.seek(offset, size)) return undefined;
    const packed = source.bytes.subarray(source.at + this.#payloadAt, source.at + size);
    const plain = decompressPayload(flag, packed, LARGEST_PAYLOAD);
    if (plain === undefined) {
      this.#budget -= packed.length;
      return undefined;
    }
    this.#budget -= plain.length;
    const bytes = Buffer.from(plain.buffer, plain.byteOffset, plain.length);
    const name = this.#names.at(bytes, 0, bytes.length);
    if (name === undefined) return undefined;
    if (!this.#isWanted(name)) return this.#kept(offset, UNWANTED, isShared);
    return this.#kept(offset, { name, value: bytes.subarray(this.#names.length + 1), isShared }, isShared);
  }

  /** A field of a single entry is not asked for again. */
  #kept(offset: number, field: Field, isShared: boolean): Field {
    if (!isShared) return field;
    const copy =
      field === UNWANTED || field.value.length > LARGEST_CACHED
        ? field
        : { name: field.name, value: Uint8Array.prototype.slice.call(field.value), isShared };
    if (field.value.length <= LARGEST_CACHED) this.#cache.set(offset / 8, copy);
    return copy;
  }
}
