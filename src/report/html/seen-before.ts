import { percent } from '../words.ts';
import { type Html, html } from './markup.ts';
import type { Page } from './page.ts';

/** Incidents of an archive that were like this one. */
export function seenBeforeSection(page: Page): Html | undefined {
  const { seenBefore = [] } = page.report;
  if (seenBefore.length === 0) return undefined;
  return html`<section id="seen-before" aria-labelledby="seen-before-title">
<h2 id="seen-before-title">Seen before <span class="count">${seenBefore.length}</span></h2>
${seenBefore.map(
  (one) => html`<article class="card">
<h3>${one.name}</h3>
<p class="meta"><span>${percent(one.likeness)} alike</span> <span>${one.at.slice(0, 10)}</span> <span>incident ${one.incident}</span></p>
<ul>${one.causes.map((cause) => html`<li>${cause}</li>`)}</ul>
${one.resolutions.map(({ text, by }) => html`<p><strong>Resolved:</strong> ${text}${by !== undefined && html` (${by})`}</p>`)}
<dl class="facts">${fact('Same', one.same)}${fact('Only here', one.onlyHere)}${fact('Only there', one.onlyThere)}</dl>
</article>`,
)}
</section>`;
}

function fact(label: string, texts: readonly string[]): Html | undefined {
  return texts.length === 0
    ? undefined
    : html`<div><dt>${label}</dt>${texts.map((text) => html`<dd>${text}</dd>`)}</div>`;
}
