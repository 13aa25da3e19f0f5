import { percent } from '../words.ts';
import { type Html, html } from './markup.ts';
import type { Page } from './page.ts';

/** Links of the chain that must exist and that the input does not show. */
export function inferredList({ report, graph, anchors }: Page): Html | undefined {
  const all = report.inferred ?? [];
  if (all.length === 0) return undefined;
  const named = (id: string) => {
    const title = graph.findings.get(id)?.title ?? id;
    const anchor = anchors.get(id);
    return anchor === undefined ? title : html`<a href="#${anchor}">${title}</a>`;
  };
  return html`<h3>Links that must exist and were not seen <span class="count">${all.length}</span></h3>
<ul class="inferred">${all.map(
    ({ title, cause, effect, strength, because, collectNext }) =>
      html`<li><strong>${title}</strong> <span class="meta">between ${named(cause)} and ${named(effect)}; ${percent(strength)}${because.length > 0 && `; ${because.join('; ')}`}</span>${collectNext.length > 0 && html`<br><span class="meta">Would show it: ${collectNext.join('; ')}</span>`}</li>`,
  )}</ul>`;
}
