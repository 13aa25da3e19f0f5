import type { LineRegion } from '../../model/log-line.ts';

const NEWLINE = 10;
/** How components mark errors: klog's `E1203 21:55:35`, logrus, zap, Java and Python loggers. */
const MARKS = ['E0', 'E1', 'level=error', '"level":"error"', ' ERROR '].map((mark) => Buffer.from(mark, 'latin1'));
const IS_ERROR = /(?:^|[ :])E[01]\d{3} \d\d:\d\d:|\blevel=error\b|"level":"error"|(?:\d|\]|Z) +ERROR\b/;
const HEAD = 300;
const LONGEST = 2000;

export interface ErrorLine {
  /** Where it begins in the region's bytes. */
  readonly at: number;
  readonly text: string;
}

/** The lines of a region that their writer calls errors, in order, at most `most`. */
export function errorLines({ bytes, start, end }: LineRegion, most: number): ErrorLine[] {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
  const starts = new Set<number>();
  for (const mark of MARKS) {
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
