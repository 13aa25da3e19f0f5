import { cellsIn, filtered, marksOf, readable, SEVERITIES, ticksIn } from './timeline-marks.js';
import { unpack } from './unpack.js';

const SVG = 'http://www.w3.org/2000/svg';
const LABELS = 190;
const ROW = 17;
const TOP = 34;
const COLUMN = 4;
const LETTER = 6.1;
const NARROWEST_LABEL = 90;
const MOST_LANES = 60;
const MOST_LISTED = 200;
const SHORTEST_VIEW = 1000;

function drawn(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  made.append(...children);
  return made;
}

/** Zooms and filters the swimlanes. Draws once a frame at most, and never more cells than the picture has columns. */
function liveTimeline(data) {
  const box = document.getElementById('lanes');
  const form = document.getElementById('lanes-controls');
  const status = document.getElementById('lanes-status');
  const list = document.querySelector('#timeline details.entries');
  const marks = marksOf(data);
  const width = Number(box.querySelector('svg').getAttribute('width'));
  const columns = Math.floor((width - LABELS - 10) / COLUMN);
  let view = [...data.view];
  let places = [];
  let pending = 0;

  const x = (at) => LABELS + ((at - view[0]) / (view[1] - view[0])) * columns * COLUMN;
  const timeAt = (pixel) => view[0] + ((pixel - LABELS) / (columns * COLUMN)) * (view[1] - view[0]);

  function draw() {
    pending = 0;
    const present = [...new Set(places.map((i) => marks.lane[i]))].sort((a, b) => a - b);
    const lanes = present.slice(0, MOST_LANES);
    const first = new Map();
    let tracks = 0;
    for (const lane of lanes) {
      first.set(lane, tracks);
      tracks += data.rows[lane];
    }
    const tops = new Map(lanes.map((lane, i) => [lane, TOP + first.get(lane) * ROW + i * (ROW / 2)]));
    const height = TOP + tracks * ROW + lanes.length * (ROW / 2) + 4;
    const svg = drawn('svg', { class: 'lanes', width, height, viewBox: `0 0 ${width} ${height}`, role: 'group' });
    svg.setAttribute('aria-label', `${lanes.length} lanes, ${readable(view[0])} to ${readable(view[1])}`);
    for (const [lane, top] of tops) {
      const name = data.lanes[lane];
      const label = name.length > 28 ? `${name.slice(0, 27)}…` : name;
      const odd = svg.childElementCount % 4 === 2;
      svg.append(
        drawn('rect', {
          class: odd ? 'lane odd' : 'lane',
          x: 0,
          y: top,
          width,
          height: data.rows[lane] * ROW + ROW / 2,
        }),
        drawn('text', { class: 'lane', x: 8, y: top + 17 }, label),
      );
    }
    for (const { at, label } of ticksIn(view, 8)) {
      svg.append(
        drawn('line', { class: 'tick', x1: x(at), x2: x(at), y1: TOP, y2: height }),
        drawn('text', { class: 'tick', x: Math.min(x(at), width - 36), y: TOP - 20, 'text-anchor': 'middle' }, label),
      );
    }
    for (const cell of cellsIn(marks, places, first, tracks, view, columns)) svg.append(cellElement(cell, tops));
    for (const name of ['onset', 'gathered']) svg.append(...instantElements(name, height));
    box.replaceChildren(svg);
    say(present.length);
  }

  function cellElement({ first, last, mark, count }, tops) {
    const severity = SEVERITIES[marks.severity[mark]];
    const text = data.texts[data.text[mark]];
    const more = count > 1 ? ` (and ${count - 1} more here)` : '';
    const left = LABELS + first * COLUMN;
    const top = tops.get(marks.lane[mark]) + marks.row[mark] * ROW + ROW / 4;
    const wide = (last - first + 1) * COLUMN;
    const shape = drawn('a', { tabindex: -1 });
    shape.append(
      drawn(
        'rect',
        { class: `mark ${severity}`, x: left, y: top, width: wide, height: ROW - 2, rx: 2 },
        drawn('title', {}, `${readable(marks.from[mark])} ${text}${more}`),
      ),
    );
    if (wide >= NARROWEST_LABEL) {
      const letters = Math.floor((wide - 10) / LETTER);
      const label = text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
      shape.append(drawn('text', { class: `label ${severity}`, x: left + 5, y: top + 11 }, label));
    }
    const anchor = data.texts[data.anchor[mark]];
    if (anchor !== '') shape.setAttribute('href', `#${anchor}`);
    return shape;
  }

  function instantElements(name, height) {
    const at = data[name];
    if (at === undefined || at < view[0] || at > view[1]) return [];
    const place = x(at);
    const right = place > width / 2;
    return [
      drawn('line', { class: name, x1: place, x2: place, y1: TOP - 12, y2: height }),
      drawn(
        'text',
        { class: name, x: place + (right ? -4 : 4), y: TOP - 5, 'text-anchor': right ? 'end' : 'start' },
        name,
      ),
    ];
  }

  function inView() {
    return places.filter((i) => marks.to[i] >= view[0] && marks.from[i] <= view[1]);
  }

  function say(lanes) {
    const shown = inView();
    const left = lanes > MOST_LANES ? `; the picture shows ${MOST_LANES} of ${lanes} lanes` : '';
    status.textContent = `${shown.length} of ${marks.count} entries, ${readable(view[0])} to ${readable(view[1])}${left}`;
    if (list.open) fill(shown);
  }

  function fill(shown) {
    const rows = shown.slice(0, MOST_LISTED).map((i) => {
      const severity = SEVERITIES[marks.severity[i]];
      const anchor = data.texts[data.anchor[i]];
      const text = data.texts[data.text[i]];
      const what = element('td', '', text);
      if (anchor !== '') {
        const link = element('a', '', text);
        link.href = `#${anchor}`;
        what.replaceChildren(link);
      }
      const source = data.texts[data.source[i]];
      if (source !== '') what.title = source;
      const until = marks.to[i] > marks.from[i] ? ` to ${readable(marks.to[i])}` : '';
      return element(
        'tr',
        '',
        element('td', 'time', readable(marks.from[i]) + until),
        element('td', '', data.lanes[marks.lane[i]]),
        element('td', '', element('span', `severity ${severity}`, severity)),
        what,
      );
    });
    document.querySelector('#entries tbody').replaceChildren(...rows);
    document.getElementById('entries-left')?.remove();
    list.querySelector('.count').textContent =
      shown.length > MOST_LISTED ? `first ${MOST_LISTED} of ${shown.length} in view` : `${shown.length} in view`;
  }

  function redraw() {
    if (pending === 0) pending = requestAnimationFrame(draw);
  }

  function show(from, to) {
    const length = Math.max(SHORTEST_VIEW, to - from);
    view = [from, from + length];
    redraw();
  }

  function zoom(factor, around = (view[0] + view[1]) / 2) {
    show(around - (around - view[0]) * factor, around + (view[1] - around) * factor);
  }

  function move(part) {
    const by = (view[1] - view[0]) * part;
    show(view[0] + by, view[1] + by);
  }

  const moves = {
    in: () => zoom(0.5),
    out: () => zoom(2),
    left: () => move(-0.25),
    right: () => move(0.25),
    all: () => show(...data.view),
  };
  const keys = { '+': 'in', '=': 'in', '-': 'out', ArrowLeft: 'left', ArrowRight: 'right', 0: 'all' };

  function refilter() {
    places = filtered(data, marks, {
      severities: SEVERITIES.map((severity) => form.elements[severity].checked),
      lane: form.elements.lane.value,
      text: form.elements.text.value,
    });
    redraw();
  }

  form.addEventListener('input', refilter);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('click', (event) => moves[event.target.closest('button')?.name]?.());
  box.addEventListener('keydown', (event) => {
    const name = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (name === undefined) return;
    event.preventDefault();
    moves[name]();
  });
  list.addEventListener('toggle', () => list.open && fill(inView()));
  dragToZoom(
    box,
    (from, to) => show(timeAt(from), timeAt(to)),
    (pixel, factor) => zoom(factor, timeAt(pixel)),
  );
  form.hidden = false;
  refilter();
}

/** Dragging over the lanes zooms to what was dragged over; the wheel zooms with Ctrl, a double click shows all. */
function dragToZoom(box, choose, wheel) {
  let start;
  let band;
  const pixel = (event) => event.clientX - box.querySelector('svg').getBoundingClientRect().left;
  box.addEventListener('pointerdown', (event) => {
    if (event.button === 0 && event.pointerType !== 'touch') start = pixel(event);
  });
  addEventListener('pointermove', (event) => {
    if (start === undefined) return;
    const now = pixel(event);
    if (Math.abs(now - start) < 6) return;
    band ??= box.querySelector('svg').appendChild(drawn('rect', { class: 'band', y: 0, height: '100%' }));
    band.setAttribute('x', Math.min(start, now));
    band.setAttribute('width', Math.abs(now - start));
    event.preventDefault();
  });
  addEventListener('pointerup', (event) => {
    if (band !== undefined) {
      band.remove();
      const ends = [start, pixel(event)].sort((a, b) => a - b);
      choose(...ends);
      // What was a drag is no click on the mark below.
      addEventListener('click', (click) => click.preventDefault(), { capture: true, once: true });
    }
    start = undefined;
    band = undefined;
  });
  box.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      wheel(pixel(event), event.deltaY > 0 ? 1.25 : 0.8);
    },
    { passive: false },
  );
}

/** The data is unpacked when the timeline comes near the screen: a report is read from the top. */
const lanesBox = document.getElementById('lanes');
if (lanesBox !== null) {
  const observer = new IntersectionObserver(
    async (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      const data = await unpack('timeline-data');
      if (data !== undefined) liveTimeline(data);
    },
    { rootMargin: '600px' },
  );
  observer.observe(lanesBox);
}
