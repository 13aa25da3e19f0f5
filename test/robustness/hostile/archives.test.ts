import { Buffer } from 'node:buffer';
import { existsSync } from 'node:fs';
import { constants, gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { zipOf } from '../../ingest/open/archives.ts';
import { GOOD_FINDING, GOOD_LINE, hostileFolder } from './hostile-folder.ts';
import { type HostileRun, runHostile, said } from './run-hostile.ts';
import { paxRecord, type RawMember, rawTar } from './tar-bytes.ts';

const MiB = 1024 * 1024;
const folder = hostileFolder();
const GOOD: RawMember = { name: 'install.log', body: GOOD_LINE };

function analysed(name: string, bytes: Uint8Array, args: readonly string[] = []): HostileRun {
  return runHostile([folder.file(name, bytes)], args);
}

/** The good line beside the hostile members was found, and nothing was called healthy. */
function expectGood({ status, report }: HostileRun): void {
  expect(status).toBe(0);
  expect(report.findings.map(({ signature }) => signature)).toContain(GOOD_FINDING);
  expect(report.verdict.status).not.toBe('healthy');
}

function paths({ report }: HostileRun): string[] {
  return report.findings.flatMap(({ evidence }) => evidence.map(({ source }) => source));
}

describe('names of members', () => {
  it.each([
    ['leaves the archive', '../../../tmp/inquest-escaped.log', 'tmp/inquest-escaped.log'],
    ['is absolute', '/tmp/inquest-escaped.log', 'tmp/inquest-escaped.log'],
    ['has a drive letter', 'C:\\Windows\\inquest-escaped.log', 'Windows'],
    ['carries newlines and escapes', 'a\n\u001b[2Jb.log', 'a\\x0a\\x1b[2Jb.log'],
    ['is not UTF-8', 'caf\u00e9\u0000\u00ff.log', 'caf'],
  ])('one that %s is read under a harmless name', (_, name, shown) => {
    const run = analysed('names.tar', rawTar([{ name, body: GOOD_LINE }]));
    expectGood(run);
    expect(paths(run).join()).toContain(shown);
    expect(existsSync('/tmp/inquest-escaped.log')).toBe(false);
    if (!name.startsWith('caf'))
      expect(said(run.report)).toContain('name that is absolute, leaves the archive or holds control');
  });

  it('right-to-left and invisible characters are shown as what they are', () => {
    const name = paxRecord('path', 'log\u202etxt.exe\u200b');
    const run = analysed(
      'bidi.tar',
      rawTar([
        { name: 'pax', type: 'x', body: name },
        { ...GOOD, name: 'x' },
      ]),
    );
    expectGood(run);
    expect(paths(run)[0]).toContain('log\\u202etxt.exe\\u200b');
  });

  it('that are all the same stay apart', () => {
    const run = analysed('same.tar', rawTar([GOOD, GOOD, GOOD]));
    expect(run.report.coverage.files).toBe(3);
  });
});

describe('what is no file', () => {
  it('links inside, outside and in a circle, devices and pipes are counted and never opened', () => {
    const run = analysed(
      'links.tar',
      rawTar([
        { name: 'passwd.log', type: '2', link: '/etc/passwd' },
        { name: 'inside.log', type: '2', link: 'install.log' },
        { name: 'a.log', type: '1', link: 'b.log' },
        { name: 'b.log', type: '1', link: 'a.log' },
        { name: 'tty', type: '3' },
        { name: 'sda', type: '4' },
        { name: 'pipe', type: '6' },
        GOOD,
      ]),
    );
    expectGood(run);
    expect(said(run.report)).toMatch(/2 symbolic links were not followed: \(passwd\.log, inside\.log\)/);
    expect(said(run.report)).toMatch(/2 hard links were not followed/);
    expect(said(run.report)).toMatch(/2 device nodes were left out/);
    expect(said(run.report)).toMatch(/1 named pipes were left out/);
  });

  it('sparse members are named as left out', () => {
    const sparse = { name: 'sparse.log', type: 'S', body: 'x'.repeat(2000) };
    const run = analysed('sparse.tar', rawTar([sparse, GOOD]));
    expectGood(run);
    expect(said(run.report)).toContain('sparse.log: sparse member');
  });

  it('an extended header of a gigabyte is passed over', () => {
    const run = analysed(
      'pax.tar',
      gzipSync(
        Buffer.concat([rawTar([{ name: 'p', type: 'x', body: Buffer.alloc(64 * MiB) }], false), rawTar([GOOD])]),
      ),
    );
    expectGood(run);
  });
});

describe('sizes that lie', () => {
  it.each([
    ['more than the archive holds', 10 * MiB],
    ['an exbibyte', 2 ** 60],
  ])('%s: what is there is read, and the rest is missed', (_, size) => {
    const run = analysed('lie.tar', rawTar([GOOD, { name: 'lie.log', body: 'x\n', size }]));
    expect(run.report.inputs[0]?.truncated).toBe(true);
    expectGood(run);
  });

  it('a PAX size that contradicts the header rules', () => {
    const run = analysed(
      'pax-size.tar',
      rawTar([GOOD, { name: 'p', type: 'x', body: paxRecord('size', '99999999') }, { name: 'a.log', body: 'x' }]),
    );
    expectGood(run);
    expect(run.report.inputs[0]?.truncated).toBe(true);
  });

  it('in a zip are not believed', () => {
    const zip = zipOf([
      { name: 'install.log', body: GOOD_LINE },
      { name: 'b.log', body: 'y\n'.repeat(100) },
    ]);
    const lying = Buffer.from(zip);
    const central = lying.lastIndexOf(Buffer.from('PK\x01\x02'));
    lying.writeUInt32LE(0x7fff_ffff, central + 24);
    expectGood(analysed('lie.zip', lying));
  });

  it('nor its count of members', () => {
    const lying = zipOf([
      { name: 'install.log', body: GOOD_LINE },
      { name: 'b.log', body: 'y' },
    ]);
    lying.writeUInt16LE(1, lying.length - 12);
    const run = analysed('count.zip', lying);
    expectGood(run);
    expect(said(run.report)).toContain('its directory ends before its last entry');
  });
});

describe('bombs', () => {
  const zeros = Buffer.alloc(64 * MiB);

  it('by ratio end at the limit, with a note', () => {
    const frame = zstdCompressSync(Buffer.alloc(256 * MiB));
    const run = analysed('bomb.tar', rawTar([GOOD, { name: 'bomb.log.zst', body: frame }]));
    expectGood(run);
    expect(said(run.report)).toContain('bomb.log.zst: read in part: it decompresses to more than 2000 times its size');
  });

  it('by ratio in many small steps end too', () => {
    const layer = gzipSync(zeros);
    const many = Array.from({ length: 60 }, (_, n) => ({ name: `${n}.gz`, body: layer }));
    const twice = gzipSync(rawTar([...many]));
    const run = analysed('steps.tar', rawTar([GOOD, { name: 'steps.tar.gz', body: twice }]));
    expectGood(run);
    expect(said(run.report)).toContain('more than 2000 times their size');
  });

  it('by nesting are not opened beyond the limit', () => {
    let inner: Uint8Array = rawTar([{ name: 'deep.log', body: 'x' }]);
    for (let depth = 0; depth < 40; depth++) inner = rawTar([{ name: `${depth}.tar`, body: inner }]);
    const run = analysed('nested.tar', rawTar([GOOD, { name: 'nested.tar', body: inner }]));
    expectGood(run);
    expect(said(run.report)).toMatch(/nested/);
  });

  it('by compression of compression are not opened beyond the limit', () => {
    let inner: Uint8Array = Buffer.from('x\n');
    for (let depth = 0; depth < 40; depth++) inner = gzipSync(inner);
    const run = analysed('layers.tar', rawTar([GOOD, { name: 'a.log.gz', body: inner }]));
    expectGood(run);
    expect(said(run.report)).toContain('a.log.gz');
  });

  it('by count end at the limit, with a note', () => {
    const many = Array.from({ length: 3000 }, (_, n) => ({ name: `${n}.log` }));
    const run = analysed('count.tar', rawTar([GOOD, ...many]), ['--max-members', '1000']);
    expectGood(run);
    expect(said(run.report)).toContain('more than 1000 members');
  });

  it('by size end at the limit, with a note', () => {
    const run = analysed('size.tar.gz', gzipSync(rawTar([GOOD, { name: 'big.log', body: zeros }])), [
      '--max-bytes',
      '1M',
    ]);
    expectGood(run);
    expect(said(run.report)).toContain('more than 1048576 bytes');
  });

  it('of overlapping zip entries are told', () => {
    const run = analysed('overlap.zip', overlapping(200));
    expect(said(run.report)).toContain('its members overlap');
  });

  it('that contain themselves end', () => {
    const bytes = quine();
    const out = gunzipSync(bytes.subarray(0, -13), { finishFlush: constants.Z_SYNC_FLUSH });
    expect(out.equals(bytes.subarray(0, -13))).toBe(true);
    const run = analysed('quine.tar', rawTar([GOOD, { name: 'quine.gz', body: bytes }]));
    expectGood(run);
    expect(said(run.report)).toContain('quine.gz');
  });
});

/** A zip whose directory names one deflated member of 16 MiB again and again. */
function overlapping(times: number): Buffer {
  const zip = zipOf([{ name: 'a.log', body: Buffer.alloc(16 * MiB, 'x\n') }]);
  const at = zip.indexOf(Buffer.from('PK\x01\x02'));
  const end = zip.indexOf(Buffer.from('PK\x05\x06'));
  const entry = zip.subarray(at, end);
  const entries = Array.from({ length: times }, (_, n) => {
    const copy = Buffer.from(entry);
    copy.write(String.fromCharCode(97 + (n % 26)), 46, 'latin1');
    return copy;
  });
  const tail = Buffer.from(zip.subarray(end));
  tail.writeUInt16LE(times, 8);
  tail.writeUInt16LE(times, 10);
  tail.writeUInt32LE(entry.length * times, 12);
  return Buffer.concat([zip.subarray(0, at), ...entries, tail]);
}

/**
 * A gzip file that decompresses to itself, but for its last bytes: a program of literals (`L`, followed by what they
 * write) and copies of the last twenty bytes (`R`), all of five bytes, whose output is the program.
 */
function quine(): Buffer {
  const header = ['1f8b080800', '0000000003', '6161616100'];
  const [l1, l4, r4, noop] = ['000500faff', '001400ebff', '428821c400', '000000ffff'];
  const program = [
    ...[l4, ...header, l4],
    ...[r4],
    ...[l1, r4],
    ...[l1, l1],
    ...[l4, r4, l1, l1, l4],
    ...[r4],
    ...[l4, r4, l4, r4, l4],
    ...[r4],
    ...[l4, noop, noop, noop, noop],
  ];
  return Buffer.from([...header, ...program, '010000ffff', '0000000000000000'].join(''), 'hex');
}
