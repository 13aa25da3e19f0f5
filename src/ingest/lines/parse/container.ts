import type { LogLine } from '../../../model/log-line.ts';
import { SPACE } from './digits.ts';
import { type IsoTime, isoAt } from './iso.ts';
import { absolute, type LineParser, logLine } from './log-line.ts';

/** End of ` stdout F ` after a CRI line's time (also of ` stderr P`, where the text is empty), or 0. */
export function criEnd(line: string, at: number): number {
  if (!line.startsWith(' stdout ', at) && !line.startsWith(' stderr ', at)) return 0;
  const tag = line.charCodeAt(at + 8);
  if (tag !== 70 && tag !== 80) return 0;
  const after = line.charCodeAt(at + 9);
  if (after === SPACE) return at + 10;
  // Tags after the first are joined by colons.
  if (after === 58) return line.indexOf(' ', at + 9) + 1;
  return at + 9 === line.length ? at + 9 : 0;
}

export function isCri(line: string, time: IsoTime): boolean {
  return time.tee && criEnd(line, time.end) > 0;
}

/** The receipt time that the kubelet wrote before each line, with the CRI stream and tag where they are still there. */
export function container(line: string): LogLine | undefined {
  const time = isoAt(line, 0);
  if (time === undefined || !time.tee) return undefined;
  const cri = criEnd(line, time.end);
  if (cri > 0) return logLine(line.slice(cri), absolute(time.micros));
  if (time.end < line.length && line.charCodeAt(time.end) !== SPACE) return undefined;
  return logLine(line.slice(time.end + 1), absolute(time.micros));
}

/** `[must-gather      ] OUT 2024-12-03T20:15:01.004411873Z message`, as `oc adm must-gather` logs itself. */
export const gatherOutput: LineParser = (line) => {
  if (line.charCodeAt(0) !== 91) return undefined;
  const close = line.indexOf('] OUT ');
  if (close < 0 || close > 64) return undefined;
  const time = isoAt(line, close + 6);
  return time === undefined ? undefined : logLine(line.slice(time.end + 1), absolute(time.micros));
};
