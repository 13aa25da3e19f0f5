import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ingest } from '../../src/ingest/ingest.ts';
import type { Ingested } from '../../src/model/ingest.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import { formatTime } from '../../src/model/time.ts';

const CORPUS = '../shared/corpus';
const GATHERS = path.join(CORPUS, 'openshift+must-gather-clean/test/files');
const present = existsSync(CORPUS);
if (!present) console.warn(`skipped: ${CORPUS} with real gathers is not here`);

async function read(file: string): Promise<Ingested> {
  const silent = { region: () => undefined, end: () => undefined };
  return ingest(
    [file],
    { kinds: new Set(), limits: DEFAULT_LIMITS },
    { log: () => silent, resource: () => undefined, document: () => undefined },
  );
}

describe.skipIf(!present)('real gathers', () => {
  it.each([
    ['must-gather-aws.tar.xz', 3526, 83_188_510, '2021-08-03T10:13:47.364145Z'],
    ['must-gather-vsphere.tar.xz', 3681, 76_933_646, '2021-09-14T10:17:20.084932Z'],
  ])('%s: nothing in it is unknown', async (name, members, bytes, gatheredAt) => {
    const result = await read(path.join(GATHERS, name));
    expect(result.inputs).toMatchObject([{ kind: 'must-gather', members, bytes, truncated: false }]);
    expect(result.files.filter((file) => /^(?:text|resource|binary)$/.test(file.family))).toEqual([]);
    expect(result.missing).toEqual([]);
    expect(result.skipped).toEqual([]);
    expect(result.gathered && formatTime(result.gathered.at)).toBe(gatheredAt);
  });

  it.each([
    ['canonical+hotsos/sosreport-rabbitmq.tar.xz', 'sosreport', 127],
    ['openshift+insights-operator/docs/insights-archive-sample.tar.gz', 'insights', 224],
    ['Sheetalpamecha+must-gather-analyzer/must-gather-minimal.local.332864113535894218.tar.gz', 'must-gather', 567],
    ['vrutkovs+resourcewatch-3nodes/snapshot-20230308T114308Z-aa4537707d.tar.gz', 'inspect', 410],
    ['log2timeline+plaso/test_data', 'log', 20],
    ['Jaslite+Smart/bootkube.log', 'journal', 1],
  ])('%s is a %s', async (name, kind, members) => {
    const result = await read(path.join(CORPUS, name));
    expect(result.inputs).toMatchObject([{ kind, members, truncated: false }]);
  });
});
