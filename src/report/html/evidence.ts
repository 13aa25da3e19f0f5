import type { ReportFinding } from '../../model/report.ts';
import { clip, visible } from '../text-safety.ts';
import { counted, placeOf, readableTime, timeRange } from '../words.ts';
import { highlighted } from './highlight.ts';
import { type Content, type Html, html } from './markup.ts';
import { type Page, shortPath } from './page.ts';

/** Columns of a line beside the one that matters. */
const LONGEST_NEARBY = 300;

type Piece = ReportFinding['evidence'][number];

/** What is shown as evidence: a finding's, or that of something without captures. */
type Evidenced = Pick<ReportFinding, 'evidence'> & Partial<Pick<ReportFinding, 'captures'>>;

export function evidenceList(page: Page, finding: Evidenced): Html {
  return html`<ul class="evidence">${finding.evidence.map((piece) => pieceItem(page, finding, piece))}</ul>`;
}

function pieceItem(page: Page, finding: Evidenced, piece: Piece): Html {
  const place = placeOf(piece);
  const about = [
    piece.at === undefined
      ? undefined
      : piece.until === undefined
        ? readableTime(piece.at)
        : timeRange(piece.at, piece.until),
    piece.repeats > 1 ? counted(piece.repeats, 'match', 'matches') : undefined,
    piece.pointer === undefined || place.endsWith(piece.pointer) ? undefined : piece.pointer,
  ].filter((part) => part !== undefined);
  return html`<li><p class="place"><code data-copy="${place}">${shortPath(page, place)}</code>${about.length > 0 && html` <span class="meta">${about.join(' · ')}</span>`}</p><pre tabindex="0">${nearby(piece.before, -(piece.before?.length ?? 0), piece)}<code>${numbered(piece, 0)}${highlighted(piece.text, finding.captures ?? {})}</code>${nearby(piece.after, 1, piece)}</pre></li>`;
}

/** Lines around the one that matters. The first of them is `from` lines on. */
function nearby(lines: Piece['before'], from: number, piece: Piece): Content {
  return lines?.map(
    (line, i) => html`<span class="near">${numbered(piece, from + i)}${clip(visible(line), LONGEST_NEARBY)}</span>`,
  );
}

/** The number of a line, where there are others to tell it from. */
function numbered({ line, before, after }: Piece, distance: number): Content {
  return (
    line !== undefined &&
    (before ?? after) !== undefined &&
    html`<span class="number">${String(line + distance)}</span>`
  );
}
