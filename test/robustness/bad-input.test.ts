import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyze, BUNDLED_SIGNATURES, InputError, type Report } from '../../src/index.ts';
import { tarOf, zipOf } from '../ingest/open/archives.ts';
import { runCli } from '../support/run-cli.ts';

const LINE = 'time="2026-01-15T10:00:00Z" level=fatal msg="waiting for Kubernetes API: context deadline exceeded"\n';
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'inquest-bad-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const at = path.join(dir, name);
  mkdirSync(path.dirname(at), { recursive: true });
  writeFileSync(at, content);
  return at;
}

function analysed(...inputs: string[]): Promise<Report> {
  return analyze(inputs, { signatureDirs: [BUNDLED_SIGNATURES], now: Date.now });
}

async function refusal(...inputs: string[]): Promise<string> {
  const error = await analysed(...inputs).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  return (error as Error).message;
}

function skips(report: Report): string {
  return report.coverage.skipped.map(({ source, reason }) => `${source}: ${reason}`).join('\n');
}

describe('an input of which nothing can be analysed is refused in one line that names it', () => {
  it.each([
    ['an empty file', 'empty.log', '', /empty\.log: the file is empty$/],
    ['a picture', 'screen.png', PNG, /screen\.png: holds binary data that is neither a log nor an archive$/],
    ['the first bytes of a compressed file', 'a.gz', gzipSync('x').subarray(0, 10), /a\.gz: holds no readable byte/],
    ['an archive without members', 'none.zip', zipOf([]), /none\.zip: holds no readable byte/],
  ])('%s', async (_, name, content, message) => {
    const text = await refusal(file(`refused/${name}`, content));
    expect(text).toMatch(message);
    expect(text).not.toContain('\n');
  });

  it('a directory of empty files, an empty directory, a dangling link', async () => {
    file('zeros/namespaces/openshift-etcd/pods/p/c/c/logs/current.log', '');
    expect(await refusal(path.join(dir, 'zeros'))).toContain('zeros: holds no readable byte');
    mkdirSync(path.join(dir, 'nothing'));
    expect(await refusal(path.join(dir, 'nothing'))).toContain('nothing: holds no readable byte');
    symlinkSync('nowhere', path.join(dir, 'dangling'));
    expect(await refusal(path.join(dir, 'dangling'))).toContain('dangling: no such file or directory');
  });

  it('by the command line with exit code 2', () => {
    const { status, stdout, stderr } = runCli(['analyze', file('cli.png', PNG)], { engine: true });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^inquest: .*cli\.png: holds binary data .*\n$/);
  });
});

describe('several inputs', () => {
  it('are analysed although one of them is of no use, and the report names that one', async () => {
    const [good, bad] = [file('mixed/install.log', LINE), file('mixed/screen.png', PNG)];
    const report = await analysed(bad, good);
    expect(report.findings.map((finding) => finding.signature)).toContain('installer-api-wait-timeout');
    expect(skips(report)).toContain('screen.png: holds binary data');
  });

  it('are read once where one is named twice', async () => {
    const log = file('twice/install.log', LINE);
    symlinkSync(log, path.join(dir, 'twice/link.log'));
    const report = await analysed(log, path.join(dir, 'twice/link.log'));
    expect(report.coverage.files).toBe(1);
    expect(report.coverage.notes.join()).toContain('given more than once');
    expect(report.findings.find((f) => f.signature === 'installer-api-wait-timeout')?.count).toBe(1);
  });
});

describe('a damaged archive', () => {
  it.each([0.3, 0.5, 0.9])('cut at %d of its length is told as such, never as healthy', async (share) => {
    const tar = await tarOf([
      { name: 'a/one.log', body: LINE.repeat(400) },
      { name: 'a/two.log', body: LINE.repeat(400) },
    ]);
    for (const bytes of [tar, gzipSync(tar), zstdCompressSync(tar)]) {
      const report = await analysed(file('cut.archive', bytes.subarray(0, Math.floor(bytes.length * share)))).catch(
        (error: unknown) => error,
      );
      if (report instanceof InputError) continue;
      expect((report as Report).inputs[0]?.truncated).toBe(true);
      expect((report as Report).verdict.status).not.toBe('healthy');
    }
  });

  it('that ends between two members without an end mark is cut short too', async () => {
    const tar = await tarOf([{ name: 'a.log', body: LINE }]);
    // The mark is two blocks of zeros: half of it is none.
    for (const end of [1024, 1536]) {
      const report = await analysed(file('boundary.tar', tar.subarray(0, end)));
      expect(report.inputs[0]?.truncated).toBe(true);
      expect(skips(report)).toContain('without its end mark');
    }
  });
});

describe('a directory', () => {
  it('with a loop of links, a pipe and names of control bytes is read, and what was left out is noted', async () => {
    file('odd/\u001b[31mred\nname.log', LINE);
    symlinkSync('..', path.join(dir, 'odd/loop'));
    execFileSync('mkfifo', [path.join(dir, 'odd/pipe')]);
    const report = await analysed(path.join(dir, 'odd'));
    expect(report.coverage.files).toBe(1);
    const notes = report.coverage.notes.join('\n');
    expect(notes).toContain('pipes and sockets were left out: (pipe)');
    expect(notes).toMatch(/symbolic links .*loop/);
    expect(JSON.stringify(report)).not.toContain('\\u001b');
  });

  it('with objects of wrong types and prototype names yields notes, not errors', async () => {
    const at = 'wrong/cluster-scoped-resources';
    file(`${at}/config.openshift.io/clusterversions.yaml`, 'kind: [1, 2]\nmetadata: 5\n');
    file(`${at}/config.openshift.io/clusteroperators.yaml`, '{"kind": "ClusterOperatorList", "items": {"a": 1}}');
    const node = '- apiVersion: v1\n  kind: Node\n  metadata: {name: __proto__, labels: 7}\n';
    const status =
      '  spec: 9\n  status: {conditions: [5, null, {type: [Ready], status: {}}], addresses: x, nodeInfo: 4}\n';
    file(`${at}/core/nodes.yaml`, `kind: NodeList\napiVersion: v1\nitems:\n${node}${status}`);
    const report = await analysed(path.join(dir, 'wrong'));
    expect(report.verdict.status).not.toBe('healthy');
    expect(report.outcomes.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(report.coverage.missing.map(({ what }) => what)).toEqual(['ClusterVersion', 'ClusterOperators']);
  });
});

describe('the shell', () => {
  it('may hand over a named pipe', async () => {
    const pipe = path.join(dir, 'named-pipe');
    execFileSync('mkfifo', [pipe]);
    const writer = spawn('sh', ['-c', 'cat "$0" > "$1"', file('piped.log', LINE), pipe]);
    const result = runCli(['analyze', pipe, '--format', 'json'], { engine: true });
    writer.kill();
    expect(result.stderr).toBe('');
    expect((JSON.parse(result.stdout) as Report).coverage.lines).toBe(1);
  });

  it('may close the output early', () => {
    const log = file('head.log', LINE);
    const command = `"${process.execPath}" src/cli/main.ts analyze "${log}" --format json | head -c 1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '{', stderr: '' });
  });
});
