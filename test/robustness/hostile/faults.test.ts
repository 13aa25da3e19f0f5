import { Buffer } from 'node:buffer';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { GOOD_LINE, hostileFolder } from './hostile-folder.ts';

const MAIN = path.join(import.meta.dirname, '../../../src/cli/main.ts');
const folder = hostileFolder();

function inquest(args: readonly string[]): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, [MAIN, 'analyze', ...args], { encoding: 'utf8' });
  return { status, stderr };
}

/** Starts an analysis that waits for more on standard input, and sends it a signal once it has read some. */
async function interrupted(signal: NodeJS.Signals, output: string): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, [MAIN, 'analyze', '-', '--output', output], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  child.stdin.on('error', () => undefined);
  await new Promise((resolve) => child.stdin.write(Buffer.alloc(8 * 1024 * 1024, GOOD_LINE), resolve));
  await new Promise((resolve) => setTimeout(resolve, 500));
  child.kill(signal);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.stdin.destroy();
  return { code, stderr };
}

/** A file system of 64 KiB, where the user may make one. */
function smallDisk(): string | undefined {
  const at = path.join(folder.path(), 'small-disk');
  mkdirSync(at, { recursive: true });
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at]).status === 0 ? at : undefined;
}

describe('a full disk', () => {
  it.skipIf(!existsSync('/dev/full'))('is one line and exit code 2', () => {
    const { status, stderr } = inquest([folder.file('a.log', GOOD_LINE), '--output', '/dev/full']);
    expect(status).toBe(2);
    expect(stderr).toBe('inquest: cannot write /dev/full: no space left on the device\n');
  });

  it('leaves the old report and no debris', ({ skip }) => {
    const disk = smallDisk();
    if (disk === undefined) skip('no file system can be mounted here');
    try {
      const log = folder.file('b.log', GOOD_LINE.repeat(10));
      const output = path.join(disk!, 'report.json');
      writeFileSync(output, 'the old one');
      const { status, stderr } = inquest([log, '--format', 'html', '--output', output]);
      expect(status).toBe(2);
      expect(stderr).toBe(`inquest: cannot write ${output}: no space left on the device\n`);
      expect(readdirSync(disk!)).toEqual(['report.json']);
      expect(readFileSync(output, 'utf8')).toBe('the old one');
    } finally {
      spawnSync('umount', [disk!]);
    }
  });
});

describe('a signal', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends the analysis with a word of how far it was, and leaves nothing', async (signal, code) => {
    mkdirSync(path.join(folder.path(), signal));
    const output = path.join(folder.path(), signal, 'report');
    const ended = await interrupted(signal, output);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(/^inquest: interrupted \(read, .* \d+ files?\); no report was written\n$/);
    expect(readdirSync(path.join(folder.path(), signal))).toEqual([]);
  });
});

describe('a reader that closes its end of the pipe', () => {
  it.each([
    ['a report', ['analyze', '-f', 'html']],
    ['a journal', ['journal']],
  ])('of %s ends it without a word', async (_, args) => {
    const log = folder.file('piped.log', GOOD_LINE.repeat(50_000));
    const child = spawn(process.execPath, [MAIN, ...args, log], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const [code, signal] = await new Promise<readonly unknown[]>((resolve) => {
      child.once('close', (...ended) => resolve(ended));
    });
    expect(stderr).toBe('');
    expect(signal).toBeNull();
    expect([0, 1, 141]).toContain(code);
  });
});

it('a clock that goes backwards gives no negative duration', async () => {
  const { analyze, BUNDLED_SIGNATURES } = await import('../../../src/index.ts');
  let now = 1_800_000_000_000;
  const log = folder.file('clock.log', GOOD_LINE);
  const report = await analyze([log], { signatureDirs: [BUNDLED_SIGNATURES], now: () => (now -= 60_000) });
  expect(report.durationMs).toBe(0);
});
