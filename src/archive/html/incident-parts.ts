import type { IncidentSummary } from '../../incidents/incident.ts';
import type { SearchHit } from '../../incidents/store.ts';
import { type Html, html } from '../../report/html/markup.ts';
import { percent, readableTime } from '../../report/words.ts';

/** How bad a verdict is, in the words of the report's styles. */
const LOOKS: Readonly<Record<IncidentSummary['verdict']['status'], string>> = {
  failed: 'critical',
  degraded: 'error',
  inconclusive: 'warning',
  healthy: 'info',
};

/** An incident in a list: what it was, where and when, and where searched words stand. */
export function incidentCard({ incident, snippets }: Pick<SearchHit, 'incident' | 'snippets'>): Html {
  return html`<article class="card incident ${LOOKS[incident.verdict.status]}">
<h3><a href="/incidents/${incident.id}">${incident.causes[0]?.title ?? incident.verdict.summary}</a></h3>
${factsOf(incident)}
${incident.causes.length > 1 && html`<ul>${incident.causes.slice(1, 4).map(({ title, confidence }) => html`<li>${title} <span class="meta">${percent(confidence)}</span></li>`)}</ul>`}
${snippets.map(({ field, parts }) => html`<p class="snippet"><span class="kind">${field}</span>${parts.map(({ text, marked }) => (marked ? html`<mark>${text}</mark>` : text))}</p>`)}
</article>
`;
}

export function factsOf({ verdict, at, version, platform, name, id }: IncidentSummary): Html {
  const facts = [verdict.status, readableTime(at).slice(0, 10), version, platform, name, id];
  return html`<p class="meta">${facts.filter((fact) => fact !== undefined).map((fact) => html`<span>${fact}</span> `)}</p>`;
}
