import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

export interface Run {
  readonly ms: number;
  /** Peak resident memory in MiB; 0 where the system does not tell. */
  readonly peak: number;
}

const POLL_MS = 20;

/** Runs a command to its end with its output dropped. `accepted` are the exit codes that are no failure. */
export async function measure(command: readonly string[], accepted: readonly number[] = [0]): Promise<Run> {
  const [program, ...args] = command;
  const start = performance.now();
  const child = spawn(program!, args, { stdio: 'ignore' });
  let peak = 0;
  const poll = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid));
  }, POLL_MS);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  }).finally(() => clearInterval(poll));
  const ms = performance.now() - start;
  if (status === null || !accepted.includes(status)) throw new Error(`${command.join(' ')} ended with ${status}`);
  return { ms, peak };
}

/** The kernel keeps the highest value itself: polling only has to come before the end. */
function peakOf(pid: number | undefined): number {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
