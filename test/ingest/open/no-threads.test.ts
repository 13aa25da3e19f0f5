import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { ingest, prepareIngest } from '../../../src/ingest/ingest.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';

/** How the thread fails. */
let trouble: 'thrown' | 'error' | 'exit' = 'thrown';
let started = 0;

vi.mock('node:worker_threads', () => ({
  Worker: class extends EventEmitter {
    constructor() {
      super();
      started++;
      if (trouble === 'thrown') throw new Error('ERR_WORKER_INIT_FAILED');
      setImmediate(() => (trouble === 'error' ? this.emit('error', new Error('no memory')) : this.emit('exit', 1)));
    }
    ref(): void {}
    unref(): void {}
    postMessage(): void {}
    terminate(): Promise<number> {
      return Promise.resolve(1);
    }
  },
}));

const scratch = mkdtempSync(join(tmpdir(), 'inquest-no-threads-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const file = join(scratch, 'kubelet.log.gz');
const TEXT = randomBytes(5 * 1024 * 1024)
  .toString('hex')
  .replace(/.{200}/g, '$&\n');
writeFileSync(file, gzipSync(TEXT, { level: 1 }));

async function linesRead(jobs: number): Promise<unknown> {
  let bytes = 0;
  const sink = {
    log: () => ({
      region({ start, end }: { start: number; end: number }) {
        bytes += end - start;
      },
      end() {},
    }),
    resource() {},
    document() {},
  };
  const { skipped, notes, inputs } = await ingest([file], { kinds: new Set(), limits: DEFAULT_LIMITS, jobs }, sink);
  return { bytes, skipped, notes, inputs };
}

describe('where no thread can be started', () => {
  it.each(['thrown', 'error', 'exit'] as const)('the file is read without one: %s', async (how) => {
    trouble = how;
    const alone = await linesRead(1);
    expect(alone).toMatchObject({ bytes: TEXT.length, skipped: [], inputs: [{ truncated: false }] });
    started = 0;
    expect(await linesRead(2)).toEqual(alone);
    // Started ahead of the reading, it has failed before anybody waits for it.
    prepareIngest([file], { jobs: 2 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await linesRead(2)).toEqual(alone);
    expect(started).toBe(2);
  });
});
