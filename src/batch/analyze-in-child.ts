import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { FailureKind } from '../incidents/incident.ts';
import type { Report } from '../model/report.ts';
import { formatBytes, formatMillis } from '../report/words.ts';
import type { AnalysisJob, AnalysisMessage, ProcessLimits } from './analysis-job.ts';

const CHILD = new URL(
  import.meta.url.endsWith('.ts') ? '../cli/batch/analysis-child.ts' : '../bundle/analysis-child.js',
  import.meta.url,
);

/** How often the memory of a process is looked at. */
const LOOK_MS = 250;
/** What is kept of the end of its error output. */
const STDERR_KEPT = 4000;

export type AnalysisResult =
  | { readonly report: Report; readonly renderings: ReadonlyMap<string, string> }
  | { readonly failed: FailureKind; readonly reason: string };

export interface AnalysisHooks {
  progress?(bytes: number, total: number | undefined): void;
  /** Ends the analysis: it then fails as `crash`. */
  readonly signal?: AbortSignal;
}

/**
 * Analyses an input in a process of its own: what it does wrong, or takes too much of, harms no other. Never throws for
 * what the input brings about.
 */
export async function analyzeInChild(
  job: AnalysisJob,
  limits: ProcessLimits,
  hooks: AnalysisHooks = {},
): Promise<AnalysisResult> {
  const child = fork(CHILD, {
    execArgv: [`--max-old-space-size=${Math.max(64, Math.floor(limits.maxMemory / 1024 ** 2))}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const guard = guardOf(child, limits);
  const abort = () => child.kill('SIGKILL');
  hooks.signal?.addEventListener('abort', abort);
  if (hooks.signal?.aborted === true) abort();
  try {
    return await resultOf(child, job, hooks, guard);
  } finally {
    guard.stop();
    hooks.signal?.removeEventListener('abort', abort);
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  }
}

interface Guard {
  /** Which limit the process was ended for. */
  met: { readonly failed: FailureKind; readonly reason: string } | undefined;
  stop(): void;
}

/** Ends the process where it meets a limit. Memory is looked at where the system shows it (Linux). */
function guardOf(child: ChildProcess, { maxMs, maxMemory }: ProcessLimits): Guard {
  const end = (failed: FailureKind, reason: string) => {
    guard.met ??= { failed, reason };
    child.kill('SIGKILL');
  };
  const timer = setTimeout(() => end('time', `took longer than ${formatMillis(maxMs)} (--max-time)`), maxMs);
  const look = setInterval(async () => {
    const used = child.pid === undefined ? 0 : await residentBytes(child.pid);
    if (used > maxMemory) end('memory', memoryReason(maxMemory));
  }, LOOK_MS);
  const guard: Guard = {
    met: undefined,
    stop() {
      clearTimeout(timer);
      clearInterval(look);
    },
  };
  return guard;
}

function memoryReason(maxMemory: number): string {
  return `needed more than ${formatBytes(maxMemory)} of memory (--max-memory)`;
}

async function residentBytes(pid: number): Promise<number> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function resultOf(child: ChildProcess, job: AnalysisJob, hooks: AnalysisHooks, guard: Guard): Promise<AnalysisResult> {
  return new Promise((resolve) => {
    let stderr = '';
    let answer: AnalysisResult | undefined;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-STDERR_KEPT);
    });
    child.on('message', (message: AnalysisMessage) => {
      if (message.type === 'progress') hooks.progress?.(message.bytes, message.total);
      else if (message.type === 'failed') answer = { failed: message.kind, reason: message.reason };
      else answer = { report: JSON.parse(message.report), renderings: new Map(message.renderings) };
    });
    child.on('error', (error) => resolve({ failed: 'crash', reason: error.message }));
    child.on('close', (code, signal) => resolve(answer ?? guard.met ?? deathOf(code, signal, stderr)));
    // A process that died already has said why by then.
    child.send(job, () => undefined);
  });
}

function deathOf(code: number | null, signal: NodeJS.Signals | null, stderr: string): AnalysisResult {
  if (/heap out of memory|Array buffer allocation failed/i.test(stderr)) {
    return { failed: 'memory', reason: 'ran out of memory (--max-memory)' };
  }
  // Where the system is short of memory, it kills without a word.
  if (signal === 'SIGKILL') return { failed: 'crash', reason: 'was killed, perhaps for want of memory' };
  const lines = stderr.trim().split('\n');
  const said = lines.findLast((line) => /^(?:\w*Error\b|FATAL)/.test(line)) ?? lines.at(-1)!;
  const how = signal === null ? `exit code ${code}` : signal;
  return { failed: 'crash', reason: said === '' ? `ended with ${how}` : `ended with ${how}: ${said.slice(0, 300)}` };
}
