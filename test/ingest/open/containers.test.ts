import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openBytes, tarOf, texts, zipOf } from './archives.ts';

const XZ = '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQANaGVsbG8gZnJvbSB4egoAAABb+Ybd5id65gABJg4IG+AEH7bzfQEAAAAABFla';
const BZIP2 = 'QlpoOTFBWSZTWVXpr+UAAAPZgAAQQAAQABNm0BAgACKaMmnpH6hAAA0q9CbgvywBYu5IpwoSCr01/KA=';
const TWO_BZIP2 =
  'QlpoOTFBWSZTWXgTwIIAAAHBAAAQAgGgACGaaDNNDLxdyRThQkHgTwIIQlpoOTFBWSZTWS63GtcAAAFBgAAQAACEgCAAIZpoM00HPF3JFOFCQLrca1w=';
const BZIP2_ZEROS = 'QlpoOTFBWSZTWb6piCsAAMRQAMAABAAACCAAMMwFKaYQtiIXi7kinChIX1TEFYA=';

/** As `pzstd` writes them between its frames, with the length of the frame that follows. */
const SKIPPED = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 17, 0, 0, 0]);
const ZSTD_CHECKED = zlib.zstdCompressSync('two\n', { params: { [zlib.constants.ZSTD_c_checksumFlag]: 1 } });

const decode = (base64: string): Buffer => Buffer.from(base64, 'base64');

describe('compressed single files', () => {
  it.each([
    ['gzip', zlib.gzipSync('text\n'), 'text\n'],
    ['several gzip members', Buffer.concat([zlib.gzipSync('one\n'), zlib.gzipSync('two\n')]), 'one\ntwo\n'],
    ['an empty gzip', zlib.gzipSync(''), ''],
    ['zstd', zlib.zstdCompressSync('text\n'), 'text\n'],
    [
      'several zstd frames',
      Buffer.concat([zlib.zstdCompressSync('one\n'), zlib.zstdCompressSync('two\n')]),
      'one\ntwo\n',
    ],
    [
      'zstd as pzstd writes it',
      Buffer.concat([SKIPPED, zlib.zstdCompressSync('one\n'), SKIPPED, ZSTD_CHECKED]),
      'one\ntwo\n',
    ],
    ['zstd before padding', Buffer.concat([zlib.zstdCompressSync('one\n'), Buffer.alloc(20)]), 'one\n'],
    ['an empty zstd', zlib.zstdCompressSync(''), ''],
    ['xz', decode(XZ), 'hello from xz\n'],
    ['bzip2', decode(BZIP2), 'hello from bzip2\n'],
    ['several bzip2 streams', decode(TWO_BZIP2), 'one\ntwo\n'],
    ['a long run in bzip2', decode(BZIP2_ZEROS), '\0'.repeat(100_000)],
    ['gzip in gzip', zlib.gzipSync(zlib.gzipSync('text\n')), 'text\n'],
  ])('%s keeps its own path', async (_name, bytes, text) => {
    for (const size of [1, 7, 100_000]) {
      const opened = await openBytes(bytes, [size]);
      expect(opened).toEqual({
        files: [{ path: 'input', text, truncated: false }],
        notes: [],
        skipped: [],
        truncated: false,
      });
    }
  });

  it('keeps what was read before the compressed data ends or is damaged', async () => {
    const lines = Array.from({ length: 20_000 }, (_, n) => `line ${n} ${(n * 7919) % 10_007}\n`).join('');
    for (const bytes of [zlib.gzipSync(lines), zlib.zstdCompressSync(lines)]) {
      const opened = await openBytes(bytes.subarray(0, bytes.length / 2));
      expect(opened.truncated).toBe(true);
      expect(opened.files[0]?.truncated).toBe(true);
      expect(lines.startsWith(opened.files[0]?.text ?? 'none')).toBe(true);
    }
    const cut = await openBytes(zlib.gzipSync(lines).subarray(0, 60_000));
    expect(cut.files[0]?.text.length).toBeGreaterThan(100_000);
  });

  it('keeps every frame of zstd, and every block before the end of one that is cut', async () => {
    const lines = Array.from({ length: 60_000 }, (_, n) => `line ${n} ${(n * 7919) % 10_007}\n`).join('');
    const frames = Buffer.concat([zlib.zstdCompressSync(lines), ZSTD_CHECKED, zlib.zstdCompressSync(lines)]);
    const whole = await openBytes(frames, [10_000]);
    expect(whole.files).toEqual([{ path: 'input', text: `${lines}two\n${lines}`, truncated: false }]);
    const cut = await openBytes(frames.subarray(0, -20), [10_000]);
    expect(cut.files[0]?.truncated).toBe(true);
    expect(whole.files[0]?.text.startsWith(cut.files[0]?.text ?? 'none')).toBe(true);
    expect(cut.files[0]?.text.length).toBeGreaterThan(2 * lines.length - 132_000);
  });

  it.each([
    ['xz', decode(XZ)],
    ['bzip2', decode(BZIP2)],
    ['zstd', Buffer.concat([SKIPPED, ZSTD_CHECKED])],
  ])('notes %s that is cut anywhere', async (_name, bytes) => {
    for (let length = 12; length < bytes.length - 8; length += 3) {
      const opened = await openBytes(bytes.subarray(0, length));
      expect(opened.truncated).toBe(true);
      expect(opened.skipped).toHaveLength(1);
    }
  });
});

describe('zip files', () => {
  it('reads stored and deflated members', async () => {
    const zip = zipOf([
      { name: 'a.log', body: 'alpha' },
      { name: 'dir/', body: '', stored: true },
      { name: 'dir/b.log', body: 'beta', stored: true },
    ]);
    expect(texts(await openBytes(zip))).toEqual({ 'a.log': 'alpha', 'dir/b.log': 'beta' });
  });

  it('leaves out links and encrypted members, and shows hostile names harmlessly', async () => {
    const zip = zipOf([
      { name: '../up', body: '1' },
      { name: 'link', body: '/etc/passwd', mode: 0o120777 },
      { name: 'secret', body: 'x', flags: 0x801 },
    ]);
    const opened = await openBytes(zip);
    expect(texts(opened)).toEqual({ up: '1' });
    expect(opened.skipped).toEqual([{ source: 'secret', reason: 'encrypted' }]);
    expect(opened.notes).toHaveLength(2);
  });

  it('notes a zip file without its directory', async () => {
    const opened = await openBytes(zipOf([{ name: 'a', body: 'alpha' }]).subarray(0, 40));
    expect(opened).toMatchObject({ files: [], truncated: true });
    expect(opened.skipped[0]?.reason).toContain('the zip file is damaged');
  });
});

describe('a zip file whose end speaks of fewer members than its directory holds', () => {
  const zip = zipOf(['a', 'b', 'c'].map((name) => ({ name, body: name })));
  const end = zip.length - 22;

  it.each([0, 1, 2])('%i of three: the others are told of', async (count) => {
    const lying = Buffer.from(zip);
    lying.writeUInt16LE(count, end + 10);
    const opened = await openBytes(lying);
    expect(opened.files).toHaveLength(count);
    expect(opened.truncated).toBe(true);
    expect(opened.skipped[0]?.reason).toContain('its directory ends before its last entry');
  });

  it('is told from one that is empty', async () => {
    const empty = await openBytes(zipOf([]));
    expect(empty).toMatchObject({ files: [], skipped: [], truncated: false });
  });
});

describe('archives in archives', () => {
  it('joins the paths of nested archives by !/ and keeps those of compressed files', async () => {
    const insights = zlib.gzipSync(await tarOf([{ name: 'config/version.json', body: '{}' }]));
    const inner = await tarOf([
      { name: 'nodes/n/n_logs_kubelet.gz', body: zlib.gzipSync('kubelet') },
      { name: 'insights.tar.gz', body: insights },
      { name: 'plain.gz', body: 'not compressed' },
      { name: 'x.xz', body: decode(XZ) },
      {
        name: 'y.zip',
        body: zipOf([{ name: 'z/t.tgz', body: zlib.gzipSync(await tarOf([{ name: 'deep', body: '!' }])) }]),
      },
    ]);
    const outer = zlib.gzipSync(
      await tarOf([
        { name: '0020-must-gather.tar', body: inner },
        { name: 'after', body: 'x' },
      ]),
    );
    expect(texts(await openBytes(outer))).toEqual({
      '0020-must-gather.tar!/nodes/n/n_logs_kubelet.gz': 'kubelet',
      '0020-must-gather.tar!/insights.tar.gz!/config/version.json': '{}',
      '0020-must-gather.tar!/plain.gz': 'not compressed',
      '0020-must-gather.tar!/x.xz': 'hello from xz\n',
      '0020-must-gather.tar!/y.zip!/z/t.tgz!/deep': '!',
      after: 'x',
    });
  });

  it('reads on behind a nested archive that is damaged', async () => {
    const inner = zlib.gzipSync(await tarOf([{ name: 'a', body: 'x'.repeat(5000) }]));
    const cut = inner.subarray(0, inner.length - 20);
    const opened = await openBytes(
      await tarOf([
        { name: 'i.tgz', body: cut },
        { name: 'after', body: 'y' },
      ]),
    );
    expect(texts(opened)).toMatchObject({ after: 'y' });
    expect(opened.truncated).toBe(true);
  });
});

describe('limits', () => {
  it('does not open what is nested too deep', async () => {
    let bytes = await tarOf([{ name: 'core', body: 'x' }]);
    for (let level = 0; level < 4; level++) bytes = await tarOf([{ name: 'l.tar', body: bytes }]);
    expect((await openBytes(bytes, undefined, { maxNesting: 4 })).files).toHaveLength(1);
    const stopped = await openBytes(bytes, undefined, { maxNesting: 3 });
    expect(stopped.files).toHaveLength(0);
    expect(stopped.skipped).toEqual([
      { source: 'l.tar!/l.tar!/l.tar!/l.tar', reason: 'nested deeper than 3 archives' },
    ]);
  });

  it('stops at the limits for members and bytes', async () => {
    const tar = await tarOf(Array.from({ length: 10 }, (_, n) => ({ name: `f${n}`, body: 'x'.repeat(100) })));
    const members = await openBytes(tar, undefined, { maxMembers: 4 });
    expect(members.files.length).toBeLessThanOrEqual(5);
    expect(members.notes).toEqual(['The inputs hold more than 4 members; what comes after that limit was not read.']);
    const bytes = await openBytes(tar, undefined, { maxBytes: 250 });
    expect(bytes.files.length).toBeLessThanOrEqual(3);
    expect(bytes.truncated).toBe(true);
  });

  it('stops a decompression bomb', async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(100 * 1024 * 1024));
    const opened = await openBytes(bomb, undefined, { maxRatio: 100 });
    expect(opened.files[0]?.text.length).toBeLessThan(70 * 1024 * 1024);
    expect(opened.skipped[0]?.reason).toContain('more than 100 times its size');
  });
});
