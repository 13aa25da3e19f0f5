import type { ReportFinding } from '../../model/report.ts';
import { counted, placeOf, readableTime, timeRange } from '../words.ts';
import { highlighted } from './highlight.ts';
import { type Html, html } from './markup.ts';
import { type Page, shortPath } from './page.ts';

type Piece = ReportFinding['evidence'][number];

export function evidenceList(page: Page, finding: ReportFinding): Html {
  return html`<ul class="evidence">${finding.evidence.map((piece) => pieceItem(page, finding, piece))}</ul>`;
}

function pieceItem(page: Page, finding: ReportFinding, piece: Piece): Html {
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
  return html`<li><p class="place"><code data-copy="${place}">${shortPath(page, place)}</code>${about.length > 0 && html` <span class="meta">${about.join(' · ')}</span>`}</p><pre tabindex="0"><code>${highlighted(piece.text, finding.captures)}</code></pre></li>`;
}
