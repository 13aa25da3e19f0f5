import { affectedInWords, beganInWords, reportedInWords, spanInWords } from '../course-words.ts';
import { placeOf } from '../words.ts';
import { type Content, type Html, html, multiline } from './markup.ts';
import { type Page, shortPath } from './page.ts';
import { tableOf } from './table.ts';

/** When it began, when it was first to be seen, and what could not be used meanwhile. */
export function impactSection(page: Page): Html | undefined {
  const { report } = page;
  const { impact } = report;
  if (impact === undefined) return undefined;
  const facts: [string, Content][] = [
    ['Began', beganInWords(report)],
    ['Seen first in', beganWith(page)],
    ['First reported by the cluster', reportedInWords(report)],
    ['To be seen when gathered', impact.visibleSign],
  ];
  const told = facts.filter(([, value]) => value !== undefined && value !== false);
  if (told.length + impact.affected.length === 0) return undefined;
  const rows = impact.affected.map((entry) => [
    affectedInWords(entry),
    ...spanInWords(report, entry),
    [
      entry.text !== undefined && html`<span class="message">${multiline(entry.text)}</span>`,
      entry.source !== undefined &&
        html`<br><code class="meta long">${shortPath(page, placeOf({ source: entry.source, ...(entry.line !== undefined && { line: entry.line }) }))}</code>`,
    ],
  ]);
  return html`<section id="impact" aria-labelledby="impact-title">
<h2 id="impact-title">Impact</h2>
<dl class="facts">${told.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
${rows.length > 0 && tableOf('What could not be used', ['What', 'From (UTC)', 'Until', 'For', 'It says'], rows)}
</section>`;
}

function beganWith({ report, graph, anchors }: Page): Content {
  const id = report.impact?.beganWith;
  const finding = id === undefined ? undefined : graph.findings.get(id);
  return finding === undefined ? undefined : html`<a href="#${anchors.get(finding.id)}">${finding.title}</a>`;
}
