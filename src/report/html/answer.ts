import type { Report, RootCause } from '../../model/report.ts';
import { beganInWords } from '../course-words.ts';
import { looseSymptoms } from '../selection.ts';
import {
  beforeGather,
  counted,
  entitiesInWords,
  percent,
  readableTime,
  recoveryInWords,
  statusInWords,
  timeRange,
  unnamedEntities,
} from '../words.ts';
import { actionItem } from './actions.ts';
import { confidenceBar } from './cause.ts';
import { type Html, html } from './markup.ts';
import { causeAnchor, type Page } from './page.ts';

const VERDICT: Readonly<Record<Report['verdict']['status'], string>> = {
  healthy: 'Healthy',
  degraded: 'Degraded',
  failed: 'Failed',
  inconclusive: 'Inconclusive',
};

/** The first screen: what broke, why, how sure, what to do, what is not known. */
export function answerSection(page: Page): Html {
  const { report } = page;
  const { status, recovery, summary } = report.verdict;
  return html`<section id="answer" aria-labelledby="answer-title" class="answer ${status}">
<div class="verdict">
<p class="kicker">${clusterLine(report)}</p>
<h1 id="answer-title"><span class="state">${VERDICT[status]}</span> <span class="recovery">${recoveryInWords(recovery)}</span></h1>
<p class="summary">${summary}</p>
<p class="when">${whenLine(report)}</p>
</div>
<div class="columns">
<div class="why"><h2>What broke and why</h2>${causeList(page)}</div>
<div class="then">
<div class="do"><h2>What to do first</h2>${firstStep(report)}</div>
<div class="unknown"><h2>What is not known</h2>${unknowns(page)}</div>
</div>
</div>
</section>`;
}

function clusterLine({ cluster }: Report): string {
  return [
    cluster.version === undefined ? 'OpenShift, version unknown' : `OpenShift ${cluster.version}`,
    cluster.platform,
    cluster.topology,
    cluster.nodes.length === 0 ? undefined : counted(cluster.nodes.length, 'node'),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function whenLine(report: Report): string {
  const { window, impact } = report;
  const began = beganInWords(report);
  return [
    began === undefined ? undefined : `Began ${began}`,
    impact?.visibleSign,
    window.from === undefined || window.to === undefined
      ? undefined
      : `Evidence from ${timeRange(window.from, window.to)}`,
    window.gatheredAt === undefined ? undefined : `gathered ${readableTime(window.gatheredAt)}`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function causeList(page: Page): Html {
  const causes = page.report.rootCauses;
  if (causes.length === 0) return html`<p>No root cause was found.</p>`;
  return html`<ol class="ranking">${causes.map((cause) => causeItem(page, cause))}</ol>`;
}

function causeItem({ report, graph }: Page, cause: RootCause): Html {
  const finding = graph.findings.get(cause.finding);
  const also = unnamedEntities(cause);
  const ago = cause.status === 'active' ? beforeGather(report, finding?.firstSeen) : undefined;
  return html`<li><a href="#${causeAnchor(cause.rank)}">${cause.title}</a>${also.length > 0 && ` (${entitiesInWords(also, 2)})`}
<p class="meta">${confidenceBar(cause)} <span>${statusInWords(cause.status, finding)}${ago === undefined ? '' : ` (${ago})`}</span> ${cause.explains.length > 0 && html`<span>explains ${counted(cause.explains.length, 'finding')}</span>`}${cause.recovery === undefined ? '' : html` <span>${recoveryInWords(cause.recovery)}</span>`}</p></li>`;
}

function firstStep({ rootCauses, verdict }: Report): Html {
  const cause = rootCauses.find(({ remediation }) => remediation.length > 0);
  const action = cause?.remediation[0];
  if (cause === undefined || action === undefined) {
    const collect = rootCauses.flatMap(({ collectNext }) => collectNext)[0];
    if (collect !== undefined) return html`<p>Collect: ${collect}</p>`;
    return html`<p>${verdict.recovery === 'none-needed' ? 'Nothing.' : 'The report knows no remedy.'}</p>`;
  }
  return html`<ul class="actions">${actionItem(action)}</ul>
<p class="meta"><a href="#${causeAnchor(cause.rank)}">Every step for cause ${cause.rank}</a></p>`;
}

/** What could be the cause instead, each once: `Instead of causes 1 and 2 it could be`. */
function rivals(causes: readonly RootCause[]): Html[] {
  const all = causes.flatMap(({ rank, alternatives }) => alternatives.map((rival) => ({ rank, rival })));
  return [...Map.groupBy(all, ({ rival }) => rival.title)].map(([title, told]) => {
    const ranks = [...new Set(told.map(({ rank }) => rank))];
    const last = ranks.at(-1);
    const of = ranks.length === 1 ? `cause ${last}` : `causes ${ranks.slice(0, -1).join(', ')} and ${last}`;
    const most = Math.max(...told.map(({ rival }) => rival.confidence));
    return html`<li>Instead${causes.length > 1 && ` of ${of}`} it could be: ${title} (${ranks.length > 1 && 'at most '}${percent(most)})</li>`;
  });
}

/** Entries of each kind that the first screen names. */
const MOST_NAMED = 3;

function unknowns({ report }: Page): Html {
  const { coverage, outcomes, rootCauses } = report;
  const unexplained = looseSymptoms(report);
  const unjudged = outcomes.filter(({ outcome }) => outcome === 'no-data').length;
  const failed = outcomes.filter(({ outcome }) => outcome === 'failed').length;
  const truncated = report.inputs.filter((input) => input.truncated).length;
  const inferred = report.inferred ?? [];
  const lines: Html[] = [
    ...(unexplained.length === 0
      ? []
      : [html`<li><a href="#findings">${counted(unexplained.length, 'symptom')}</a> that no cause explains</li>`]),
    ...rivals(rootCauses).slice(0, MOST_NAMED),
    ...coverage.missing
      .slice(0, MOST_NAMED)
      .map(({ what, matters }) => html`<li><strong>${what}</strong> is missing: ${matters}</li>`),
    ...inferred.slice(0, MOST_NAMED).map(({ title }) => html`<li>Not seen, though it must have been: ${title}</li>`),
    ...(truncated === 0 ? [] : [html`<li>${counted(truncated, 'input')} cut short</li>`]),
    ...(unjudged === 0
      ? []
      : [
          html`<li>${counted(unjudged, 'signature')} could not be judged: <a href="#coverage">their data is not in the input</a></li>`,
        ]),
    ...(failed === 0 ? [] : [html`<li>${counted(failed, 'signature')} failed</li>`]),
  ];
  return lines.length === 0 ? html`<p>Nothing that the report knows of.</p>` : html`<ul>${lines}</ul>`;
}
