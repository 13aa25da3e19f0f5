import type { Statistics } from '../../incidents/statistics.ts';
import type { SearchResult } from '../../incidents/store.ts';
import { type Html, html, trusted } from '../../report/html/markup.ts';
import { counted } from '../../report/words.ts';
import { incidentCard } from './incident-parts.ts';
import { sitePage } from './site-page.ts';

/** What the form of the list holds; every value as it was typed. */
export interface ListForm {
  readonly q: string;
  readonly version: string;
  readonly platform: string;
  readonly status: string;
  readonly signature: string;
  readonly since: string;
}

export interface ListPage {
  readonly form: ListForm;
  readonly result: SearchResult;
  /** Of the whole archive: what can be chosen. */
  readonly statistics: Statistics;
  /** From 1. */
  readonly page: number;
  readonly perPage: number;
  /** What is wrong with the query. */
  readonly problem?: string;
}

const MOST_CHOICES = 40;

export function listPage({ form, result, statistics, page, perPage, problem }: ListPage): string {
  return sitePage('Incidents', '/', [
    html`<section id="drop" class="panel drop" hidden>
<h2>Analyse another</h2>
<p>Drop archives or logs here, or <label class="pick">choose files<input id="pick" class="sr" type="file" multiple></label>.</p>
<ul id="uploads" class="uploads" aria-live="polite"></ul>
</section>
`,
    searchForm(form, statistics),
    problem !== undefined && html`<p class="bad" role="alert">${problem}</p>`,
    html`<h2>${result.total === 0 ? 'No incident found' : `${counted(result.total, 'incident')}${isAsking(form) ? ' found' : ''}`}</h2>
${result.hits.map(incidentCard)}`,
    pages(form, page, Math.ceil(result.total / perPage)),
  ]);
}

function isAsking(form: ListForm): boolean {
  return Object.values(form).some((value) => value !== '');
}

function searchForm(form: ListForm, statistics: Statistics): Html {
  const choices = (values: readonly { readonly value: string }[]) =>
    values.slice(0, MOST_CHOICES).map(({ value }) => value);
  return html`<search><form class="panel asking" method="get" action="/">
<label class="words">Search <input name="q" type="search" value="${form.q}" placeholder="slow disk, 10.46.124.13, component:etcd" autocomplete="off" spellcheck="false"></label>
${choice('version', 'Release', form.version, choices(statistics.versions))}
${choice('platform', 'Platform', form.platform, choices(statistics.platforms))}
${choice('status', 'Verdict', form.status, choices(statistics.verdicts))}
${choice(
  'signature',
  'Root cause or finding',
  form.signature,
  statistics.causes.slice(0, MOST_CHOICES).map(({ signature }) => signature),
)}
<label>Since <input name="since" value="${form.since}" placeholder="2025-12 or 30d" size="10"></label>
<button type="submit">Search</button> <a href="/">Clear</a>
</form></search>
`;
}

function choice(name: string, label: string, chosen: string, values: readonly string[]): Html {
  const all = chosen === '' || values.includes(chosen) ? values : [chosen, ...values];
  return html`<label>${label} <select name="${name}"><option value="">any</option>${all.map((value) => html`<option${value === chosen && trusted(' selected')}>${value}</option>`)}</select></label>`;
}

function pages(form: ListForm, page: number, count: number): Html | undefined {
  if (count <= 1) return undefined;
  const link = (to: number, label: string) =>
    to >= 1 &&
    to <= count &&
    html`<a href="/?${new URLSearchParams({ ...form, page: String(to) }).toString()}">${label}</a> `;
  return html`<nav class="pages" aria-label="Pages of the list">${link(page - 1, 'Newer')}<span class="meta">page ${page} of ${count}</span> ${link(page + 1, 'Older')}</nav>`;
}
