import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MUTATIONS, mutate } from './mutations.ts';
import { TARGETS } from './targets.ts';

/** Runs of each target; `npm run fuzz` does thousands. */
const RUNS = { archive: 150, journal: 60, gather: 12 };

describe.each(Object.keys(TARGETS))('%s, changed at random', (name) => {
  it('is read as far as it goes, and what is lost is told', async () => {
    const target = await TARGETS[name]!();
    const numRuns = name.startsWith('journal') ? RUNS.journal : name.startsWith('gather') ? RUNS.gather : RUNS.archive;
    await fc.assert(
      fc.asyncProperty(MUTATIONS, async (mutations) => target.check(mutate(target.original, mutations))),
      { numRuns, seed: 20_260 },
    );
    expect(target.original.length).toBeGreaterThan(100);
  });
});
