import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { BUNDLED_SIGNATURES } from '../../src/bundled-signatures.ts';
import { tarOf } from '../../src/gathers/archives.ts';
import { buildMade } from '../../src/gathers/build.ts';
import type { Gather } from '../../src/gathers/gather.ts';
import type { Report } from '../../src/model/report.ts';

/** `signature`, or `signature kind:name` where it must be about that. */
type Told = string;

/** One of two faults of the same kind, and what a person says of it. */
export interface Fault {
  /** Puts it and what it leads to into the gather. */
  happens(gather: Gather): void;
  /** The root cause. */
  readonly cause: Told;
  /** What hangs below it and nowhere else. */
  readonly effects: readonly Told[];
}

/**
 * Two faults at once: both are named, each with its own effects and none of the other's; and with one of them gone, the
 * other stands as before.
 */
export function notMixed(title: string, cluster: () => Gather, a: Fault, b: Fault): void {
  describe(title, () => {
    it('tells both apart', async () => {
      const report = await reportOf(cluster(), [a, b]);
      standsAlone(report, a, b);
      standsAlone(report, b, a);
    });
    for (const [name, one, other] of [
      ['first', a, b],
      ['second', b, a],
    ] as const)
      it(`names the ${name} alone where the other did not happen`, async () => {
        const report = await reportOf(cluster(), [one]);
        expect(below(report, one.cause)).toEqual(expect.arrayContaining([...one.effects]));
        expect(roots(report, [other.cause])).toEqual([]);
      });
  });
}

function standsAlone(report: Report, own: Fault, other: Fault): void {
  expect(roots(report, [own.cause]), shown(report)).toEqual([own.cause]);
  const found = below(report, own.cause);
  expect(found, shown(report)).toEqual(expect.arrayContaining([...own.effects]));
  for (const told of [other.cause, ...other.effects]) expect(found, shown(report)).not.toContain(told);
  // Not even suspected.
  const crossed = report.edges.filter(
    ({ cause, effect }) =>
      [own.cause, ...own.effects].some((told) => is(report, cause, told)) &&
      other.effects.some((told) => is(report, effect, told)),
  );
  expect(crossed).toEqual([]);
}

function roots(report: Report, wanted: readonly Told[]): Told[] {
  return wanted.filter((told) => report.rootCauses.some(({ finding }) => is(report, finding, told)));
}

/** All that the cause explains, by signature alone and with each of its entities. */
function below(report: Report, cause: Told): Told[] {
  const root = report.rootCauses.find(({ finding }) => is(report, finding, cause));
  return (root?.explains ?? []).flatMap((id) => {
    const { signature, entities } = report.findings.find((finding) => finding.id === id)!;
    return [signature, ...entities.map(({ kind, name }) => `${signature} ${kind}:${name}`)];
  });
}

function is(report: Report, id: string, told: Told): boolean {
  const finding = report.findings.find((one) => one.id === id)!;
  const [signature, entity] = told.split(' ');
  return (
    finding.signature === signature &&
    (entity === undefined || finding.entities.some(({ kind, name }) => `${kind}:${name}` === entity))
  );
}

/** What the report says, for whoever reads a failure. */
function shown(report: Report): string {
  const name = new Map(
    report.findings.map(({ id, signature, entities }) => [
      id,
      `${signature}(${entities.map(({ kind, name }) => `${kind}:${name}`).join(' ')})`,
    ]),
  );
  return [
    ...report.rootCauses.map((cause) => `ROOT ${name.get(cause.finding)} ${cause.confidence}`),
    ...report.edges.map(({ cause, effect, strength }) => `${name.get(cause)} -${strength}-> ${name.get(effect)}`),
    ...report.findings.map(({ id, role, status }) => `FINDING ${role} ${status} ${name.get(id)}`),
  ].join('\n');
}

async function reportOf(gather: Gather, faults: readonly Fault[]): Promise<Report> {
  for (const fault of faults) fault.happens(gather);
  const folder = mkdtempSync(join(tmpdir(), 'inquest-faults-'));
  const input = join(folder, 'gather.tar');
  writeFileSync(input, await tarOf(buildMade({ gather, beside: new Map() })));
  const cacheDir = join(tmpdir(), 'inquest-faults-cache');
  mkdirSync(cacheDir, { recursive: true });
  return analyze([input], { signatureDirs: [BUNDLED_SIGNATURES], load: { cacheDir }, now: () => 0 });
}
