import type { ReportFinding } from '../../model/report.ts';
import { looseSymptoms } from '../selection.ts';
import { counted, entitiesInWords, entityInWords, percent, readableTime, timeRange } from '../words.ts';
import { evidenceList } from './evidence.ts';
import { type Content, type Html, html } from './markup.ts';
import { causeAnchor, type Page, shortened } from './page.ts';

/** Every finding with all of its evidence, the unexplained symptoms first. */
export function findingsSection(page: Page): Html {
  const { report, graph, root } = page;
  const unexplained = new Set(looseSymptoms(report));
  const loose = [...unexplained].flatMap((id) => graph.findings.get(id) ?? []);
  const others = report.findings.filter(({ id }) => !unexplained.has(id));
  return html`<section id="findings" aria-labelledby="findings-title">
<h2 id="findings-title">Findings and evidence <span class="count">${report.findings.length}</span></h2>
${root !== undefined && html`<p class="meta">Paths that start with <code>…/</code> start with <code class="long">${root}</code></p>`}
${report.findings.length === 0 && html`<p>Nothing was found.</p>`}
${loose.length > 0 && html`<h3>Symptoms that no cause explains</h3>${list(page, [...new Set(loose)])}<h3>All others</h3>`}
${list(page, others)}
</section>`;
}

/** Findings that the browser lays out together, once they come near the screen: thousands each on its own cost more than all. */
const CHUNK = 50;

function list(page: Page, findings: readonly ReportFinding[]): Content {
  if (findings.length === 0) return false;
  const chunks = Array.from({ length: Math.ceil(findings.length / CHUNK) }, (_, i) =>
    findings.slice(i * CHUNK, (i + 1) * CHUNK),
  );
  return html`<div class="list">${chunks.map((chunk) => html`<div class="chunk${chunk.length === CHUNK && ' full'}">${chunk.map((finding) => item(page, finding))}</div>`)}</div>`;
}

function item(page: Page, finding: ReportFinding): Html {
  const anchor = page.anchors.get(finding.id);
  const own = page.graph.findings.get(finding.id) === finding;
  const rank = page.graph.ranks.get(finding.id);
  const captures = Object.entries(finding.captures);
  const entities = finding.entities.filter(({ kind }) => kind !== 'cluster');
  return html`<details class="finding ${finding.severity}"><summary><span class="severity ${finding.severity}">${finding.severity}</span> <span class="title">${finding.title}</span> <span class="meta">${entitiesInWords(entities, 2)}</span></summary>
<div class="body"${own && anchor !== undefined && html` id="${anchor}"`}>
${finding.summary !== undefined && html`<p>${shortened(page, finding.summary)}</p>`}
<p class="meta">${facts(finding).join(' · ')} · <code>${finding.signature}</code>${rank !== undefined && html` · <a href="#${causeAnchor(rank)}">root cause ${rank}</a>`}</p>
${finding.entities.length > 0 && html`<ul class="chips" aria-label="Concerns">${finding.entities.map((entity) => html`<li>${entityInWords(entity)}</li>`)}</ul>`}
${captures.length > 0 && html`<dl class="captures">${captures.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`}
${evidenceList(page, finding)}
</div></details>`;
}

function facts({ role, status, confidence, count, firstSeen, lastSeen }: ReportFinding): string[] {
  return [
    role,
    status,
    `${percent(confidence)} sure`,
    `seen ${counted(count, 'time')}`,
    ...(firstSeen !== undefined && lastSeen !== undefined
      ? [timeRange(firstSeen, lastSeen)]
      : firstSeen !== undefined
        ? [`since ${readableTime(firstSeen)}`]
        : lastSeen !== undefined
          ? [`until ${readableTime(lastSeen)}`]
          : []),
  ];
}
