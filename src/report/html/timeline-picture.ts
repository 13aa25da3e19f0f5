import { SEVERITIES } from '../../model/finding.ts';
import { clip, visible } from '../text-safety.ts';
import { counted, readableTime } from '../words.ts';
import { type Content, type Html, html } from './markup.ts';
import type { Page } from './page.ts';
import { ticksOf } from './timeline-axis.ts';
import { type Cell, cellsOf } from './timeline-cells.ts';
import type { Timeline } from './timeline-data.ts';

/** Pixels, as in the page's script. */
const LABELS = 190;
const WIDTH = 1180;
const ROW = 17;
const TOP = 34;
const COLUMN = 4;
const COLUMNS = (WIDTH - LABELS - 10) / COLUMN;
const LETTER = 6.1;
/** Narrower marks have no room for words. */
const NARROWEST_LABEL = 90;
/** Lanes of the picture without the script; with it, a filter reaches all. */
export const MOST_LANES = 60;

/** The swimlanes of the first view. */
export function timelinePicture(page: Page, timeline: Timeline): Html {
  const { from, to } = timeline;
  const lanes = timeline.lanes.slice(0, MOST_LANES);
  const first: number[] = [];
  let tracks = 0;
  lanes.forEach((_, lane) => {
    first.push(tracks);
    tracks += timeline.rows[lane]!;
  });
  // Every lane has half a row of air.
  const top = (lane: number) => TOP + first[lane]! * ROW + lane * (ROW / 2);
  const height = TOP + tracks * ROW + lanes.length * (ROW / 2) + 4;
  const inView = timeline.marks.filter((mark) => mark.to >= from && mark.from <= to);
  const trackOf = ({ lane, row }: { lane: number; row: number }) =>
    lane < lanes.length ? first[lane]! + row : undefined;
  const cells = cellsOf(inView, { from, to, columns: COLUMNS, tracks, trackOf });
  const x = (at: number) => Math.round(LABELS + ((at - from) / (to - from)) * COLUMNS * COLUMN);
  return html`<svg class="lanes" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="group" aria-label="${described(timeline, inView.length)}">
${lanes.map((lane, i) => html`<rect class="lane${i % 2 === 1 && ' odd'}" x="0" y="${top(i)}" width="${WIDTH}" height="${timeline.rows[i]! * ROW + ROW / 2}"/><text class="lane" x="8" y="${top(i) + 17}">${clip(visible(lane), 28)}</text>`)}
${ticksOf(from, to, 8).map(({ at, label }) => html`<line class="tick" x1="${x(at)}" x2="${x(at)}" y1="${TOP}" y2="${height}"/><text class="tick" x="${Math.min(x(at), WIDTH - 36)}" y="${TOP - 20}" text-anchor="middle">${label}</text>`)}
${cells.map((cell) => cellShape(page, cell, top(cell.mark.lane) + cell.mark.row * ROW + ROW / 4))}
${instant('onset', timeline.onset, timeline, x, height)}${instant('gathered', timeline.gathered, timeline, x, height)}
</svg>`;
}

function cellShape(page: Page, { from, to, count, mark }: Cell, y: number): Html {
  const { entry } = mark;
  const anchor = entry.finding === undefined ? undefined : page.anchors.get(entry.finding);
  const left = LABELS + from * COLUMN;
  const width = (to - from + 1) * COLUMN;
  const label = width >= NARROWEST_LABEL && clip(visible(entry.text), Math.floor((width - 10) / LETTER));
  const shape = html`<rect class="mark ${SEVERITIES[mark.severity]!}" x="${left}" y="${y}" width="${width}" height="${ROW - 2}" rx="2"><title>${readableTime(entry.at)} ${entry.text}${count > 1 && ` (and ${count - 1} more here)`}</title></rect>${label !== false && html`<text class="label ${SEVERITIES[mark.severity]!}" x="${left + 5}" y="${y + 11}">${label}</text>`}`;
  return anchor === undefined ? shape : html`<a href="#${anchor}" tabindex="-1">${shape}</a>`;
}

function instant(
  name: string,
  at: number | undefined,
  view: Timeline,
  x: (at: number) => number,
  height: number,
): Content {
  if (at === undefined || at < view.from || at > view.to) return false;
  const place = x(at);
  const right = place > WIDTH / 2;
  return html`<line class="${name}" x1="${place}" x2="${place}" y1="${TOP - 12}" y2="${height}"/><text class="${name}" x="${place + (right ? -4 : 4)}" y="${TOP - 5}" text-anchor="${right ? 'end' : 'start'}">${name}</text>`;
}

function described({ lanes, marks, from, to, onset, gathered }: Timeline, shown: number): string {
  const time = (at: number) => readableTime(new Date(at).toISOString());
  return [
    `${counted(shown, 'entry', 'entries')} of ${marks.length} in ${counted(lanes.length, 'lane')}, ${time(from)} to ${time(to)}`,
    ...(onset === undefined ? [] : [`onset ${time(onset)}`]),
    ...(gathered === undefined ? [] : [`gathered ${time(gathered)}`]),
  ].join(', ');
}
