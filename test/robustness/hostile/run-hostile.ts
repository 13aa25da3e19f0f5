import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { expect } from 'vitest';
import type { Report } from '../../../src/index.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const RECORD_PEAK = new URL('../../support/record-peak.ts', import.meta.url).href;
const MAX_SECONDS = 60;
const MAX_PEAK_MIB = 1024;

export interface HostileRun {
  readonly status: number | null;
  readonly report: Report;
  readonly stdout: string;
  readonly stderr: string;
}

/** Analyses hostile inputs as `runCommand` does, as JSON. */
export function runHostile(inputs: readonly string[], args: readonly string[] = []): HostileRun {
  const run = runCommand(['analyze', '-f', 'json', ...args, ...inputs]);
  return { ...run, report: run.status === 2 ? (undefined as never) : (JSON.parse(run.stdout) as Report) };
}

/**
 * Runs inquest in a process of its own, and holds it to what SECURITY.md promises of any input: an exit code of the
 * contract, no stack trace, a minute, a gibibyte, and not a byte written anywhere but in the cache.
 */
export function runCommand(args: readonly string[]): Omit<HostileRun, 'report'> {
  const place = mkdtempSync(path.join(tmpdir(), 'inquest-hostile-run-'));
  for (const name of ['cwd', 'home', 'tmp']) mkdirSync(path.join(place, name));
  const peakFile = path.join(place, 'peak');
  const command = ['--import', RECORD_PEAK, path.join(ROOT, 'src/cli/main.ts'), ...args];
  try {
    const start = performance.now();
    const { status, stdout, stderr } = spawnSync(process.execPath, command, {
      cwd: path.join(place, 'cwd'),
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        HOME: path.join(place, 'home'),
        TMPDIR: path.join(place, 'tmp'),
        PEAK_FILE: peakFile,
      },
      maxBuffer: 256 * 1024 * 1024,
      timeout: MAX_SECONDS * 1000,
    });
    const seconds = (performance.now() - start) / 1000;
    expect(stderr, 'no stack trace').not.toMatch(/^\s+at .*:\d+:\d+\)?$|this is a bug/m);
    expect([0, 1, 2]).toContain(status);
    expect(seconds).toBeLessThan(MAX_SECONDS);
    expect(Number(readFileSync(peakFile, 'utf8')) / 1024).toBeLessThan(MAX_PEAK_MIB);
    expect(written(place)).toEqual([]);
    return { status, stdout, stderr };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** What was written but for the cache of compiled signatures. */
function written(place: string): string[] {
  return ['cwd', 'home', 'tmp']
    .flatMap((name) => readdirSync(path.join(place, name), { recursive: true }).map((file) => `${name}/${file}`))
    .filter((file) => !/^home\/\.cache(?:\/inquest(?:\/.*)?)?$/.test(file));
}

/** Everything in which a report says what it could not see. */
export function said(report: Report): string {
  const { skipped, notes } = report.coverage;
  return [...skipped.map(({ source, reason }) => `${source}: ${reason}`), ...notes].join('\n');
}
