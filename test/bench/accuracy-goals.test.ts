import { describe, expect, it } from 'vitest';
import type { Judged } from '../../bench/accuracy/judge-job.ts';
import { missedGoals } from '../../bench/accuracy/measures.ts';

/** A gather whose one cause was found, with two edges of the truth. */
function judged(more: Partial<Judged> = {}): Judged {
  return {
    scenario: 'x',
    kind: 'none',
    seed: 0,
    first: 'right',
    expectsNone: false,
    mayMiss: false,
    edges: { wanted: 2, found: 2 },
    wanted: 1,
    found: 1,
    causes: [cause(0.97, true)],
    rival: { first: 'right', found: 1, causes: [] },
    problems: [],
    ...more,
  } as Judged;
}

function cause(confidence: number, right: boolean): Judged['causes'][number] {
  return { confidence, right, standsIn: false, basis: { own: 0.9, support: 1, absent: 0, factor: 1 } };
}

/** A hundred gathers, of which so many are as told. */
function hundred(differing: number, more: Partial<Judged>): Judged[] {
  return Array.from({ length: 100 }, (_, n) => judged(n < differing ? more : {}));
}

const NO_CAUSE = { first: 'none', expectsNone: true, wanted: 0, found: 0, causes: [] } as const;

describe('the goals of a whole run', () => {
  it('are met where all is right', () => {
    expect(missedGoals([...hundred(0, {}), ...hundred(100, NO_CAUSE)])).toEqual([]);
  });

  it('allow three wrong first causes of a hundred, and no fourth', () => {
    expect(missedGoals(hundred(3, { first: 'wrong' }))).toEqual([]);
    expect(missedGoals(hundred(4, { first: 'wrong' }))).toEqual(['the first cause is right in less than 97 %']);
  });

  it('allow a healthy gather no cause at all', () => {
    const false1 = judged({ ...NO_CAUSE, first: 'wrong' });
    expect(missedGoals([...hundred(0, {}), false1])).toEqual(['a healthy gather has a cause']);
  });

  it('want nine edges of ten, where the deciding source is not missing', () => {
    const none = { edges: { wanted: 2, found: 0 } };
    expect(missedGoals(hundred(10, none))).toEqual([]);
    expect(missedGoals(hundred(11, none))).toEqual(['less than 90 % of the edges are found']);
    expect(missedGoals(hundred(50, { ...none, mayMiss: true }))).toEqual([]);
  });

  it('want confidences that mean what they say', () => {
    expect(missedGoals(hundred(8, { causes: [cause(0.97, false)] }))).toEqual([]);
    expect(missedGoals(hundred(20, { causes: [cause(0.97, false)] }))).toEqual(['the calibration error is above 0.07']);
  });
});
