import type { SignatureCase } from './model/signature.ts';
import { formatTime, type Micros, MONTH_NAMES, parseDuration, parseTime, SECOND } from './model/time.ts';

/** One log of a test case. */
export type LogCase = Exclude<SignatureCase['log'], readonly unknown[] | undefined>;

const DEFAULT_START = '2026-01-15T10:00:00Z';

export function timing(log: LogCase): { start: Micros; every: number; repeat: number } {
  const start = parseTime(log.start ?? DEFAULT_START) ?? parseTime(DEFAULT_START)!;
  return { start, every: parseDuration(log.every ?? '1s')!, repeat: log.repeat ?? 1 };
}

/** The lines of the log, all repeats of them, with their times filled in. */
export function caseLines(log: LogCase): string[] {
  const { start, every, repeat } = timing(log);
  const lines: string[] = [];
  for (let i = 0; i < repeat; i++) {
    const notations = timeNotations(start + i * every, 1000 + (i * every) / SECOND);
    for (const line of log.lines) {
      lines.push(
        line.replaceAll(/\{(iso|short|klog|seconds)\}/g, (_, name: keyof typeof notations) => notations[name]),
      );
    }
  }
  return lines;
}

function timeNotations(at: Micros, seconds: number): { iso: string; short: string; klog: string; seconds: string } {
  const whole = formatTime(Math.floor(at / SECOND) * SECOND).slice(0, 19);
  const fraction = String(Math.round(at % SECOND)).padStart(6, '0');
  const [month, day, clock] = [whole.slice(5, 7), whole.slice(8, 10), `${whole.slice(11)}.${fraction}`];
  return {
    iso: `${whole}.${fraction}Z`,
    short: `${MONTH_NAMES[Number(month) - 1]} ${day} ${clock}`,
    klog: `${month}${day} ${clock}`,
    seconds: seconds.toFixed(6),
  };
}
