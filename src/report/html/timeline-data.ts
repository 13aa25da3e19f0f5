import { compareText } from '../../model/entity.ts';
import { severityRank } from '../../model/finding.ts';
import type { Report, TimelineEntry } from '../../model/report.ts';
import { parseTime } from '../../model/time.ts';

/** Milliseconds since the epoch: what the axis counts in. */
type Millis = number;

export interface Mark {
  readonly from: Millis;
  readonly to: Millis;
  readonly lane: number;
  /** 0 info to 3 critical. */
  readonly severity: number;
  /** Row of the lane: marks that overlap lie below each other. */
  readonly row: number;
  readonly entry: TimelineEntry;
}

export interface Timeline {
  readonly lanes: readonly string[];
  /** Rows of each lane. */
  readonly rows: readonly number[];
  /** In time order. */
  readonly marks: readonly Mark[];
  /** What the first view shows. */
  readonly from: Millis;
  readonly to: Millis;
  readonly onset: Millis | undefined;
  readonly gathered: Millis | undefined;
}

export function timelineOf(report: Report): Timeline | undefined {
  const timed = report.timeline.flatMap((entry) => {
    const from = millis(entry.at);
    if (from === undefined) return [];
    const until = entry.until === undefined ? from : (millis(entry.until) ?? from);
    return [{ from, to: Math.max(from, until), severity: severityRank(entry.severity), entry }];
  });
  if (timed.length === 0) return undefined;
  const lanes = lanesOf(timed.map(({ entry }) => entry.lane));
  const places = new Map(lanes.map((lane, i) => [lane, i]));
  const placed = timed
    .map((mark) => ({ ...mark, lane: places.get(mark.entry.lane)! }))
    .sort((a, b) => a.from - b.from || a.lane - b.lane);
  const view = firstView(report, placed);
  const { marks, rows } = inRows(placed, lanes.length, (view.to - view.from) * GAP);
  return { lanes, rows, marks, ...view, onset: onsetOf(report), gathered: millis(report.window.gatheredAt) };
}

/** Least distance of two marks in one row, in parts of the first view. */
const GAP = 0.01;
/** What overlaps more often shares the last row. */
const MOST_ROWS = 5;

function inRows(marks: readonly Omit<Mark, 'row'>[], lanes: number, gap: Millis): { marks: Mark[]; rows: number[] } {
  const ends: Millis[][] = Array.from({ length: lanes }, () => []);
  const placed = marks.map((mark) => {
    const taken = ends[mark.lane]!;
    const free = taken.findIndex((end) => end + gap <= mark.from);
    const row = free >= 0 ? free : Math.min(taken.length, MOST_ROWS - 1);
    taken[row] = Math.max(taken[row] ?? mark.to, mark.to);
    return { ...mark, row };
  });
  return { marks: placed, rows: ends.map((taken) => taken.length) };
}

const KINDS = ['cluster', 'node', 'operator', 'namespace'];

function lanesOf(names: readonly string[]): string[] {
  const kind = (lane: string) => {
    const place = KINDS.indexOf(lane.split(' ')[0]!);
    return place < 0 ? KINDS.length : place;
  };
  return [...new Set(names)].sort((a, b) => kind(a) - kind(b) || compareText(a, b));
}

/** Entries this far outside the window, in parts of it, still belong to the picture. */
const MARGIN = 0.25;
const SHORTEST_VIEW: Millis = 60_000;

/**
 * The window of the evidence, with the entries near it: one condition of years ago must not press an incident of an hour
 * into a line.
 */
function firstView(report: Report, marks: readonly Omit<Mark, 'row'>[]): { from: Millis; to: Millis } {
  const { window } = report;
  const low = marks.reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY);
  const high = marks.reduce((most, { to }) => Math.max(most, to), Number.NEGATIVE_INFINITY);
  const start = millis(window.from) ?? low;
  const end = Math.max(millis(window.to) ?? high, millis(window.gatheredAt) ?? Number.NEGATIVE_INFINITY);
  const reach = (end - start) * MARGIN;
  const near = marks.filter(({ from, to }) => to >= start - reach && from <= end + reach);
  const from = near.reduce((least, mark) => (mark.from >= start - reach ? Math.min(least, mark.from) : least), start);
  const to = near.reduce((most, mark) => (mark.to <= end + reach ? Math.max(most, mark.to) : most), end);
  return to - from >= SHORTEST_VIEW ? { from, to } : { from, to: from + SHORTEST_VIEW };
}

/** When the report says it began, else when the first root cause, or what it explains, was first seen. */
function onsetOf(report: Report): Millis | undefined {
  const began = millis(report.impact?.began);
  if (began !== undefined) return began;
  const findings = new Map(report.findings.map((finding) => [finding.id, finding]));
  for (const cause of report.rootCauses) {
    const own = millis(findings.get(cause.finding)?.firstSeen);
    if (own !== undefined) return own;
    const effects = cause.explains.flatMap((id) => millis(findings.get(id)?.firstSeen) ?? []);
    if (effects.length > 0) return effects.reduce((least, at) => Math.min(least, at));
  }
  return undefined;
}

function millis(time: string | undefined): Millis | undefined {
  const at = time === undefined ? undefined : parseTime(time);
  return at === undefined ? undefined : Math.floor(at / 1000);
}
