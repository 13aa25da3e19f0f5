import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { CHUNK_BYTES, type Failure, messageOf } from './byte-source.ts';
import { SLICE_BYTES } from './inflate-source.ts';
import { RatioGuard } from './ratio-guard.ts';
import { SharedRing } from './shared-ring.ts';
import { SyncInflate } from './sync-inflate.ts';

/** What the thread is told once it is needed, and what it says at its end. It is started with the memory of the ring. */
export interface InflateJob {
  readonly file: string;
  readonly maxRatio: number;
}
export interface InflateEnd {
  readonly failure: Failure | undefined;
}

/** Decompresses one file into the ring, full slots but for the last, until all is read or the consumer stops. */
function inflate({ file, maxRatio }: InflateJob): InflateEnd {
  const ring = new SharedRing(workerData as SharedArrayBuffer);
  const input = new SlicedFile(file);
  const source = new SyncInflate();
  const guard = new RatioGuard(maxRatio);
  let failure: Failure | undefined;
  let target = ring.claim();
  let used = 0;
  try {
    while (target !== undefined && failure === undefined && !source.hasEnded) {
      const count = source.fill(target.bytes, used);
      used += count;
      failure = source.failure ?? guard.decompressed(count);
      if (used === target.bytes.length) {
        ring.publish(target.slot, used, input.read >> 10);
        target = ring.claim();
        used = 0;
      } else if (!source.hasEnded) {
        const slice = input.next();
        guard.compressed(slice?.length ?? 0);
        if (slice === undefined) source.finish();
        else source.give(slice);
      }
    }
  } catch (error) {
    failure = { kind: 'unreadable', detail: messageOf(error) };
  }
  if (target !== undefined && used > 0) ring.publish(target.slot, used, input.read >> 10);
  source.close();
  input.close();
  return { failure };
}

/** The bytes of a file in slices, which are overwritten by later ones. */
class SlicedFile {
  /** Bytes read so far. */
  read = 0;
  readonly #fd: number;
  readonly #buffer = new Uint8Array(CHUNK_BYTES);
  #chunk = this.#buffer.subarray(0, 0);

  constructor(file: string) {
    this.#fd = openSync(file, 'r');
  }

  /** Undefined at the end. */
  next(): Uint8Array | undefined {
    if (this.#chunk.length === 0) {
      const count = readSync(this.#fd, this.#buffer, 0, this.#buffer.length, null);
      if (count === 0) return undefined;
      this.#chunk = this.#buffer.subarray(0, count);
      this.read += count;
    }
    const slice = this.#chunk.subarray(0, SLICE_BYTES);
    this.#chunk = this.#chunk.subarray(slice.length);
    return slice;
  }

  close(): void {
    closeSync(this.#fd);
  }
}

parentPort?.once('message', (job: InflateJob) => {
  let end: InflateEnd;
  try {
    end = inflate(job);
  } catch (error) {
    end = { failure: { kind: 'unreadable', detail: messageOf(error) } };
  }
  parentPort?.postMessage(end);
});
