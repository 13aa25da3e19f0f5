import { rhythmInWords } from '../rhythm-words.ts';
import { evidenceList } from './evidence.ts';
import { type Html, html } from './markup.ts';
import type { Page } from './page.ts';

export function anomaliesSection(page: Page): Html | undefined {
  const all = page.report.anomalies ?? [];
  if (all.length === 0) return undefined;
  return html`<section id="anomalies" aria-labelledby="anomalies-title">
<h2 id="anomalies-title">Repeating to the end, named by no signature <span class="count">${all.length}</span></h2>
${all.map((anomaly) => html`<p><code class="long">${anomaly.template}</code></p><p class="meta">${rhythmInWords(anomaly)}</p>${evidenceList(page, anomaly)}`)}
</section>`;
}
