import type { IncomingMessage } from 'node:http';
import { text as readStream } from 'node:stream/consumers';
import { findSimilar } from '../../archive/find-similar.ts';
import { archiveStyle } from '../../archive/html/document.ts';
import { incidentPage } from '../../archive/html/incident-page.ts';
import { type ListForm, listPage } from '../../archive/html/list-page.ts';
import { siteScript } from '../../archive/html/site-script.ts';
import { statsPage } from '../../archive/html/stats.ts';
import type { Incident } from '../../incidents/incident.ts';
import { parseQuery } from '../../incidents/query.ts';
import type { IncidentFilter, IncidentStore } from '../../incidents/store.ts';
import { UserError } from '../../model/errors.ts';
import { formatTime } from '../../model/time.ts';
import { render } from '../../report/render.ts';
import { type Answer, Refusal } from './respond.ts';
import type { UploadQueue } from './upload-queue.ts';

export interface Site {
  readonly archive: IncidentStore;
  readonly uploads: UploadQueue;
  /** Signatures of the catalogue. */
  readonly signatures: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const PER_PAGE = 25;
const LONGEST_QUERY = 1000;
const LONGEST_FORM = 100_000;

/** What the site answers to a request that `guard` let through. @throws Refusal */
export async function answer(site: Site, request: IncomingMessage): Promise<Answer> {
  if (!/^\/(?!\/)/.test(request.url ?? '')) throw new Refusal(404, 'there is nothing here');
  const url = new URL(request.url!, 'http://site');
  const route = `${request.method === 'POST' ? 'POST' : 'GET'} ${url.pathname}`;
  switch (route) {
    case 'GET /':
      return list(site, url.searchParams);
    case 'GET /statistics':
      return statistics(site);
    case 'GET /uploads':
      return { type: 'json', body: JSON.stringify(site.uploads.list()) };
    case 'POST /uploads':
      return { type: 'json', status: 202, body: JSON.stringify(await site.uploads.receive(request)) };
    case 'GET /assets/style.css':
      return { type: 'css', body: archiveStyle() };
    case 'GET /assets/site.js':
      return { type: 'js', body: siteScript() };
  }
  const [, method, id = '', part] =
    /^(GET|POST) \/incidents\/([0-9a-f]{16})(?:\/(report|report\.json|notes))?$/.exec(route) ?? [];
  if (method === 'POST' && part === 'notes') return note(site, id, request);
  if (method !== 'GET' || part === 'notes') throw new Refusal(404, 'there is nothing here');
  return showIncident(site, await incidentOf(site, id), part);
}

async function incidentOf({ archive }: Site, id: string): Promise<Incident> {
  const incident = await archive.get(id);
  if (incident === undefined) throw new Refusal(404, 'there is no such incident');
  return incident;
}

async function showIncident({ archive }: Site, incident: Incident, part: string | undefined): Promise<Answer> {
  if (part === 'report.json') return { type: 'json', body: render(incident.report, 'json') };
  if (part === 'report') {
    const body = render(incident.report, 'html');
    // The report brings its own policy, by the digests of its script and styles.
    const own = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(body)?.[1] ?? "default-src 'none'";
    return { type: 'html', body, policy: `${own}; frame-ancestors 'none'` };
  }
  const except = new Set([incident.summary.id]);
  return {
    type: 'html',
    body: incidentPage(incident, await findSimilar(archive, incident.report, { most: 5, except })),
  };
}

async function list({ archive, now }: Site, given: URLSearchParams): Promise<Answer> {
  const value = (name: keyof ListForm) => (given.get(name) ?? '').slice(0, LONGEST_QUERY).trim();
  const form: ListForm = {
    q: value('q'),
    version: value('version'),
    platform: value('platform'),
    status: value('status'),
    signature: value('signature'),
    since: value('since'),
  };
  const page = /^[1-9]\d{0,6}$/.test(given.get('page') ?? '') ? Number(given.get('page')) : 1;
  const statistics = await archive.statistics({});
  const shown = { form, statistics, page, perPage: PER_PAGE };
  try {
    const { words, filter } = queryOf(form, now());
    const result = await archive.search({ words, filter, page: { skip: (page - 1) * PER_PAGE, most: PER_PAGE } });
    return { type: 'html', body: listPage({ ...shown, result }) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return {
      type: 'html',
      status: 400,
      body: listPage({ ...shown, result: { total: 0, hits: [] }, problem: error.message }),
    };
  }
}

/** The form's fields and those typed among the words hold together. */
function queryOf(form: ListForm, now: number): { words: string; filter: IncidentFilter } {
  const { words, filter } = parseQuery(form.q, now * 1000);
  const since =
    form.since === '' ? undefined : parseQuery(`since:${form.since.replaceAll(/\s/g, '')}`, now * 1000).filter.since;
  const chosen = (name: 'version' | 'platform' | 'status' | 'signature') =>
    form[name] === '' ? {} : { [name]: [form[name]] };
  return {
    words,
    filter: {
      ...filter,
      ...chosen('version'),
      ...chosen('platform'),
      ...chosen('status'),
      ...chosen('signature'),
      ...(since !== undefined && { since }),
    },
  };
}

async function statistics({ archive, signatures }: Site): Promise<Answer> {
  const all = await archive.statistics({});
  const hits = new Set(all.hits.map(({ value }) => value));
  const neverHit = signatures.filter((id) => !hits.has(id));
  return { type: 'html', body: statsPage({ statistics: all, failures: await archive.failures(), neverHit }) };
}

async function note({ archive, now }: Site, id: string, request: IncomingMessage): Promise<Answer> {
  if (Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY) > LONGEST_FORM) {
    throw new Refusal(413, 'too long for a note');
  }
  const form = new URLSearchParams(await readStream(request));
  const text = (form.get('text') ?? '').trim();
  const by = (form.get('by') ?? '').trim().slice(0, 100);
  if (text === '' || text.length > 20_000) throw new Refusal(400, 'a note has between 1 and 20000 characters');
  if ((await archive.get(id)) === undefined) throw new Refusal(404, 'there is no such incident');
  const at = formatTime(Math.floor(now() / 1000) * 1e6);
  await archive.note(id, { at, text, resolution: form.has('resolution'), ...(by !== '' && { by }) });
  return { type: 'text', status: 303, body: '', headers: { location: `/incidents/${id}` } };
}
