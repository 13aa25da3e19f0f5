import type { ReportFinding } from '../../model/report.ts';
import { counted, placeOf, readableTime, timeRange } from '../words.ts';
import { type Paper, paragraph, shortened } from './paper.ts';

const MOST_PIECES = 6;
/** Lines of one piece of evidence; the file at its line holds the rest. */
const MOST_LINES = 3;

/** `path:line  time  ×count` and the text below it, clipped. */
export function evidenceLines(paper: Paper, evidence: ReportFinding['evidence'], most = MOST_PIECES): string[] {
  const lines = evidence.slice(0, most).flatMap((piece) => {
    const when =
      piece.at === undefined
        ? []
        : [piece.until === undefined ? readableTime(piece.at) : timeRange(piece.at, piece.until)];
    const often = piece.repeats > 1 ? [counted(piece.repeats, 'match', 'matches')] : [];
    return [
      ...paragraph(paper, '  ', shortened(paper, placeOf(piece)), {
        style: 'cyan',
        link: paper.link?.(piece.source, piece.line),
      }),
      ...([...when, ...often].length === 0
        ? []
        : paragraph(paper, '  ', [...when, ...often].join(', '), { style: 'dim' })),
      ...paragraph(paper, '    ', piece.text, { most: MOST_LINES, hanging: '    ' }),
    ];
  });
  const left = evidence.length - most;
  return left > 0
    ? [...lines, paper.paint('dim', `  and ${counted(left, 'more piece', 'more pieces')} of evidence`)]
    : lines;
}
