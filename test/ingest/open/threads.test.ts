import { createHash, randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openFile } from '../../../src/ingest/open/open-file.ts';
import { openStream } from '../../../src/ingest/open/open-stream.ts';
import { Walk } from '../../../src/ingest/open/walk.ts';
import { DEFAULT_LIMITS, type Limits } from '../../../src/model/limits.ts';
import { tarOf } from './archives.ts';

/** Hexadecimal digits do not compress below half their size: enough for a thread of its own. */
const NOISE = randomBytes(5 * 1024 * 1024).toString('hex');

async function fileOf(bytes: Uint8Array): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'inquest-threads-')), 'gather.tar.gz');
  await writeFile(file, bytes);
  return file;
}

/** All that becomes of a file: its members with the hash of their bytes, and what is noted. */
async function outcome(file: string, jobs: number, limits: Partial<Limits> = {}): Promise<unknown> {
  const members: string[] = [];
  const notes: string[] = [];
  const walk = new Walk({
    limits: { ...DEFAULT_LIMITS, ...limits },
    notes: { note: (text) => notes.push(text), skip: (source, reason) => notes.push(`${source}: ${reason}`) },
    jobs,
    budget: { members: 0, bytes: 0, read: statSync(file).size, exceeded: undefined },
    taken: new Map(),
    open: openStream,
    visit: ({ path }) => {
      const hash = createHash('sha256');
      let bytes = 0;
      return {
        write: (chunk) => {
          bytes += chunk.length;
          hash.update(chunk);
        },
        end: (truncated) => members.push(`${path} ${bytes} ${hash.digest('hex')} ${truncated}`),
      };
    },
  });
  let read = 0;
  await openFile(file, { path: 'gather', inside: '', depth: 0, layers: 0 }, walk, (bytes) => {
    read += bytes;
  });
  walk.finish('gather');
  expect(read).toBeGreaterThan(0);
  return { members, notes, truncated: walk.truncated };
}

async function expectSame(file: string, limits?: Partial<Limits>): Promise<string[]> {
  const alone = (await outcome(file, 1, limits)) as { members: string[]; notes: string[] };
  expect(await outcome(file, 2, limits)).toEqual(alone);
  return [...alone.members, ...alone.notes];
}

describe('decompression on a thread of its own', () => {
  it('reads the same members, compressed and archived ones among them', async () => {
    const inner = await tarOf([{ name: 'deep/current.log', body: NOISE.slice(0, 3_000_000) }]);
    const tar = await tarOf([
      { name: 'a/short.log', body: 'one line\n' },
      { name: 'a/empty.log' },
      { name: 'a/rotated.log.gz', body: gzipSync(NOISE.slice(0, 2_000_000), { level: 1 }) },
      { name: 'a/inner.tar.gz', body: gzipSync(inner, { level: 1 }) },
      { name: 'a/inner.tar', body: inner },
      { name: 'a/large.log', body: NOISE },
    ]);
    const seen = await expectSame(await fileOf(gzipSync(tar, { level: 1 })));
    expect(seen).toHaveLength(6);
  });

  it('reads members that follow one another, and says the same of what stands behind the last', async () => {
    const whole = gzipSync(NOISE, { level: 1 });
    const more = gzipSync(NOISE.slice(0, 1_000_000));
    const inFull = NOISE.length + 1_000_000;
    for (const behind of [Buffer.alloc(0), Buffer.alloc(10_240), gzipSync('')]) {
      const [member] = await expectSame(await fileOf(Buffer.concat([whole, more, behind])));
      expect(member).toMatch(new RegExp(`^\\S+ ${inFull} \\w+ false$`));
    }
    const said = await expectSame(await fileOf(Buffer.concat([whole, more, Buffer.from('no gzip at all')])));
    expect(said.join()).toContain('the compressed data is damaged');
  });

  it('fills its memory to the last byte', async () => {
    const exact = Buffer.concat([gzipSync(NOISE, { level: 1 }), gzipSync(NOISE.slice(0, 3 * 256 * 1024))]);
    expect(NOISE.length % (256 * 1024)).toBe(0);
    expect(await expectSame(await fileOf(exact))).toHaveLength(1);
    expect(await expectSame(await fileOf(exact.subarray(0, -9)))).toHaveLength(2);
  });

  it('reads the same single file, and the same bytes compressed twice', async () => {
    const once = gzipSync(NOISE, { level: 1 });
    expect(await expectSame(await fileOf(once))).toHaveLength(1);
    expect(await expectSame(await fileOf(gzipSync(once)))).toHaveLength(1);
  });

  it('says the same of a file that is cut short', async () => {
    const tar = await tarOf([
      { name: 'a/short.log', body: 'one line\n' },
      { name: 'a/large.log', body: NOISE },
    ]);
    const seen = await expectSame(await fileOf(gzipSync(tar, { level: 1 }).subarray(0, 4_500_000)));
    expect(seen.join('\n')).toContain('read in part');
  });

  it('says the same of a file that is damaged in the middle', async () => {
    const bytes = gzipSync(await tarOf([{ name: 'a/large.log', body: NOISE }]), { level: 1 });
    bytes.fill(0xff, 4_300_000, 4_300_400);
    expect((await expectSame(await fileOf(bytes))).join('\n')).toContain('read in part');
  });

  it('stops where a limit stops it', async () => {
    const bytes = gzipSync(await tarOf([{ name: 'a/large.log', body: NOISE }]), { level: 1 });
    const seen = await expectSame(await fileOf(bytes), { maxBytes: 3_000_000 });
    expect(seen.join('\n')).toContain('more than 3000000 bytes');
  });
});
