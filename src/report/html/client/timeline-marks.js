export const SEVERITIES = ['info', 'warning', 'error', 'critical'];

/** The packed timeline as typed columns, so that filtering fifty thousand marks takes a millisecond or two. */
export function marksOf(data) {
  const count = data.lane.length;
  const from = new Float64Array(count);
  const to = new Float64Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    at += data.from[i];
    from[i] = at;
    to[i] = at + data.lasting[i];
  }
  return {
    count,
    from,
    to,
    lane: Uint32Array.from(data.lane),
    row: Uint8Array.from(data.row, Number),
    severity: Uint8Array.from(data.severity, Number),
  };
}

/** Places of the marks that a filter lets through. */
export function filtered(data, marks, { severities, lane, text }) {
  const wanted = text.trim().toLowerCase();
  const matches = wanted === '' ? null : data.texts.map((each) => each.toLowerCase().includes(wanted));
  const lanes = wanted === '' ? null : data.lanes.map((each) => each.toLowerCase().includes(wanted));
  const places = [];
  for (let i = 0; i < marks.count; i++) {
    if (!severities[marks.severity[i]]) continue;
    if (lane !== '' && marks.lane[i] !== Number(lane)) continue;
    if (matches !== null && !matches[data.text[i]] && !matches[data.source[i]] && !lanes[marks.lane[i]]) continue;
    places.push(i);
  }
  return places;
}

/** Cells of the tracks, as the page has them without its script: the worst mark of each column. */
export function cellsIn(marks, places, first, tracks, [from, to], columns) {
  const scale = columns / (to - from);
  const column = (at) => Math.min(columns - 1, Math.max(0, Math.floor((at - from) * scale)));
  const worst = new Int32Array(columns * tracks).fill(-1);
  const counts = new Uint32Array(columns * tracks);
  for (const i of places) {
    const lane = first.get(marks.lane[i]);
    if (lane === undefined || marks.to[i] < from || marks.from[i] > to) continue;
    const start = (lane + marks.row[i]) * columns;
    const last = column(marks.to[i]);
    for (let x = column(marks.from[i]); x <= last; x++) {
      counts[start + x]++;
      if (worst[start + x] < 0 || marks.severity[worst[start + x]] < marks.severity[i]) worst[start + x] = i;
    }
  }
  const cells = [];
  for (let track = 0; track < tracks; track++) {
    let open;
    for (let x = 0; x < columns; x++) {
      const mark = worst[track * columns + x];
      const count = counts[track * columns + x];
      if (mark < 0) open = undefined;
      else if (open?.mark === mark) {
        open.last = x;
        open.count = Math.max(open.count, count);
      } else {
        open = { first: x, last: x, mark, count };
        cells.push(open);
      }
    }
  }
  return cells;
}

const TICKS = [
  1, 5, 15, 60, 300, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 2592000, 7776000, 31536000,
  315360000,
].map((seconds) => seconds * 1000);

export function ticksIn([from, to], most) {
  const step = TICKS.find((each) => (to - from) / each <= most) ?? (to - from) / most;
  const ticks = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    const iso = new Date(at).toISOString();
    const label = step >= 86400000 ? iso.slice(0, 10) : `${iso.slice(5, 10)} ${iso.slice(11, step < 60000 ? 19 : 16)}`;
    ticks.push({ at, label });
  }
  return ticks;
}

export function readable(at) {
  return new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
}
