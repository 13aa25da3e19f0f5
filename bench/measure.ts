import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

export interface Run {
  readonly ms: number;
  /** Time on the processors, of all threads and children, in milliseconds. */
  readonly cpu: number;
  /** Peak resident memory of the largest process in MiB; 0 where the system does not tell. */
  readonly peak: number;
}

const POLL_MS = 20;
/** Runs the command given as arguments with its output dropped, and says on descriptor 3 what it used. */
const WRAPPER = '"$@" >/dev/null 2>&1 </dev/null; status=$?; times >&3; exit $status';

/** Runs a command to its end. `accepted` are the exit codes that are no failure. */
export async function measure(command: readonly string[], accepted: readonly number[] = [0]): Promise<Run> {
  const start = performance.now();
  const child = spawn('sh', ['-c', WRAPPER, 'sh', ...command], { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
  let used = '';
  child.stdio[3]?.on('data', (chunk: Buffer) => {
    used += chunk.toString();
  });
  let peak = 0;
  const poll = setInterval(() => {
    peak = Math.max(peak, ...childrenOf(child.pid).map(peakOf));
  }, POLL_MS);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => clearInterval(poll));
  const ms = performance.now() - start;
  if (status === null || !accepted.includes(status)) throw new Error(`${command.join(' ')} ended with ${status}`);
  return { ms, cpu: cpuIn(used), peak };
}

/** Of `0m0.01s 0m0.00s`, first for the shell, then for its children: user and system time. */
function cpuIn(times: string): number {
  const children = times.trim().split('\n').at(-1) ?? '';
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce((sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds)) * 1000, 0);
}

/** All processes below one. */
function childrenOf(pid: number | undefined): number[] {
  const direct = textOf(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return direct.flatMap((child) => [child, ...childrenOf(child)]);
}

/** The kernel keeps the highest value itself: polling only has to come before the end. */
function peakOf(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
