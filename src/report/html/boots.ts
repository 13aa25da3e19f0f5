import { bootSpan, endingInWords, tellingBoots } from '../rhythm-words.ts';
import { type Html, html } from './markup.ts';
import type { Page } from './page.ts';
import { tableOf } from './table.ts';

export function bootsSection({ report }: Page): Html | undefined {
  const all = tellingBoots(report);
  if (all.length === 0) return undefined;
  const rows = all.map((boot) => [
    html`<code>${boot.host}</code>`,
    bootSpan(boot),
    endingInWords(boot.ending),
    boot.last !== undefined && html`<code class="long">${boot.last.text}</code>`,
  ]);
  return html`<section id="boots" aria-labelledby="boots-title">
<h2 id="boots-title">Boots <span class="count">${all.length}</span></h2>
${tableOf('Boots of the hosts', ['Host', 'Boot', 'Ended', 'Last line before an end that was no shutdown'], rows)}
</section>`;
}
