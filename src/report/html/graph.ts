import { entityKey } from '../../model/entity.ts';
import type { ReportFinding } from '../../model/report.ts';
import { clip, visible, wrap } from '../text-safety.ts';
import { entitiesInWords, percent } from '../words.ts';
import { BOX, type Box, type Layout, type Line, layoutGraph } from './graph-layout.ts';
import { graphPart } from './graph-selection.ts';
import { inferredList } from './inferred.ts';
import { type Html, html } from './markup.ts';
import type { Page } from './page.ts';

/** The causal graph as a picture: causes left, symptoms right; every box is a link to its evidence. */
export function graphSection(page: Page): Html | undefined {
  const part = graphPart(page.report);
  if (part.edges.length === 0) return undefined;
  const layout = layoutGraph(part);
  return html`<section id="graph" aria-labelledby="graph-title">
<h2 id="graph-title">Causal graph</h2>
<p class="meta">Causes left, what they led to right; dashed lines are suspected, not proven. Point at a box, or reach it with the tab key, to light the paths through it; follow it to its evidence.${part.left > 0 && ` ${part.left} connected findings are left out.`}</p>
<div class="picture scroll" tabindex="0" role="region" aria-label="Causal graph, scrollable">${drawing(page, layout)}</div>
${inferredList(page)}
</section>`;
}

function drawing(page: Page, { width, height, boxes, lines }: Layout): Html {
  const places = new Map(boxes.map(({ id }, i) => [id, i]));
  const titles = Map.groupBy(page.report.findings, ({ title }) => title);
  return html`<svg class="causal" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="group" aria-label="Findings and what caused them">
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z"/></marker></defs>
<g aria-hidden="true">${lines.map((line) => edgePath(line, places))}</g>
${boxes.map((box, i) => boxLink(page, box, i, titles))}
</svg>`;
}

function edgePath({ cause, effect, strength, because, points }: Line, places: ReadonlyMap<string, number>): Html {
  return html`<path class="edge${strength < 0.5 && ' weak'}" data-from="${places.get(cause)}" data-to="${places.get(effect)}" d="${curve(points)}" marker-end="url(#tip)"><title>${percent(strength)}: ${because.join('; ')}</title></path>`;
}

/** A smooth line through the points that the layout gave. */
function curve(points: Line['points']): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let path = `M${first.x} ${first.y}`;
  let from = first;
  for (const to of rest) {
    const middle = Math.round((from.x + to.x) / 2);
    path += `C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
    from = to;
  }
  return path;
}

/** Columns of a title that fit into a box. */
const COLUMNS = 31;
const LINES = 3;

function boxLink(page: Page, { id, x, y }: Box, place: number, titles: Titles): Html {
  const finding = page.graph.findings.get(id);
  const rank = page.graph.ranks.get(id);
  const left = x - BOX.width / 2;
  const top = y - BOX.height / 2;
  const lines = wrap(visible(finding?.title ?? id), COLUMNS, LINES);
  return html`<a class="node ${finding?.severity ?? 'info'}${rank !== undefined && ' root'}" href="#${page.anchors.get(id)}" data-node="${place}"><title>${nameOf(finding, rank)}</title>
<rect class="box" x="${left}" y="${top}" width="${BOX.width}" height="${BOX.height}" rx="7"/><rect class="stripe" x="${left}" y="${top}" width="5" height="${BOX.height}" rx="2"/>
${rank !== undefined && html`<circle class="badge" cx="${left + BOX.width - 4}" cy="${top + 4}" r="10"/><text class="badge" x="${left + BOX.width - 4}" y="${top + 8}" text-anchor="middle">${rank}</text>`}
<svg x="${left + 13}" y="${top}" width="${BOX.width - 17}" height="${BOX.height}">${lines.map((line, i) => html`<text y="${(lines.length < LINES ? 24 : 18) + i * 15}">${line}</text>`)}<text class="about" y="${BOX.height - 9}">${about(finding, titles)}</text></svg></a>`;
}

type Titles = ReadonlyMap<string, readonly ReportFinding[]>;

/** What the finding is about: first what tells it from others of the same title. */
function about(finding: ReportFinding | undefined, titles: Titles): string {
  const others = (titles.get(finding?.title ?? '') ?? []).filter((other) => other !== finding).slice(0, 20);
  const shared = new Set(others.flatMap((other) => other.entities.map(entityKey)));
  const entities = (finding?.entities.filter(({ kind }) => kind !== 'cluster') ?? []).sort(
    (a, b) => Number(shared.has(entityKey(a))) - Number(shared.has(entityKey(b))),
  );
  return clip(visible(entities.length === 0 ? 'cluster' : entitiesInWords(entities, 1)), COLUMNS);
}

function nameOf(finding: ReportFinding | undefined, rank: number | undefined): string {
  if (finding === undefined) return 'unknown finding';
  return `${rank === undefined ? '' : `root cause ${rank}, `}${finding.severity}: ${finding.title} (${entitiesInWords(finding.entities, 2)})`;
}
