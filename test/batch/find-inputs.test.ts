import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { findBatchInputs } from '../../src/batch/find-inputs.ts';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'inquest-inputs-'));
  for (const path of [
    '2025/a.tar.gz',
    '2025/b.zip',
    '2025/notes.md',
    '2025/.partial.tar.gz',
    '2026/must-gather.local.1/quay-io-openshift-sha256-0123456789abcdef0123/version',
    '2026/must-gather.local.1/event-filter.html',
    '2026/must-gather.local.1/inner.tar.gz',
    '2026/deep/node.log',
    'empty/readme.md',
    'with [brackets].tar',
  ]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), path);
  }
  symlinkSync('..', join(root, '2026/deep/loop'));
  writeFileSync(
    join(root, 'all.list'),
    `# ours\n\n${root}/2025/*.zip\n${root}/gone.tar.gz\nhttps://host/x/y.tgz?sig=1\n`,
  );
});

async function found(given: readonly string[], stdin = ''): Promise<string[]> {
  const inputs = await findBatchInputs(given, async () => stdin);
  return inputs.map(
    ({ source, problem }) => source.replace(`${root}/`, '') + (problem === undefined ? '' : ` (${problem})`),
  );
}

describe('what a batch reads', () => {
  it('takes every gather and archive below a directory, and a gather as one', async () => {
    expect(await found([root])).toEqual([
      '2025/a.tar.gz',
      '2025/b.zip',
      '2026/deep/node.log',
      '2026/must-gather.local.1',
      'with [brackets].tar',
    ]);
  });

  it('takes a gather given as a directory as it is', async () => {
    expect(await found([`${root}/2026/must-gather.local.1`])).toEqual(['2026/must-gather.local.1']);
  });

  it('takes patterns, and paths that look like patterns', async () => {
    expect(await found([`${root}/2025/*.{zip,md}`, `${root}/with [brackets].tar`])).toEqual([
      '2025/b.zip',
      '2025/notes.md',
      'with [brackets].tar',
    ]);
  });

  it('takes lists, whose lines that lead nowhere hold up no other', async () => {
    expect(await found([`${root}/all.list`])).toEqual([
      '2025/b.zip',
      'gone.tar.gz (no such file or directory)',
      'https://host/x/y.tgz?sig=1',
    ]);
  });

  it('takes a list from stdin', async () => {
    expect(await found(['-'], `${root}/2025/a.tar.gz\r\n  ${root}/2025\n`)).toEqual(['2025/a.tar.gz', '2025/b.zip']);
  });

  it('takes each once', async () => {
    expect(await found([`${root}/2025/a.tar.gz`, `${root}/2025/../2025/a.tar.gz`])).toHaveLength(1);
  });

  it.each(['gone.tar.gz', 'gone*.gz', 'empty'])('says that %s leads nowhere', async (argument) => {
    await expect(found([join(root, argument)])).rejects.toThrow(
      /no such file|no file or directory matches|holds nothing/,
    );
  });
});
