import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyze, BUNDLED_SIGNATURES, type Report } from '../../src/index.ts';
import { type TarEntry, tarOf } from '../ingest/open/archives.ts';

const GATHER = path.join(import.meta.dirname, '../../sample-gathers/etcd-slow-disk/gather');
const members: TarEntry[] = readdirSync(GATHER, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.join(entry.parentPath, entry.name))
  .sort()
  .map((file) => ({ name: path.relative(GATHER, file), body: readFileSync(file) }));

/** All of a report but what it says of the run and of the inputs as they were given. */
function essence(report: Report): unknown {
  const { generatedAt: _, durationMs: __, inputs: ___, ...rest } = report;
  return rest;
}

function ofDirectory(): Promise<Report> {
  return analyze([GATHER], { signatureDirs: [BUNDLED_SIGNATURES], now: Date.now });
}

function ofBytes(bytes: Buffer, chunk: number): Promise<Report> {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += chunk) chunks.push(bytes.subarray(at, at + chunk));
  return analyze(['-'], { signatureDirs: [BUNDLED_SIGNATURES], now: Date.now, stdin: Readable.from(chunks) });
}

describe('the same gather', () => {
  let tar: Buffer;
  let fromDirectory: Report;

  beforeAll(async () => {
    tar = await tarOf(members);
    fromDirectory = await ofDirectory();
    expect(fromDirectory.rootCauses.length).toBeGreaterThan(0);
  });

  it('gives the same report again', async () => {
    expect(JSON.stringify(essence(await ofDirectory()))).toBe(JSON.stringify(essence(fromDirectory)));
  });

  it.each([700, 65_536, 1 << 24])('gives the same report as a tar archive in chunks of %i bytes', async (chunk) => {
    expect(essence(await ofBytes(tar, chunk))).toEqual(essence(fromDirectory));
  });

  it('gives the same report compressed', async () => {
    expect(essence(await ofBytes(gzipSync(tar, { level: 1 }), 3001))).toEqual(essence(fromDirectory));
  });
});
