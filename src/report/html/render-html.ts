import type { Report } from '../../model/report.ts';
import { anomaliesSection } from './anomalies.ts';
import { answerSection } from './answer.ts';
import { loadAssets } from './assets.ts';
import { bootsSection } from './boots.ts';
import { causesSection } from './cause.ts';
import { clusterSection } from './cluster.ts';
import { coverageSection } from './coverage.ts';
import { findingsSection } from './findings.ts';
import { graphSection } from './graph.ts';
import { impactSection } from './impact.ts';
import { type Html, html, markupOf, trusted } from './markup.ts';
import { pack } from './pack.ts';
import { pageOf } from './page.ts';
import { policyOf } from './policy.ts';
import { searchIndex } from './search-index.ts';
import { seenBeforeSection } from './seen-before.ts';
import { timelineSection } from './timeline.ts';

interface Section {
  readonly id: string;
  readonly label: string;
  /** Undefined where the report has nothing of the kind. */
  readonly body: Html | undefined;
}

/** The report as one HTML file that asks nothing of any network and is complete without its script. */
export function renderHtml(report: Report): string {
  const page = pageOf(report);
  const assets = loadAssets();
  const sections: Section[] = [
    { id: 'answer', label: 'Answer', body: answerSection(page) },
    { id: 'causes', label: 'Root causes', body: causesSection(page) },
    { id: 'seen-before', label: 'Seen before', body: seenBeforeSection(page) },
    { id: 'graph', label: 'Causal graph', body: graphSection(page) },
    { id: 'impact', label: 'Impact', body: impactSection(page) },
    { id: 'timeline', label: 'Timeline', body: timelineSection(page) },
    { id: 'findings', label: 'Findings', body: findingsSection(page) },
    { id: 'anomalies', label: 'Anomalies', body: anomaliesSection(page) },
    { id: 'cluster', label: 'Cluster', body: clusterSection(page) },
    { id: 'boots', label: 'Boots', body: bootsSection(page) },
    { id: 'coverage', label: 'Coverage', body: coverageSection(page) },
  ];
  const shown = sections.filter((section) => section.body !== undefined);
  const policy = policyOf([assets.script, assets.lunr], [assets.style]);
  return markupOf(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="${report.tool.name} ${report.tool.version}">
<title>${titleOf(report)}</title>
<style>${trusted(assets.style)}</style>
</head>
<body>
<a class="skip" href="#answer">Skip to the answer</a>
${topBar(shown)}
<main id="main">
${shown.map(({ body }) => [body, trusted('\n')])}</main>
<script type="text/plain" id="search-engine">${trusted(assets.lunr)}</script>
<script type="text/plain" id="search-data">${pack(searchIndex(page))}</script>
<script>${trusted(assets.script)}</script>
</body>
</html>
`);
}

function titleOf(report: Report): string {
  const cause = report.rootCauses[0]?.title ?? report.verdict.summary;
  return `${report.verdict.status}: ${cause.slice(0, 120)} - inquest report`;
}

function topBar(sections: readonly Section[]): Html {
  return html`<header class="bar">
<p class="brand">inquest</p>
<nav aria-label="Sections"><ul>${sections.map(({ id, label }) => html`<li><a href="#${id}">${label}</a></li>`)}</ul></nav>
<search class="find" hidden>
<label class="sr" for="find">Search in this report</label>
<input id="find" type="search" placeholder="Search ( / )" autocomplete="off" spellcheck="false" aria-controls="found">
<div id="found" role="region" aria-label="Search results" hidden></div>
<p id="found-count" class="sr" role="status"></p>
</search>
<button type="button" class="theme" hidden aria-label="Switch between light and dark">◐</button>
</header>`;
}
