import { describe, expect, it } from 'vitest';
import { type Basis, confidenceOf } from '../../src/correlate/confidence.ts';

const basis = (more: Partial<Basis> = {}): Basis => ({ own: 0.85, support: 0, absent: 0, factor: 1, ...more });
const sure = basis({ own: 0.95, support: Math.LN10 });

describe('the confidence of a cause', () => {
  it('always leaves something to a cause that nobody thought of', () => {
    expect(confidenceOf(sure, false)).toBeGreaterThan(0.9);
    expect(confidenceOf(basis({ own: 1, support: Math.LN10 }), false)).toBe(0.97);
  });

  it('stays below three in four where nothing shows that the cause matters', () => {
    expect(confidenceOf(basis(), false)).toBeGreaterThan(0.5);
    expect(confidenceOf(basis(), false)).toBeLessThan(0.75);
  });

  it('rises with effects, and falls with effects that are absent', () => {
    const few = confidenceOf(basis({ support: 0.5 }), false);
    expect(few).toBeGreaterThan(confidenceOf(basis(), false));
    expect(confidenceOf(basis({ support: 1 }), false)).toBeGreaterThan(few);
    expect(confidenceOf(basis({ support: 0.5, absent: 1 }), false)).toBeLessThan(few);
  });

  it('calls no symptom that stands in for a cause more likely than not', () => {
    expect(confidenceOf({ ...sure, factor: 0.6 }, true)).toBe(0.5);
  });

  it('halves what idles on other hosts without consequences', () => {
    expect(confidenceOf({ ...sure, factor: 0.5 }, false)).toBeLessThan(0.5);
  });
});
