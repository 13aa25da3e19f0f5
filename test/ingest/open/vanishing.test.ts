import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ingest } from '../../../src/ingest/ingest.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';

it('reads on where files vanish or shrink while others are read, and says which', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'inquest-vanishing-'));
  for (const name of ['1.log', '2.log', '3.log', '4.log'])
    writeFileSync(path.join(folder, name), 'a line\n'.repeat(90_000));
  let opened = 0;
  const sink = {
    log: () => {
      if (opened++ === 0) {
        rmSync(path.join(folder, '2.log'));
        truncateSync(path.join(folder, '3.log'), 700);
      }
      return { region: () => undefined, end: () => undefined };
    },
    resource: () => undefined,
    document: () => undefined,
  };
  const read = await ingest([folder], { kinds: new Set(), limits: DEFAULT_LIMITS }, sink as never);
  expect(read.files.map((file) => path.basename(file.path))).toEqual(['1.log', '3.log', '4.log']);
  expect(read.inputs[0]?.truncated).toBe(true);
  expect(read.skipped.map(({ source, reason }) => `${source}: ${reason}`).join('\n')).toMatch(
    /2\.log: read in part: .*no such file/i,
  );
});
