import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openBytes, tarOf, texts } from './archives.ts';

describe('walking a tar archive', () => {
  it('reads files by their whole path and passes over directories', async () => {
    const tar = await tarOf([
      { name: 'mg/', type: 'directory' },
      { name: 'mg/a.log', body: 'alpha' },
      { name: './mg/b/empty.log' },
    ]);
    const opened = await openBytes(tar);
    expect(texts(opened)).toEqual({ 'mg/a.log': 'alpha', 'mg/b/empty.log': '' });
    expect(opened).toMatchObject({ notes: [], skipped: [], truncated: false });
  });

  it('takes names that only an extended header can hold', async () => {
    const long = `${'d'.repeat(90)}/${'e'.repeat(120)}/ü.log`;
    expect(texts(await openBytes(await tarOf([{ name: long, body: 'x' }])))).toEqual({ [long]: 'x' });
  });

  it('takes GNU long names', async () => {
    const long = `${'n'.repeat(300)}.log`;
    const carrier = await tarOf([{ name: '././@LongLink', body: `${long}\0` }]);
    carrier[156] = 'L'.charCodeAt(0);
    fixChecksum(carrier);
    const member = await tarOf([{ name: 'n'.repeat(99), body: 'x' }]);
    const tar = Buffer.concat([carrier.subarray(0, carrier.length - 1024), member]);
    expect(texts(await openBytes(tar))).toEqual({ [long]: 'x' });
  });

  it('keeps every one of several members of the same name', async () => {
    const tar = await tarOf([
      { name: 'a', body: '1' },
      { name: 'a', body: '2' },
      { name: './a', body: '3' },
    ]);
    expect(texts(await openBytes(tar))).toEqual({ a: '1', 'a#2': '2', 'a#3': '3' });
  });

  it('takes time in proportion to the number of equal names', async () => {
    const tar = await tarOf(Array.from({ length: 20_000 }, () => ({ name: 'a' })));
    const opened = await openBytes(tar);
    expect(opened.files.at(-1)?.path).toBe('a#20000');
    expect(new Set(opened.files.map((file) => file.path)).size).toBe(20_000);
  });

  it('cuts a name that no file system could hold', async () => {
    const opened = await openBytes(await tarOf([{ name: `_worker_${'x'.repeat(100_000)}`, body: 'x' }]));
    expect(opened.files[0]?.path).toHaveLength(4096);
    expect(opened.notes).toHaveLength(1);
  });

  it('reads members with hostile names under harmless ones, and says so once', async () => {
    const tar = await tarOf([
      { name: '../../etc/passwd', body: '1' },
      { name: '/etc/shadow', body: '2' },
      { name: 'C:/Windows/x', body: '3' },
      { name: 'a\nb\u202egol.txt', body: '4' },
      { name: '__proto__', body: '5' },
    ]);
    const opened = await openBytes(tar);
    expect(opened.files.map((file) => file.path)).toEqual([
      'etc/passwd',
      'etc/shadow',
      'Windows/x',
      'a\\x0ab\\u202egol.txt',
      '__proto__',
    ]);
    expect(opened.notes).toHaveLength(1);
    expect(opened.notes[0]).toContain('4 members have a name');
  });

  it('follows no link and opens no device, and counts them', async () => {
    const tar = await tarOf([
      { name: 'l1', type: 'symlink', linkname: '/etc/passwd' },
      { name: 'l2', type: 'symlink', linkname: 'a' },
      { name: 'h', type: 'link', linkname: 'a' },
      { name: 'd', type: 'character-device' },
      { name: 'a', body: 'x' },
    ]);
    const opened = await openBytes(tar);
    expect(texts(opened)).toEqual({ a: 'x' });
    expect(opened.notes).toEqual([
      'input: 2 symbolic links were not followed: (l1, l2)',
      'input: 1 hard links were not followed: (h)',
      'input: 1 device nodes were left out: (d)',
    ]);
  });

  it('keeps what it read of an archive that ends early', async () => {
    const tar = await tarOf([
      { name: 'a', body: 'x'.repeat(1000) },
      { name: 'b', body: 'y'.repeat(1000) },
    ]);
    const opened = await openBytes(tar.subarray(0, 512 + 1024 + 512 + 300));
    expect(opened.files).toEqual([
      { path: 'a', text: 'x'.repeat(1000), truncated: false },
      { path: 'b', text: 'y'.repeat(300), truncated: true },
    ]);
    expect(opened.truncated).toBe(true);
    expect(opened.skipped.map((skip) => skip.source)).toEqual(['b', 'input']);
  });

  it('finds the next member behind a damaged header', async () => {
    const tar = await tarOf([
      { name: 'a', body: '1' },
      { name: 'b', body: '2' },
      { name: 'c', body: '3' },
    ]);
    tar[1024 + 3] = 0x7f;
    const opened = await openBytes(tar);
    expect(texts(opened)).toEqual({ a: '1', c: '3' });
    expect(opened.skipped).toEqual([
      { source: 'input', reason: 'read in part: a header inside the archive is damaged' },
    ]);
  });

  it('is recognised although its first header is damaged', async () => {
    const tar = await tarOf([
      { name: 'a', body: '1' },
      { name: 'b', body: '2' },
    ]);
    tar[3] = 0x7f;
    const opened = await openBytes(tar);
    expect(texts(opened)).toEqual({ b: '2' });
    expect(opened.skipped).toHaveLength(1);
  });

  it('reads archives that were put one behind the other', async () => {
    const [first, second] = [await tarOf([{ name: 'a', body: '1' }]), await tarOf([{ name: 'b', body: '2' }])];
    expect(texts(await openBytes(Buffer.concat([first, second])))).toEqual({ a: '1', b: '2' });
  });

  it('gives the same members however the bytes arrive', async () => {
    const tar = await tarOf([
      { name: 'a', body: 'x'.repeat(700) },
      { name: 'p'.repeat(200), body: 'y'.repeat(513) },
      { name: 'inner.tar', body: await tarOf([{ name: 'b', body: 'z'.repeat(5000) }]) },
      { name: 'last' },
    ]);
    const whole = await openBytes(tar, [tar.length]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 20 }), async (sizes) => {
        expect(await openBytes(tar, sizes)).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  it('never throws on damaged bytes', async () => {
    const tar = await tarOf([
      { name: 'a', body: 'x'.repeat(700) },
      { name: 'p'.repeat(200), body: 'y' },
    ]);
    await fc.assert(
      fc.asyncProperty(fc.nat(tar.length - 1), fc.nat(255), async (at, byte) => {
        const damaged = Buffer.from(tar);
        damaged[at] = byte;
        const opened = await openBytes(damaged);
        expect(opened.files.length).toBeLessThanOrEqual(3);
      }),
      { numRuns: 200 },
    );
  });
});

function fixChecksum(header: Buffer): void {
  header.fill(' ', 148, 156);
  const sum = header.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}
