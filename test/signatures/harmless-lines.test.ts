import { readFile } from 'node:fs/promises';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { BUNDLED_SIGNATURES } from '../../src/bundled-signatures.ts';
import type { LogCase } from '../../src/case-lines.ts';
import { loadCatalogue } from '../../src/detect/load.ts';
import { findingsOf } from '../../src/signature-cases.ts';

interface Place {
  readonly in: Omit<LogCase, 'lines'>;
  readonly lines: readonly { why: string; every: string; repeat: number; line: string }[];
}

const { signatures } = await loadCatalogue([BUNDLED_SIGNATURES]);
const roles = new Map(signatures.map(({ id, role }) => [id, role]));
const places = load(await readFile(new URL('harmless-lines.yaml', import.meta.url), 'utf8')) as Place[];
const cases = places.flatMap((place) =>
  place.lines.map(({ why, every, repeat, line }) => ({
    line,
    why,
    log: { ...place.in, every, repeat, lines: [line] } as LogCase,
  })),
);

describe('lines that are no faults', () => {
  it('are many', () => expect(cases.length).toBeGreaterThanOrEqual(95));

  it.each(cases)('$line', ({ log, why }) => {
    const { findings, problems } = findingsOf(signatures, { name: why, log: [log] });
    expect(problems).toEqual([]);
    const alarms = findings.filter(
      ({ signature, severity }) => roles.get(signature) === 'cause' || severity === 'error' || severity === 'critical',
    );
    expect(alarms.map(({ signature, severity }) => `${signature} (${severity})`)).toEqual([]);
  });
});
