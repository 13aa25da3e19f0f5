import type { LineRegion } from '../../model/log-line.ts';

const NEWLINE = 10;
/** How components mark errors: klog's `E1203 21:55:35`, logrus, zap, Java and Python loggers. */
const SHORT_MARKS = ['E0', 'E1'];
/** Those of them that the scan for literals can find along with the others. */
export const LONG_MARKS = ['level=error', '"level":"error"', ' ERROR '];
const IS_ERROR = /(?:^|[ :])E[01]\d{3} \d\d:\d\d:|\blevel=error\b|"level":"error"|(?:\d|\]|Z) +ERROR\b/;
const HEAD = 300;
const LONGEST = 2000;

export interface ErrorLine {
  /** Where it begins in the region's bytes. */
  readonly at: number;
  readonly text: string;
}

/**
 * The lines of a region that their writer calls errors, in order, at most `most`. `marked` are the places in the region's bytes
 * where long marks stand, if that is known.
 */
export function errorLines({ bytes, start, end }: LineRegion, most: number, marked?: readonly number[]): ErrorLine[] {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
  const starts = new Set<number>();
  for (const place of marked ?? []) {
    const begin = view.lastIndexOf(NEWLINE, place - start) + 1;
    if (place - start - begin < HEAD) starts.add(begin);
  }
  for (const mark of marked === undefined ? [...SHORT_MARKS, ...LONG_MARKS] : SHORT_MARKS) {
    let from = 0;
    for (;;) {
      const hit = view.indexOf(mark, from);
      if (hit < 0) break;
      const begin = view.lastIndexOf(NEWLINE, hit) + 1;
      if (hit - begin < HEAD) starts.add(begin);
      const next = view.indexOf(NEWLINE, hit);
      if (next < 0) break;
      from = next + 1;
    }
  }
  const lines: ErrorLine[] = [];
  for (const begin of [...starts].sort((a, b) => a - b)) {
    const stop = view.indexOf(NEWLINE, begin);
    const text = view.toString('latin1', begin, Math.min(stop < 0 ? view.length : stop, begin + LONGEST));
    if (IS_ERROR.test(text.slice(0, HEAD))) lines.push({ at: start + begin, text });
    if (lines.length >= most) break;
  }
  return lines;
}
