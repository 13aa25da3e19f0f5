import type { Incident } from '../../incidents/incident.ts';
import type { SeenBefore } from '../../model/report.ts';
import { type Html, html, multiline } from '../../report/html/markup.ts';
import { percent, readableTime, recoveryInWords } from '../../report/words.ts';
import { factsOf } from './incident-parts.ts';
import { sitePage } from './site-page.ts';

/** One incident: its causes, what was noted, what is like it, and the way to its report. */
export function incidentPage({ summary, report, notes }: Incident, similar: readonly SeenBefore[]): string {
  const { verdict } = summary;
  return sitePage(`Incident ${summary.id}`, '', [
    html`<section class="answer ${verdict.status}">
<div class="verdict">
<p class="kicker">${summary.name}</p>
<h2 class="page-title"><span class="state">${verdict.status}</span> <span class="recovery">${recoveryInWords(verdict.recovery)}</span></h2>
<p class="summary">${verdict.summary}</p>
${factsOf(summary)}
<p><a class="button" href="/incidents/${summary.id}/report">Open the report</a> <a href="/incidents/${summary.id}/report.json" download>JSON</a></p>
</div>
</section>
<section class="panel" aria-labelledby="causes-title">
<h2 id="causes-title">Root causes</h2>
${report.rootCauses.length === 0 ? html`<p>None was found.</p>` : html`<ol>${report.rootCauses.map(({ title, confidence, remediation }) => html`<li><strong>${title}</strong> <span class="meta">${percent(confidence)}</span>${remediation[0] !== undefined && html`<br>${remediation[0].text}`}</li>`)}</ol>`}
</section>
`,
    notesPanel(summary.id, notes),
    similarPanel(similar),
  ]);
}

function notesPanel(id: string, notes: Incident['notes']): Html {
  return html`<section class="panel" aria-labelledby="notes-title">
<h2 id="notes-title">Notes</h2>
${notes.map(({ at, text, by, resolution }) => html`<div class="note"><p class="meta">${readableTime(at)}${by !== undefined && `, ${by}`}${resolution && ', resolution'}</p><pre>${multiline(text)}</pre></div>`)}
<form class="noting" method="post" action="/incidents/${id}/notes">
<label>How it was resolved, or anything else <textarea name="text" rows="3" required maxlength="20000"></textarea></label>
<label class="check"><input type="checkbox" name="resolution" value="yes" checked> it says how it was resolved</label>
<label>Your name <input name="by" maxlength="100" autocomplete="name"></label>
<button type="submit">Note it</button>
</form>
</section>
`;
}

function similarPanel(similar: readonly SeenBefore[]): Html | undefined {
  if (similar.length === 0) return undefined;
  return html`<section class="panel" aria-labelledby="similar-title">
<h2 id="similar-title">Similar incidents</h2>
${similar.map(
  (
    one,
  ) => html`<details class="fold"><summary><strong>${percent(one.likeness)}</strong> <a href="/incidents/${one.incident}">${one.causes[0] ?? one.name}</a> <span class="meta">${one.at.slice(0, 10)} ${one.name}</span></summary>
<dl class="facts">${fact(
    'Resolved',
    one.resolutions.map(({ text }) => text),
  )}${fact('Same', one.same)}${fact('Only here', one.onlyHere)}${fact('Only there', one.onlyThere)}</dl></details>
`,
)}</section>
`;
}

function fact(label: string, texts: readonly string[]): Html | undefined {
  return texts.length === 0
    ? undefined
    : html`<div><dt>${label}</dt>${texts.map((text) => html`<dd>${text}</dd>`)}</div>`;
}
