import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type PlannedFile, planScaled } from '../../src/gathers/scale/plan.ts';
import { parseSize } from '../../src/gathers/scale/size.ts';
import { writeArchive } from '../../src/gathers/scale/write.ts';
import { healthyNoisy } from '../../src/gathers/scenarios/healthy-noisy.ts';

const folder = mkdtempSync(join(tmpdir(), 'gathers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ASKED = 12_000_000;
const gather = healthyNoisy.make().gather!;
const files = planScaled(gather, ASKED);

function textOf(file: PlannedFile): string {
  return Buffer.concat([...file.chunks()].map((chunk) => Buffer.from(chunk as string))).toString('utf8');
}

describe('parseSize', () => {
  it('reads decimal and binary units', () => {
    expect(parseSize('1GB')).toBe(1_000_000_000);
    expect(parseSize('2GiB')).toBe(2_147_483_648);
    expect(parseSize('1.5M')).toBe(1_500_000);
    expect(parseSize('300')).toBe(300);
  });

  it('refuses anything else', () => {
    for (const text of ['', 'GB', '-1GB', '1TB', '1 2']) expect(() => parseSize(text)).toThrow(RangeError);
  });
});

describe('a scaled gather', () => {
  it('has files of exactly the sizes that it promises', () => {
    const wrong = files.filter((file) => Buffer.byteLength(textOf(file)) !== file.size && !file.path.endsWith('.gz'));
    expect(wrong.map((file) => file.path)).toEqual([]);
  });

  it('keeps the lines of each log in time order', () => {
    const log = files.find((file) =>
      file.path.endsWith('kube-apiserver-master-1/kube-apiserver/kube-apiserver/logs/current.log'),
    )!;
    const stamps = textOf(log)
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(0, 30));
    expect(stamps.length).toBeGreaterThan(1000);
    expect(stamps.every((stamp, index) => index === 0 || stamps[index - 1]! <= stamp)).toBe(true);
  });

  it('holds lists that parse', () => {
    const list = files.find((file) => file.path.endsWith('openshift-config/core/secrets.yaml'))!;
    const { kind, items } = parse(textOf(list));
    expect(kind).toBe('SecretList');
    expect(items.length).toBeGreaterThan(100);
  });

  it('becomes a tar.gz that opens, of about the asked size, the same each time', async () => {
    const path = join(folder, 'scaled.tar.gz');
    await writeArchive(files, path, gather.cluster.gatheredAt);
    const again = join(folder, 'again.tar.gz');
    await writeArchive(planScaled(healthyNoisy.make().gather!, ASKED), again, gather.cluster.gatheredAt);
    const read = await members(path);
    expect(read).toEqual(await members(again));
    expect(read.size).toBe(files.length);
    const total = [...read.values()].reduce((sum, size) => sum + size, 0);
    expect(Math.abs(total - ASKED) / ASKED).toBeLessThan(0.1);
    expect(statSync(path).size).toBeLessThan(total);
  });
});

async function members(path: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for await (const entry of createReadStream(path).pipe(createGunzip()).pipe(extract())) {
    let size = 0;
    for await (const chunk of entry) size += (chunk as Uint8Array).length;
    sizes.set(entry.header.name, size);
  }
  return sizes;
}
