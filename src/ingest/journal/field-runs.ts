import type { FieldGroup, JournalEntry } from '../../model/journal-entry.ts';
import type { Field } from './fields.ts';
import { GenerationCache } from './generation-cache.ts';

/** What a kept run takes beside the bytes of its fields, and for each of these. */
const OVERHEAD = 400;
const OVERHEAD_OF_FIELD = 50;
/** A larger run is not kept. */
const LARGEST_KEPT = 64 * 1024;
const KEY_BITS = 0x3fff_ffff;
const MET = 4096;

/** Fields that stand in several entries, one after the other in each of them. */
export interface KnownFields {
  readonly places: Uint32Array;
  /** What they make of an entry that has no other field. */
  readonly entry: Readonly<JournalEntry>;
  /** Those that are wanted. */
  readonly group: FieldGroup;
  /** What it takes to keep them, about. */
  readonly bytes: number;
}

/**
 * Knows runs of fields by their places in the file. What a process logs has all but its message and its time in common with what it logged
 * before, and an entry's fields are sorted by place, those that are new behind those that are not: so most of an entry is found
 * at once.
 */
export class FieldRuns {
  readonly #kept: GenerationCache<KnownFields>;
  /** Keys of runs that were looked for of late, each where its last bits say. */
  readonly #met = new Int32Array(MET);
  #key = 0;

  constructor(cacheBytes: number) {
    this.#kept = new GenerationCache(cacheBytes, (known) => known.bytes);
  }

  /** The run of the first `count` of these places. */
  find(places: Uint32Array, count: number): KnownFields | undefined {
    this.#key = keyOf(places, count);
    const known = this.#kept.get(this.#key);
    if (known?.places.length !== count) return undefined;
    for (let i = 0; i < count; i++) if (known.places[i] !== places[i]) return undefined;
    return known;
  }

  /** Whether the run that was looked for last had been looked for before. */
  isMetAgain(): boolean {
    const at = this.#key & (MET - 1);
    const isAgain = this.#met[at] === this.#key;
    this.#met[at] = this.#key;
    return isAgain;
  }

  /** Keeps a run of shared fields; undefined where it is too large. */
  keep(places: Uint32Array, fields: readonly Field[], entry: Readonly<JournalEntry>): KnownFields | undefined {
    const bytes = sizeOf(places, fields);
    if (bytes > LARGEST_KEPT) return undefined;
    const known: KnownFields = { places, entry, group: { fields }, bytes };
    this.#kept.set(keyOf(places, places.length), known);
    return known;
  }
}

function keyOf(places: Uint32Array, count: number): number {
  let hash = count;
  for (let i = 0; i < count; i++) hash = (hash * 31 + places[i]!) & KEY_BITS;
  return hash;
}

function sizeOf(places: Uint32Array, fields: readonly Field[]): number {
  let bytes = OVERHEAD + OVERHEAD_OF_FIELD * places.length;
  for (const { name, value } of fields) bytes += name.length + value.length;
  return bytes;
}
