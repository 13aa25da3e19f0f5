import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../src/detectors/index.ts';
import { detect } from '../support/detect.ts';
import { factsOfGather } from '../support/gather.ts';

const CORPUS = '../shared/corpus';
const present = existsSync(CORPUS);
if (!present) console.warn(`skipped: ${CORPUS} with real gathers is not here`);

const MUST_GATHERS = join(CORPUS, 'openshift+must-gather-clean/test/files');
const SNAPSHOTS = join(CORPUS, 'vrutkovs+resourcewatch-3nodes');

/** Ids of what the detectors report on a gather, each once. */
async function idsIn(archive: string): Promise<string[]> {
  const { all, gatheredAt } = await factsOfGather(archive);
  expect(all.Node.length).toBeGreaterThan(2);
  expect(gatheredAt).toBeDefined();
  return detectors
    .filter((detector) => detect(detector, all, gatheredAt).findings.length > 0)
    .map(({ about }) => about.id);
}

describe.skipIf(!present)('healthy clusters', () => {
  it.each([
    join(MUST_GATHERS, 'must-gather-aws.tar.xz'),
    join(MUST_GATHERS, 'must-gather-vsphere.tar.xz'),
    join(SNAPSHOTS, 'snapshot-20230308T122336Z-HEAD.tar.gz'),
  ])('%s gives no finding', async (archive) => {
    expect(await idsIn(archive)).toEqual([]);
  });
});

describe.skipIf(!present)('broken clusters', () => {
  it('no worker joined: that is the cause, the operators are symptoms', async () => {
    const ids = await idsIn(join(SNAPSHOTS, 'snapshot-20230308T115009Z-455b91d296.tar.gz'));
    expect(ids).toEqual(['operator-degraded-generic', 'workers-missing']);
  });

  it('masters without CNI: only the network operator, which no detector explains', async () => {
    const ids = await idsIn(join(SNAPSHOTS, 'snapshot-20230308T114308Z-aa4537707d.tar.gz'));
    expect(ids).toEqual(['operator-degraded-generic']);
  });
});
