import type { LogChange } from '../../model/report.ts';
import { changeInWords, isNew, isSilence } from '../course-words.ts';
import { rhythmInWords } from '../rhythm-words.ts';
import { evidenceList } from './evidence.ts';
import { type Html, html } from './markup.ts';
import { type Page, shortPath } from './page.ts';

/** What no signature names, and what stands out all the same. */
export function anomaliesSection(page: Page): Html | undefined {
  const { anomalies = [], logChanges = [] } = page.report;
  if (anomalies.length + logChanges.length === 0) return undefined;
  return html`<section id="anomalies" aria-labelledby="anomalies-title">
<h2 id="anomalies-title">Unusual, and named by no signature <span class="count">${anomalies.length + logChanges.length}</span></h2>
${anomalies.length > 0 && html`<h3>Repeating until the log ends</h3>`}
${anomalies.map((anomaly) => html`<p><code class="long">${anomaly.template}</code></p><p class="meta">${rhythmInWords(anomaly)}</p>${evidenceList(page, anomaly)}`)}
${changes(page, 'New around the onset', logChanges.filter(isNew))}
${changes(page, 'Fallen silent', logChanges.filter(isSilence))}
</section>`;
}

function changes(page: Page, title: string, all: readonly LogChange[]): Html | undefined {
  if (all.length === 0) return undefined;
  return html`<h3>${title}</h3>
${all.map((change) => html`<p><code class="long">${change.template ?? shortPath(page, change.source)}</code></p><p class="meta">${changeInWords(change)}</p>${evidenceList(page, change)}`)}`;
}
