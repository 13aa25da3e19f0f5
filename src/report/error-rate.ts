import { severityRank } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { type Micros, parseTime } from '../model/time.ts';

/** How often what counts as an error or worse was matched, in equal parts of the time that the evidence covers. */
export interface ErrorRate {
  readonly from: Micros;
  readonly to: Micros;
  readonly counts: readonly number[];
}

const MINUTE = 60_000_000;

/** Matches that a piece of evidence stands for are spread evenly over its time. Undefined where nothing is dated. */
export function errorRate(report: Report, parts: number): ErrorRate | undefined {
  const from = timeOf(report.window.from);
  const to = timeOf(report.window.gatheredAt) ?? timeOf(report.window.to);
  if (from === undefined || to === undefined || to - from < MINUTE) return undefined;
  const counts = new Array<number>(parts).fill(0);
  const part = (to - from) / parts;
  const place = (at: Micros) => Math.floor((at - from) / part);
  for (const { severity, evidence } of report.findings) {
    if (severityRank(severity) < severityRank('error')) continue;
    for (const { at, until, repeats } of evidence) {
      const start = timeOf(at);
      const end = timeOf(until) ?? start;
      if (start === undefined || end === undefined || start > to) continue;
      // What ends with the evidence belongs to its last part.
      const [first, last] = [start, Math.max(start, end)].map((time) => (time === to ? parts - 1 : place(time)));
      const each = repeats / (last! - first! + 1);
      for (let i = Math.max(0, first!); i <= Math.min(last!, parts - 1); i++) counts[i]! += each;
    }
  }
  return counts.some((count) => count > 0) ? { from, to, counts } : undefined;
}

function timeOf(time: string | undefined): Micros | undefined {
  return time === undefined ? undefined : parseTime(time);
}
