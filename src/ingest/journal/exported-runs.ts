import { GenerationCache } from './generation-cache.ts';

/** What a kept run takes beside its bytes, and for each of its fields. */
const OVERHEAD = 200;
const OVERHEAD_OF_FIELD = 4;
/** A larger run is not kept. */
export const LARGEST_RUN = 64 * 1024;
const MET = 4096;

/** Fields that stand in several entries, one after the other in each of them. */
interface Run {
  readonly places: Uint32Array;
  readonly exported: Buffer;
}

/**
 * Knows runs of fields by their places in the file, as they are exported. What a process logs has all but its message and its
 * time in common with what it logged before, and an entry's fields are sorted by place, those that are new behind those that
 * are not: so most of an entry is found at once.
 */
export class ExportedRuns {
  readonly #kept: GenerationCache<Run>;
  /** Keys of runs that were looked for of late, each where its last bits say. */
  readonly #met = new Int32Array(MET);

  constructor(cacheBytes: number) {
    this.#kept = new GenerationCache(cacheBytes, sizeOf);
  }

  /** The run of the first `count` of these places, whose hash is `key`. */
  find(key: number, places: Uint32Array, count: number): Buffer | undefined {
    const run = this.#kept.get(key);
    if (run === undefined || run.places.length !== count) return undefined;
    const known = run.places;
    for (let i = 0; i < count; i++) if (known[i] !== places[i]) return undefined;
    return run.exported;
  }

  /** Whether a run of this key was asked for of late; it is from now on. */
  isMetAgain(key: number): boolean {
    const at = key & (MET - 1);
    const isAgain = this.#met[at] === key;
    this.#met[at] = key;
    return isAgain;
  }

  keep(key: number, places: Uint32Array, exported: Buffer): void {
    this.#kept.set(key, { places, exported });
  }
}

function sizeOf({ places, exported }: Run): number {
  return OVERHEAD + OVERHEAD_OF_FIELD * places.length + exported.length;
}
