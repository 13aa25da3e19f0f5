import type { Report } from '../../model/report.ts';
import { formatDuration, formatTime } from '../../model/time.ts';
import { errorRate } from '../error-rate.ts';
import { counted, readableTime } from '../words.ts';
import { heading, type Paper, paragraph } from './paper.ts';

const BARS = '▁▂▃▄▅▆▇█';
/** More columns tell no more. */
const MOST_COLUMNS = 100;

/** A line of bars, from the start of the evidence to the gather; each step is several times the one below. */
export function rate(paper: Paper, report: Report): string[] {
  const columns = Math.min(MOST_COLUMNS, paper.width);
  const known = errorRate(report, columns);
  if (known === undefined) return [];
  const { from, to, counts } = known;
  const most = Math.max(...counts);
  const bars = counts.map((count) => (count === 0 ? ' ' : BARS[level(count, most)]!)).join('');
  const [start, end] = [from, to].map((at) => readableTime(formatTime(at)).slice(0, 16));
  const gap = ' '.repeat(Math.max(1, columns - start!.length - end!.length));
  const peak = `${counted(Math.max(1, Math.round(most)), 'match', 'matches')} in ${formatDuration((to - from) / columns)} at most, by a logarithmic scale`;
  return [
    ...heading(paper, 'Errors over time'),
    paper.paint('red', bars.trimEnd()),
    paper.paint('dim', `${start}${gap}${end}`),
    ...paragraph(paper, '', peak, { style: 'dim' }),
  ];
}

function level(count: number, most: number): number {
  return Math.min(BARS.length - 1, Math.floor((Math.log1p(count) / Math.log1p(most)) * BARS.length));
}
