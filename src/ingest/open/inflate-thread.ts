import { open } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { type Failure, messageOf } from './byte-source.ts';
import { ChunkReader } from './chunk-reader.ts';
import { InflateSource } from './inflate-source.ts';
import { RatioGuard } from './ratio-guard.ts';
import { SharedRing } from './shared-ring.ts';
import { FileSource } from './simple-sources.ts';

/** What the thread is told once it is needed, and what it says at its end. It is started with the memory of the ring. */
export interface InflateJob {
  readonly file: string;
  readonly maxRatio: number;
}
export interface InflateEnd {
  readonly failure: Failure | undefined;
}

/** Decompresses one file into the ring, full slots but for the last, until all is read or the consumer stops. */
async function inflate({ file, maxRatio }: InflateJob): Promise<InflateEnd> {
  const ring = new SharedRing(workerData as SharedArrayBuffer);
  let read = 0;
  const input = new FileSource(await open(file), (bytes) => {
    read += bytes;
  });
  const source = new InflateSource('gzip', new ChunkReader(input), new RatioGuard(maxRatio));
  let used = 0;
  let target = ring.claim();
  for (let chunk = await source.read(); chunk !== undefined && target !== undefined; chunk = await source.read()) {
    for (let at = 0; at < chunk.length && target !== undefined; ) {
      const length = Math.min(chunk.length - at, target.bytes.length - used);
      target.bytes.set(chunk.subarray(at, at + length), used);
      used += length;
      at += length;
      if (used < target.bytes.length) continue;
      ring.publish(target.slot, used, read >> 10);
      target = ring.claim();
      used = 0;
    }
  }
  if (target !== undefined && used > 0) ring.publish(target.slot, used, read >> 10);
  await source.close();
  await input.close();
  return { failure: source.failure };
}

parentPort?.once('message', async (job: InflateJob) => {
  const end = await inflate(job).catch(
    (error: unknown): InflateEnd => ({ failure: { kind: 'unreadable', detail: messageOf(error) } }),
  );
  parentPort?.postMessage(end);
});
