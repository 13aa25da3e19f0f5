import { type Html, html } from '../../report/html/markup.ts';
import { clip, visible } from '../../report/text-safety.ts';
import type { Bars } from '../stats-sections.ts';

const WIDTH = 720;
const ROW = 26;
const LABEL = 250;
const COLUMNS_HEIGHT = 170;

/** A bar chart as plain SVG: no script draws it, and every bar says its number. */
export function chart(bars: Bars): Html {
  return bars.along === 'time' ? columns(bars) : rows(bars);
}

function rows({ name, values }: Bars): Html {
  const most = Math.max(1, ...values.map(({ count }) => count));
  const room = WIDTH - LABEL - 60;
  const height = values.length * ROW + 6;
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${spoken(name, values)}">
${values.map(({ value, count }, i) => {
  const length = Math.max(count > 0 ? 2 : 0, Math.round((count / most) * room));
  const middle = i * ROW + ROW / 2 + 3;
  return html`<g><title>${value}: ${count}</title><text class="name" x="${LABEL - 10}" y="${middle + 4}">${clip(visible(value), 36)}</text><rect class="bar-of" x="${LABEL}" y="${middle - 9}" width="${length}" height="18" rx="3"/><text x="${LABEL + length + 8}" y="${middle + 4}">${count}</text></g>`;
})}
</svg>`;
}

/** Labels that would run into each other are left out. */
const LABEL_EVERY = 56;

function columns({ name, values }: Bars): Html {
  const most = Math.max(1, ...values.map(({ count }) => count));
  const step = Math.min(48, WIDTH / values.length);
  const every = Math.ceil(LABEL_EVERY / step);
  const base = COLUMNS_HEIGHT - 24;
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${COLUMNS_HEIGHT}" width="${WIDTH}" height="${COLUMNS_HEIGHT}" role="img" aria-label="${spoken(name, values)}">
<line class="base" x1="0" y1="${base + 0.5}" x2="${Math.ceil(step * values.length)}" y2="${base + 0.5}"/>
${values.map(({ value, count }, i) => {
  const height = Math.round((count / most) * (base - 22));
  const x = Math.round(i * step);
  return html`<g><title>${value}: ${count}</title><rect class="bar-of" x="${x + 2}" y="${base - height}" width="${Math.max(2, Math.round(step - 5))}" height="${height}" rx="2"/>${step >= 22 && html`<text class="over" x="${x + Math.round(step / 2)}" y="${base - height - 5}">${count}</text>`}${i % every === 0 && html`<text class="under" x="${x + 2}" y="${base + 17}">${value}</text>`}</g>`;
})}
</svg>`;
}

function spoken(name: string, values: Bars['values']): string {
  return `${name}. ${values.map(({ value, count }) => `${value}: ${count}`).join(', ')}`;
}
