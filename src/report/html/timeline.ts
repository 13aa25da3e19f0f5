import { SEVERITIES } from '../../model/finding.ts';
import { clip, visible } from '../text-safety.ts';
import { counted, readableTime, timeRange } from '../words.ts';
import { type Html, html } from './markup.ts';
import { pack } from './pack.ts';
import { type Page, shortPath } from './page.ts';
import { type Mark, type Timeline, timelineOf } from './timeline-data.ts';
import { MOST_LANES, timelinePicture } from './timeline-picture.ts';

/** Rows of the table without the script. */
const MOST_ROWS = 1000;
/** Lanes to choose from; the text filter reaches the others. */
const MOST_CHOICES = 2000;

/** Swimlanes per node and operator, complete without the script; with it they zoom and filter. */
export function timelineSection(page: Page): Html | undefined {
  const timeline = timelineOf(page.report);
  if (timeline === undefined) return undefined;
  const { marks, lanes } = timeline;
  return html`<section id="timeline" aria-labelledby="timeline-title">
<h2 id="timeline-title">Timeline <span class="count">${marks.length}</span></h2>
${controls(lanes)}
<div class="picture scroll" id="lanes" tabindex="0" role="region" aria-label="Timeline in lanes; with scripts on, plus and minus zoom, arrows move, zero shows all">${timelinePicture(page, timeline)}</div>
${lanes.length > MOST_LANES && html`<p class="meta">The picture shows ${MOST_LANES} of ${counted(lanes.length, 'lane')}; a filter brings the others.</p>`}
<p id="lanes-status" class="meta" role="status"></p>
<details class="fold entries"><summary><h3>Entries</h3> <span class="count">${marks.length}</span></summary>
<div class="scroll tall" tabindex="0" role="region" aria-label="Entries of the timeline">${table(page, marks)}</div></details>
<script type="text/plain" id="timeline-data">${pack(dataOf(page, timeline))}</script>
</section>`;
}

function controls(lanes: readonly string[]): Html {
  return html`<form class="controls" id="lanes-controls" hidden>
<fieldset><legend class="sr">Severity</legend>${SEVERITIES.toReversed().map((severity) => html`<label><input type="checkbox" name="${severity}" checked> <span class="severity ${severity}">${severity}</span></label>`)}</fieldset>
<label>Lane <select name="lane"><option value="">all ${lanes.length}</option>${lanes.slice(0, MOST_CHOICES).map((lane, i) => html`<option value="${i}">${clip(visible(lane), 60)}</option>`)}</select></label>
<label>Text <input type="search" name="text" autocomplete="off" spellcheck="false"></label>
<span class="buttons"><button type="button" name="left" aria-label="Earlier">←</button><button type="button" name="in" aria-label="Zoom in">+</button><button type="button" name="out" aria-label="Zoom out">−</button><button type="button" name="right" aria-label="Later">→</button><button type="button" name="all">Show all</button></span>
</form>`;
}

function table(page: Page, marks: readonly Mark[]): Html {
  const shown = marks.length <= MOST_ROWS ? marks : worst(marks);
  const left = marks.length - shown.length;
  return html`<table id="entries"><thead><tr><th scope="col">Time (UTC)</th><th scope="col">Where</th><th scope="col">Severity</th><th scope="col">What</th></tr></thead><tbody>${shown.map(({ entry }) => row(page, entry))}</tbody></table>${left > 0 && html`<p class="meta" id="entries-left">${counted(left, 'less severe entry', 'less severe entries')} more: filter and zoom above, or read the JSON report.</p>`}`;
}

/** The most severe entries, in time order again. */
function worst(marks: readonly Mark[]): Mark[] {
  return marks
    .toSorted((a, b) => b.severity - a.severity || a.from - b.from)
    .slice(0, MOST_ROWS)
    .sort((a, b) => a.from - b.from || a.lane - b.lane);
}

function row(page: Page, entry: Mark['entry']): Html {
  const anchor = entry.finding === undefined ? undefined : page.anchors.get(entry.finding);
  const time = entry.until === undefined ? readableTime(entry.at) : timeRange(entry.at, entry.until);
  return html`<tr><td class="time">${time}</td><td>${entry.lane}</td><td><span class="severity ${entry.severity}">${entry.severity}</span></td><td>${anchor === undefined ? entry.text : html`<a href="#${anchor}">${entry.text}</a>`}</td></tr>`;
}

/** The marks in columns, every distinct text once: what the script needs to zoom and filter. */
function dataOf(page: Page, { lanes, rows, marks, from, to, onset, gathered }: Timeline): object {
  const texts = new Map<string, number>();
  const place = (text: string) => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    texts.set(text, texts.size);
    return texts.size - 1;
  };
  const columns = {
    from: marks.map((mark, i) => mark.from - (marks[i - 1]?.from ?? 0)),
    lasting: marks.map((mark) => mark.to - mark.from),
    lane: marks.map(({ lane }) => lane),
    row: marks.map(({ row: each }) => each).join(''),
    severity: marks.map(({ severity }) => severity).join(''),
    text: marks.map(({ entry }) => place(visible(entry.text))),
    anchor: marks.map(({ entry }) => place(page.anchors.get(entry.finding ?? '') ?? '')),
    source: marks.map(({ entry }) => place(visible(shortPath(page, entry.source ?? '')))),
  };
  return { view: [from, to], onset, gathered, lanes: lanes.map(visible), rows, texts: [...texts.keys()], ...columns };
}
