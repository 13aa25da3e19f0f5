import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ingest } from '../../src/ingest/ingest.ts';
import type { IngestOptions } from '../../src/ingest/ingest-options.ts';
import { InputError } from '../../src/model/errors.ts';
import type { Document } from '../../src/model/facts.ts';
import type { Ingested } from '../../src/model/ingest.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import type { Resource } from '../../src/model/resource.ts';
import type { Source } from '../../src/model/source.ts';
import { formatTime } from '../../src/model/time.ts';
import { type TarEntry, tarOf, zipOf } from './open/archives.ts';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'inquest-ingest-'));
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

interface Read {
  readonly result: Ingested;
  readonly logs: Source[];
  readonly text: Record<string, string>;
  readonly resources: Resource[];
  readonly documents: Document[];
}

async function read(inputs: readonly string[], options: Partial<IngestOptions> = {}): Promise<Read> {
  const logs: Source[] = [];
  const text: Record<string, string> = {};
  const resources: Resource[] = [];
  const documents: Document[] = [];
  const result = await ingest(
    inputs,
    { kinds: new Set(['Node', 'ClusterVersion']), limits: DEFAULT_LIMITS, ...options },
    {
      log(source) {
        logs.push(source);
        text[source.path] = '';
        return {
          region({ bytes, start, end }) {
            text[source.path] += Buffer.from(bytes.subarray(start, end)).toString();
          },
          end: () => undefined,
        };
      },
      resource: (found) => resources.push(found),
      document: (found) => documents.push(found),
    },
  );
  return { result, logs, text, resources, documents };
}

function save(name: string, bytes: string | Uint8Array): string {
  const file = path.join(directory, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return file;
}

const NODE = 'apiVersion: v1\nkind: Node\nmetadata:\n  name: m0\n';
const MUST_GATHER: readonly TarEntry[] = [
  { name: 'mg/timestamp', body: '2024-12-03 21:10:00 +0100 CET m=+0.1\n2024-12-03 21:15:02.5 +0100 CET m=+1.2\n' },
  { name: 'mg/img/timestamp', body: '2024-12-03 20:10:00 +0000 UTC m=+0.1\n2024-12-03 20:14:00.25 +0000 UTC m=+2\n' },
  { name: 'mg/img/version', body: 'openshift/must-gather\n4.16.3\n' },
  { name: 'mg/img/cluster-scoped-resources/core/nodes/m0.yaml', body: NODE },
  { name: 'mg/img/cluster-scoped-resources/core/persistentvolumes/pv.yaml', body: NODE },
  { name: 'mg/img/cluster-scoped-resources/config.openshift.io/clusteroperators.yaml', body: '' },
  { name: 'mg/img/namespaces/openshift-etcd/pods/e/etcd/etcd/logs/current.log', body: '2024-12-03T20:00:00Z a\n' },
  { name: 'mg/img/namespaces/openshift-etcd/pods/e/etcd/etcd/logs/previous.log', body: '' },
  { name: 'mg/img/etcd_info/alarm_list.json', body: '{"header":{}}\n' },
  { name: 'mg/img/nodes/m0/m0_logs_kubelet.gz', body: zlib.gzipSync('Dec 03 20:00:00 m0 kubelet[1]: b\n') },
];

describe('ingest', () => {
  it('reads a must-gather: logs, wanted objects, documents, gather time, what is missing', async () => {
    const file = save('mg.tar.gz', zlib.gzipSync(await tarOf(MUST_GATHER)));
    const { result, logs, text, resources, documents } = await read([file]);
    expect(result.inputs).toEqual([
      { path: file, kind: 'must-gather', bytes: expect.any(Number), members: 10, truncated: false },
    ]);
    expect(logs.map((source) => source.path)).toEqual([
      'mg/img/namespaces/openshift-etcd/pods/e/etcd/etcd/logs/current.log',
      'mg/img/namespaces/openshift-etcd/pods/e/etcd/etcd/logs/previous.log',
      'mg/img/nodes/m0/m0_logs_kubelet.gz',
    ]);
    expect(text['mg/img/nodes/m0/m0_logs_kubelet.gz']).toBe('Dec 03 20:00:00 m0 kubelet[1]: b\n');
    expect(resources.map((found) => [found.kind, found.name, found.path])).toEqual([
      ['Node', 'm0', 'mg/img/cluster-scoped-resources/core/nodes/m0.yaml'],
    ]);
    expect(documents.map((found) => found.family)).toEqual(['etcd-alarm-list']);
    expect(result.gathered && [formatTime(result.gathered.at), result.gathered.source]).toEqual([
      '2024-12-03T20:14:00.25Z',
      'mg/img/timestamp',
    ]);
    expect(result.missing.map((part) => `${part.what}: ${part.why}`)).toEqual([
      'ClusterVersion: not in the gather',
      'ClusterOperators: empty in the gather',
      'kubelet logs of the control plane: not in the gather',
      'monitoring: not in the gather',
    ]);
    expect(result.notes).toContain('1 of 2 files of family container-log are empty: not collected or never written.');
    expect(result.files.find((found) => found.family === 'node-log')).toEqual({
      path: 'mg/img/nodes/m0/m0_logs_kubelet.gz',
      family: 'node-log',
      bytes: 33,
      lines: 1,
    });
  });

  it('gives the same for a tree, a tar, a zip and standard input', async () => {
    const tar = await tarOf(MUST_GATHER);
    for (const { name, body } of MUST_GATHER) save(`tree/${name}`, body ?? '');
    const zip = zipOf(MUST_GATHER.map(({ name, body = '' }) => ({ name, body })));
    const expected = await read([save('same.tar', tar)]);
    const others = [
      await read([path.join(directory, 'tree')]),
      await read([save('same.zip', zip)]),
      await read(['-'], { stdin: Readable.from([tar.subarray(0, 700), tar.subarray(700)]) }),
    ];
    const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);
    for (const other of others) {
      expect([...other.result.files].sort(byPath)).toEqual([...expected.result.files].sort(byPath));
      expect(other.text).toEqual(expected.text);
      expect(other.result.gathered).toEqual(expected.result.gathered);
      expect(other.result.inputs[0]?.kind).toBe('must-gather');
    }
  });

  it('tells the files of several inputs apart', async () => {
    const tar = save('one/x.tar', await tarOf([{ name: 'a.log', body: '1\n' }]));
    const tree = path.dirname(save('two/x.tar/a.log', '2\n'));
    const single = save('three/a.log', '3\n');
    const { text, result } = await read([tar, tree, single]);
    expect(text).toEqual({ 'x.tar!/a.log': '1\n', 'x.tar#2/a.log': '2\n', 'a.log': '3\n' });
    expect(result.inputs.map((input) => input.members)).toEqual([1, 1, 1]);
  });

  it('reads a single compressed log under its own name, and knows it by where it lies', async () => {
    const file = save('mg2/namespaces/ns/pods/p/c/c/logs/current.log', zlib.gzipSync('2024-12-03T20:00:00Z a\n'));
    const { logs } = await read([file]);
    expect(logs).toEqual([
      { path: 'current.log', kind: 'container', namespace: 'ns', pod: 'p', container: 'c', instance: 'current' },
    ]);
  });

  it.each([
    ['a missing file', () => path.join(directory, 'missing.tar'), 'no such file or directory'],
    ['an empty file', () => save('empty', ''), 'the file is empty'],
    ['a directory without files', () => path.dirname(save('hollow/none', '')), 'holds no readable byte'],
    [
      'a broken archive',
      () => save('broken.gz', zlib.gzipSync('x'.repeat(99)).subarray(0, 11)),
      'holds no readable byte',
    ],
  ])('refuses %s in one line', async (_name, make, reason) => {
    const input = make();
    const error = await read([input]).then(
      () => undefined,
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toContain(input);
    expect((error as Error).message).toContain(reason);
    expect((error as Error).message).not.toContain('\n');
  });

  it('keeps what it read of an archive that ends early', async () => {
    const whole = zlib.gzipSync(
      await tarOf([
        { name: 'a.log', body: 'a\n' },
        { name: 'b.log', body: `${Math.PI}\n`.repeat(9999) },
      ]),
      { level: 0 },
    );
    const { result, text } = await read([save('cut.tar.gz', whole.subarray(0, 40_000))]);
    expect(text['a.log']).toBe('a\n');
    expect(text['b.log']?.length).toBeGreaterThan(30_000);
    expect(result.inputs[0]?.truncated).toBe(true);
    expect(result.skipped.map((skip) => skip.source)).toContain('b.log');
  });

  it('follows no link, whether it leaves the directory or not', async () => {
    save('linked/a.log', 'a\n');
    symlinkSync('a.log', path.join(directory, 'linked/b.log'));
    symlinkSync('/etc/hostname', path.join(directory, 'linked/out.log'));
    symlinkSync('nowhere', path.join(directory, 'linked/dangling'));
    symlinkSync('..', path.join(directory, 'linked/loop'));
    const { text, result } = await read([path.join(directory, 'linked')]);
    expect(text).toEqual({ 'a.log': 'a\n' });
    expect(result.notes).toEqual([
      'linked: 1 symbolic links point to nothing: (dangling)',
      'linked: 1 symbolic links point to what is read in its place: (b.log)',
      'linked: 2 symbolic links leave the directory and were not followed: (loop, out.log)',
    ]);
  });

  it('falls back on the newest member of an archive for the gather time', async () => {
    const tar = await tarOf([
      { name: 'a.log', body: 'x\n', mtime: new Date('2024-05-01T00:00:00Z') },
      { name: 'b.log', body: 'y\n', mtime: new Date('2024-05-02T00:00:00Z') },
      { name: 'c.log', body: 'z\n', mtime: new Date('1980-01-01T00:00:00Z') },
    ]);
    const { result } = await read([save('dated.tar', tar)]);
    expect(result.gathered && [formatTime(result.gathered.at), result.gathered.source]).toEqual([
      '2024-05-02T00:00:00Z',
      'b.log',
    ]);
    expect((await read([save('loose.log', 'x\n')])).result.gathered).toBeUndefined();
  });

  it('tells how far it is', async () => {
    const told: number[] = [];
    const file = save('large.log', 'x\n'.repeat(6_000_000));
    await read([file], { progress: ({ bytes, total }) => told.push(bytes / (total ?? 1)) });
    expect(told.length).toBeGreaterThan(0);
    expect(told.every((share, at) => share <= 1 && share >= (told[at - 1] ?? 0))).toBe(true);
  });
});
