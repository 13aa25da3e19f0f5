import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { download } from '../../src/batch/download.ts';

const LIMITS = { maxBytes: 100, maxMs: 5000 };
const target = () => join(mkdtempSync(join(tmpdir(), 'inquest-download-')), 'file');

/** Stands in for the network: answers by address. */
function serve(answers: Readonly<Record<string, () => Response | Promise<Response>>>): void {
  vi.stubGlobal('fetch', async (address: URL, { signal }: { signal: AbortSignal }) => {
    const answer = answers[address.href];
    if (answer === undefined) throw new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND') });
    return Promise.race([
      answer(),
      new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    ]);
  });
}

const redirect = (location: string) => () => new Response(null, { status: 302, headers: { location } });

afterEach(() => vi.unstubAllGlobals());

describe('a download', () => {
  it('follows redirects and writes what comes', async () => {
    serve({ 'https://a/x': redirect('/y'), 'https://a/y': () => new Response('gather') });
    const path = target();
    await download('https://a/x', path, LIMITS);
    expect(readFileSync(path, 'utf8')).toBe('gather');
  });

  it.each([
    ['http://a/x', 'only https addresses are downloaded'],
    ['https://a/to-http', 'only https addresses are downloaded'],
    ['https://a/loop', 'is redirected too often'],
    ['https://a/gone', 'the server answered 404'],
    ['https://a/announced', 'is larger than 100 B'],
    ['https://a/large', 'is larger than 100 B'],
    ['https://nowhere/', 'cannot be downloaded: getaddrinfo ENOTFOUND'],
  ])('of %s fails: %s', async (url, reason) => {
    serve({
      'https://a/to-http': redirect('http://169.254.169.254/'),
      'https://a/loop': redirect('https://a/loop'),
      'https://a/gone': () => new Response('', { status: 404 }),
      'https://a/announced': () => new Response('x', { headers: { 'content-length': '101' } }),
      'https://a/large': () => new Response('x'.repeat(101)),
    });
    const path = target();
    await expect(download(url, path, LIMITS)).rejects.toThrow(reason);
    expect(existsSync(path)).toBe(false);
  });

  it('is given up after its time', async () => {
    serve({ 'https://a/slow': () => new Promise<Response>(() => undefined) });
    await expect(download('https://a/slow', target(), { ...LIMITS, maxMs: 50 })).rejects.toThrow(
      'took longer than 50 ms',
    );
  });
});
