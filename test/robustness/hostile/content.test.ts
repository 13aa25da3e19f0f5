import { Buffer } from 'node:buffer';
import { chmodSync, mkdirSync, openSync, symlinkSync, writeSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { GOOD_FINDING, GOOD_LINE, hostileFolder } from './hostile-folder.ts';
import { type HostileRun, runHostile, said } from './run-hostile.ts';
import { rawTar } from './tar-bytes.ts';

const MiB = 1024 * 1024;
const folder = hostileFolder();
const NODES = 'cluster-scoped-resources/core/nodes.yaml';

function found({ report }: HostileRun): string[] {
  return report.findings.map(({ signature }) => signature);
}

/** Analyses a gather of one hostile file beside an installer log that tells of a fault. */
function gatherOf(name: string, file: string, content: string | Uint8Array, args: readonly string[] = []): HostileRun {
  folder.file(`${name}/install.log`, GOOD_LINE);
  folder.file(`${name}/${file}`, content);
  const run = runHostile([path.join(folder.path(), name)], args);
  expect(run.status).toBe(0);
  expect(found(run)).toContain(GOOD_FINDING);
  expect(run.report.verdict.status).not.toBe('healthy');
  expect(run.report.outcomes.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  return run;
}

describe('logs', () => {
  it('of one line of three hundred megabytes are matched in pieces', () => {
    const log = path.join(folder.path(), 'long.log');
    const fd = openSync(log, 'w');
    const piece = Buffer.alloc(10 * MiB, 'lorem ipsum ');
    for (let n = 0; n < 30; n++) writeSync(fd, piece);
    writeSync(fd, `\n${GOOD_LINE}`);
    const run = runHostile([log]);
    expect(found(run)).toContain(GOOD_FINDING);
    expect(said(run.report)).toMatch(/1 lines longer than \d+ bytes were matched in pieces/);
  });

  it('of NULs, of invalid UTF-8 and of both ends of line', () => {
    const odd = Buffer.concat([
      Buffer.alloc(5 * MiB),
      Buffer.from([0xff, 0xfe, 0x80, 0xc3, 0x28, 0x0a]),
      Buffer.from(GOOD_LINE.replace('\n', '\r\n')),
      Buffer.from([0xf0, 0x9f, 0x98]),
    ]);
    gatherOf('odd-bytes', 'namespaces/a/pods/b/c/c/logs/current.log', odd);
    const alone = runHostile([folder.file('alone.log', odd)]);
    expect(alone.status).toBeOneOf([0, 2]);
  });

  it('with times from the year 1 to 9999 and impossible ones', () => {
    const times = [
      '0001-01-01T00:00:00Z',
      '9999-12-31T23:59:59Z',
      '2026-02-30T25:61:61Z',
      '-2026-01-01T00:00:00Z',
      '275760-09-13T00:00:00Z',
    ];
    const lines = times.map((time) => GOOD_LINE.replace('2026-01-15T10:00:00Z', time)).join('');
    const run = gatherOf('times', '.openshift_install.log', lines);
    for (const { firstSeen, lastSeen } of run.report.findings) {
      expect(`${firstSeen}${lastSeen}`).not.toMatch(/NaN|Invalid|275760/);
    }
  });

  it('of a million matches keep exact counts and little evidence', () => {
    const run = runHostile([folder.file('many.log', GOOD_LINE.repeat(300_000))]);
    const finding = run.report.findings.find(({ signature }) => signature === GOOD_FINDING);
    expect(finding?.count).toBe(300_000);
    expect(finding?.evidence.length).toBeLessThan(50);
  });
});

const NODE = 'apiVersion: v1\nkind: NodeList\nitems:\n- apiVersion: v1\n  kind: Node\n  metadata:\n    name: ';

describe('YAML', () => {
  it('whose aliases expand without bound', () => {
    const levels = Array.from(
      { length: 30 },
      (_, n) => `l${n + 1}: &l${n + 1} [${Array(10).fill(`*l${n}`).join(', ')}]`,
    );
    const bomb = `apiVersion: v1\nkind: Node\nmetadata: {name: a}\nl0: &l0 [x, x]\n${levels.join('\n')}\n`;
    expect(said(gatherOf('aliases', NODES, bomb).report)).toMatch(/nodes\.yaml.*alias/);
  });

  it('that nests ten thousand deep', () => {
    const flow = `${NODE}a\n  status: ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`;
    expect(said(gatherOf('deep-flow', NODES, flow).report)).toContain('nodes.yaml');
    const block = `${NODE}a\n${Array.from({ length: 3000 }, (_, n) => `${' '.repeat(n + 2)}k:`).join('\n')}\n`;
    gatherOf('deep-block', NODES, block);
  });

  it('of one giant document', () => {
    const giant = `${NODE}a\n    annotations:\n${`      k: ${'v'.repeat(1000)}\n`.repeat(40_000)}`;
    expect(said(gatherOf('giant', NODES, giant).report)).toMatch(/nodes\.yaml/);
  });

  it('with keys of prototypes, duplicate keys and numbers beyond 2^53', () => {
    const text = `${NODE}__proto__\n    __proto__: {polluted: 1}\n    constructor: {prototype: {polluted: 1}}\n    name: b\n    generation: 9007199254740993\n  status: {conditions: [{type: __proto__, status: "False"}]}\n`;
    const run = gatherOf('prototype', NODES, text);
    expect(JSON.stringify(run.report)).not.toContain('polluted');
  });

  it('with tags that would make objects, and several documents in one', () => {
    gatherOf(
      'tags',
      NODES,
      '!!js/function "return 1"\n--- !!python/object/apply:os.system ["id"]\n...\n---\n? [a, b]\n: c\n',
    );
  });
});

describe('JSON', () => {
  const at = 'cluster-scoped-resources/core/nodes.json';

  it('that nests a hundred thousand deep', () => {
    const deep = `{"kind":"Node","apiVersion":"v1","metadata":{"name":"a"},"status":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(said(gatherOf('json-deep', at, deep).report)).toContain('nodes.json');
  });

  it('with keys of prototypes and numbers that no double holds', () => {
    const text =
      '{"kind":"Node","apiVersion":"v1","__proto__":{"polluted":1},"metadata":{"name":"constructor","generation":1e999,"uid":123456789012345678901234567890}}';
    expect(JSON.stringify(gatherOf('json-odd', at, text).report)).not.toContain('polluted');
  });

  it('that ends in the middle, and log lines of it that do', () => {
    expect(said(gatherOf('json-cut', at, '{"kind":"NodeList","items":[{"metadata":{"na').report)).toContain(
      'nodes.json',
    );
    gatherOf(
      'json-lines',
      'audit_logs/kube-apiserver/a-audit.log',
      `{"kind":"Event","stage"\n${'{'.repeat(50_000)}\n"\\ud800"\n`,
    );
  });
});

describe('on disk', () => {
  it('links that leave, directories in a circle and what may not be read are told', () => {
    const at = path.join(folder.path(), 'disk');
    folder.file('disk/install.log', GOOD_LINE);
    symlinkSync('/etc', path.join(at, 'etc'));
    symlinkSync('..', path.join(at, 'up'));
    mkdirSync(path.join(at, 'closed'));
    folder.file('disk/closed.log', 'x\n');
    chmodSync(path.join(at, 'closed.log'), 0);
    chmodSync(path.join(at, 'closed'), 0);
    const run = runHostile([at]);
    expect(found(run)).toContain(GOOD_FINDING);
    expect(said(run.report)).toMatch(/2 symbolic links leave the directory and were not followed/);
    // The superuser may read everything.
    if (process.getuid?.() !== 0) expect(said(run.report)).toMatch(/closed/);
    chmodSync(path.join(at, 'closed'), 0o700);
  });

  it('a member of an archive is compared with nothing outside of it', () => {
    const tar = gzipSync(
      rawTar([
        { name: 'install.log', body: GOOD_LINE },
        { name: 'timestamp', body: '\u0000\u0001' },
      ]),
    );
    expect(found(runHostile([folder.file('plain.tar.gz', tar)]))).toContain(GOOD_FINDING);
  });
});
