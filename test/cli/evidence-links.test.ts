import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { evidenceLinks } from '../../src/cli/evidence-links.ts';

const folder = mkdtempSync(join(tmpdir(), 'inquest-cli-'));
mkdirSync(join(folder, 'gather/logs odd'), { recursive: true });
for (const name of [
  'gather/a.log',
  'gather/logs odd/ü#.log',
  'gather/inner.tar.gz',
  'console.log',
  'upload.tar.gz',
  'secret',
]) {
  writeFileSync(join(folder, name), 'x\n');
}

function links(...names: string[]) {
  const inputs = names.map((name) => ({
    path: join(folder, name),
    kind: 'unknown' as const,
    bytes: 1,
    members: 1,
    truncated: false,
  }));
  return evidenceLinks({ inputs });
}

function url(name: string): string {
  return pathToFileURL(join(folder, name)).href;
}

describe('evidenceLinks', () => {
  it('leads to the line of a file in a directory, with or without the name of the input before it', () => {
    expect(links('gather')('a.log', 7)).toBe(`${url('gather/a.log')}#7`);
    expect(links('gather', 'console.log')('gather/a.log', 7)).toBe(`${url('gather/a.log')}#7`);
    expect(links('gather', 'console.log')('console.log', 3)).toBe(`${url('console.log')}#3`);
    expect(links('gather')('a.log', undefined)).toBe(url('gather/a.log'));
  });

  it('leads to the archive for what lies in one', () => {
    expect(links('upload.tar.gz')('must-gather/a.log', 7)).toBe(url('upload.tar.gz'));
    expect(links('gather')('inner.tar.gz!/b.log', 7)).toBe(url('gather/inner.tar.gz'));
  });

  it('encodes what would end a link', () => {
    expect(links('gather')('logs odd/ü#.log', 1)).toMatch(/^file:[\x21-\x7e]+logs%20odd\/%C3%BC%23\.log#1$/);
  });

  it('leads nowhere else', () => {
    for (const source of ['absent.log', '../secret', '../../etc/passwd', '/etc/passwd', '', '.', 'a.log\u0000']) {
      expect([source, links('gather')(source, 1)]).toEqual([source, undefined]);
    }
  });
});
