import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { BUNDLED_SIGNATURES } from '../../src/bundled-signatures.ts';
import type { Report } from '../../src/model/report.ts';

// One journal of worker-4, made by systemd-journal-remote 252 and printed by its journalctl in each of its forms: from 08:00:55
// to the end the driver of 0000:3b:00.1 fails 126 queries, and at 08:08:34 the drive nvme0 stops answering.
const FOLDER = join(import.meta.dirname, 'journal-forms');
const FORMS = readdirSync(FOLDER).sort();

/** As they can be counted in the text. */
const TRUTH: Readonly<Record<string, number>> = {
  'buffer-io-error': 4,
  'disk-io-error': 14,
  'journald-write-failed': 9,
  'kernel-hung-or-lockup': 1,
  'mlx5-module-eeprom-query-loop': 126,
  'nvme-controller-down': 2,
  'nvme-io-timeout': 7,
  'systemd-watchdog': 1,
  'xfs-shutdown': 1,
};

/** Neither a year nor a wall clock: their findings have no date. */
const UNDATED = ['short.log.gz', 'short-precise.log.gz', 'short-monotonic.log.gz', 'short-delta.log.gz'];

/** It prints `init.scope[1]` where the others have `systemd[1]`, which is what tells this message from another program's. */
const WITHOUT_WRITER: Readonly<Record<string, readonly string[]>> = { 'with-unit.log.gz': ['systemd-watchdog'] };

const reports = new Map<string, Report>();

beforeAll(async () => {
  for (const form of FORMS) {
    const report = await analyze([join(FOLDER, form)], { signatureDirs: [BUNDLED_SIGNATURES], now: () => 0 });
    reports.set(form, report);
  }
}, 300_000);

it('holds every form that journalctl prints', () => {
  expect(FORMS).toHaveLength(17);
});

describe.each(FORMS)('the same journal as %s', (form) => {
  it('has the same findings', () => {
    const missing = WITHOUT_WRITER[form] ?? [];
    const found = Object.fromEntries(reports.get(form)!.findings.map(({ signature, count }) => [signature, count]));
    expect(found).toEqual(Object.fromEntries(Object.entries(TRUTH).filter(([id]) => !missing.includes(id))));
  });

  it('has the same root causes, of the same host, drive and port', () => {
    const { rootCauses } = reports.get(form)!;
    expect(rootCauses.map(({ title }) => title)).toEqual([
      'Commands to NVMe drive nvme0 get no answer in time',
      'ConnectX port worker-4/0000:3b:00.1 fails every query for its transceiver',
    ]);
  });

  it('dates the loop, as far as the form has dates', () => {
    const loop = reports.get(form)!.findings.find(({ signature }) => signature === 'mlx5-module-eeprom-query-loop')!;
    const seconds = [loop.firstSeen, loop.lastSeen].map((time) => time?.slice(0, 19));
    const dated = ['2025-03-04T08:00:55', '2025-03-04T08:15:17'];
    expect(seconds).toEqual(UNDATED.includes(form) ? [undefined, undefined] : dated);
  });
});
