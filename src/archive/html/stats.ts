import { type Html, html, trusted } from '../../report/html/markup.ts';
import { policyOf } from '../../report/html/policy.ts';
import { tableOf } from '../../report/html/table.ts';
import { type ArchiveStatistics, type StatsSection, statsSections } from '../stats-sections.ts';
import { chart } from './charts.ts';
import { archiveStyle, documentOf } from './document.ts';
import { sitePage } from './site-page.ts';

/** The statistics as one HTML file that runs no script and asks nothing of any network. */
export function statsHtml(all: ArchiveStatistics): string {
  const style = archiveStyle();
  const sections = statsSections(all);
  return documentOf({
    title: 'Statistics of incidents',
    head: html`<meta http-equiv="Content-Security-Policy" content="${trusted(policyOf([], [style]))}">
<meta name="referrer" content="no-referrer">
<style>${trusted(style)}</style>`,
    navigation: sections.map(({ id, title }) => ({ href: `#${id}`, label: title })),
    body: html`<h1 class="page-title">Statistics of incidents</h1>${sections.map(statsSection)}`,
  });
}

/** The statistics as a page of the local site. */
export function statsPage(all: ArchiveStatistics): string {
  return sitePage('Statistics', '/statistics', statsSections(all).map(statsSection));
}

function statsSection({ id, title, says, bars, table }: StatsSection): Html {
  return html`<section id="${id}" class="panel" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${says.map((sentence) => html`<p>${sentence}</p>`)}
${bars !== undefined && html`<div class="scroll" tabindex="0" role="region" aria-label="${`${bars.name}, chart`}">${chart(bars)}</div>`}
${table !== undefined && tableOf(`${title}, table`, table.columns, table.rows)}
</section>
`;
}
