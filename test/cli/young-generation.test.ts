import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

const MODULE = new URL('../../src/cli/young-generation.ts', import.meta.url).href;

/** Bytes that the space for young objects has grown to after many of them have lived for a while. */
function grownTo(stages: readonly string[]): number {
  const program = `
    import { getHeapSpaceStatistics } from 'node:v8';
    import { boundYoungGeneration } from '${MODULE}';
    const kept = [];
    const allocate = () => { for (let i = 0; i < 2e6; i++) kept[i % 3e5] = { i }; };
    allocate();
    for (const stage of ${JSON.stringify(stages)}) boundYoungGeneration(stage);
    for (let round = 0; round < 3; round++) allocate();
    console.log(getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size);
  `;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }));
}

it('keeps the space for young objects from growing once the inputs are read', () => {
  expect(grownTo(['read'])).toBeLessThan(grownTo([]));
});
