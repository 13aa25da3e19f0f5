import type { RootCause } from '../../model/report.ts';
import { becauseOf, chainOf, explainedWithoutEdge, type Step, stepNote, stepTitle } from '../chain.ts';
import { earlierInWords, recoveredInWords } from '../course-words.ts';
import { confidenceInWords, entityInWords, percent, readableTime, recoveryInWords, statusInWords } from '../words.ts';
import { actionItem } from './actions.ts';
import { evidenceList } from './evidence.ts';
import { type Content, type Html, html } from './markup.ts';
import { causeAnchor, type Page, shortened } from './page.ts';

export function causesSection(page: Page): Html | undefined {
  const causes = page.report.rootCauses;
  if (causes.length === 0) return undefined;
  return html`<section id="causes" aria-labelledby="causes-title">
<h2 id="causes-title">Root causes</h2>
${causes.map((cause) => card(page, cause))}
</section>`;
}

/** `very likely (91 %)` with a bar as long as the probability. */
export function confidenceBar({ confidence }: RootCause): Html {
  const width = Math.round(confidence * 60);
  return html`<span class="confidence"><svg class="meter" width="60" height="8" aria-hidden="true"><rect class="rest" width="60" height="8" rx="4"/><rect class="sure" width="${width}" height="8" rx="4"/></svg> ${confidenceInWords(confidence)} (${percent(confidence)})</span>`;
}

function card(page: Page, cause: RootCause): Html {
  const anchor = causeAnchor(cause.rank);
  const finding = page.graph.findings.get(cause.finding);
  return html`<article id="${anchor}" class="card cause ${finding?.severity ?? 'error'}" aria-labelledby="${anchor}-title">
<h3 id="${anchor}-title"><span class="rank">${cause.rank}</span> ${cause.title}</h3>
<p class="meta">${confidenceBar(cause)} <span>${statusInWords(cause.status, finding)}</span>${cause.recovery !== undefined && html` <span>${recoveryInWords(cause.recovery)}</span>`} <code>${cause.signature}</code></p>
${cause.entities.length > 0 && html`<ul class="chips" aria-label="Concerns">${cause.entities.map((entity) => html`<li>${entityInWords(entity)}</li>`)}</ul>`}
${cause.summary !== undefined && html`<p>${shortened(page, cause.summary)}</p>`}
${cause.why !== undefined && html`<p class="mechanism">${cause.why}</p>`}
<div class="halves">
<div>
${titled('What to do', cause.remediation.length > 0 && html`<ol class="actions">${cause.remediation.map(actionItem)}</ol>`)}
${folded('How to check', cause.verify.length, html`<ol class="actions">${cause.verify.map(actionItem)}</ol>`)}
${titled('Instead it could be', rivals(cause))}
${titled('Collect next', cause.collectNext.length > 0 && html`<ul>${cause.collectNext.map((what) => html`<li>${what}</li>`)}</ul>`)}
</div>
<div>
${titled('What it led to', chain(page, cause))}
${titled('How it ended', list(recoveredInWords(cause)))}
${titled('Seen before', list(earlierInWords(cause)))}
${folded('Because', cause.because.length, html`<ul>${cause.because.map((because) => html`<li>${shortened(page, because)}</li>`)}</ul>`)}
</div>
</div>
${finding !== undefined && folded('Evidence', finding.evidence.length, html`${evidenceList(page, finding)}<p class="meta"><a href="#${page.anchors.get(finding.id)}">All of the finding</a></p>`)}
</article>`;
}

function list(lines: readonly string[]): Content {
  return lines.length > 0 && html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

function titled(title: string, body: Content): Content {
  return body !== false && body !== undefined && html`<h4>${title}</h4>${body}`;
}

function folded(title: string, count: number, body: Html): Content {
  return (
    count > 0 &&
    html`<details class="fold"><summary><h4>${title}</h4> <span class="count">${count}</span></summary>${body}</details>`
  );
}

function rivals(cause: RootCause): Content {
  if (cause.alternatives.length === 0) return false;
  return html`<ul class="rivals">${cause.alternatives.map((rival) => html`<li><strong>${rival.title}</strong> (${percent(rival.confidence)})<br><span class="meta">Decided by: ${rival.decidedBy}</span></li>`)}</ul>`;
}

/** Steps of a chain that are drawn open; long ones fold. */
const OPEN_STEPS = 12;
/** Steps drawn at all: chains of thousands are read in the findings. */
const MOST_STEPS = 300;
const DEEPEST = 8;

function chain(page: Page, cause: RootCause): Content {
  const steps = chainOf(page.graph, cause.finding);
  const loose = explainedWithoutEdge(page.graph, cause, steps).slice(0, MOST_STEPS);
  if (steps.length + loose.length === 0) return false;
  const rows = (of: readonly Step[]) => of.map((step) => stepRow(page, step));
  const more = steps.slice(OPEN_STEPS, MOST_STEPS);
  return html`<ul class="chain">${rows(steps.slice(0, OPEN_STEPS))}${loose.map((title) => html`<li class="d1">explains: ${title}</li>`)}</ul>${more.length > 0 && html`<details class="fold"><summary>${steps.length - OPEN_STEPS} more</summary><ul class="chain">${rows(more)}</ul>${steps.length > MOST_STEPS && html`<p class="meta">The findings list the rest.</p>`}</details>`}`;
}

function stepRow(page: Page, step: Step): Html {
  const { edge, effect } = step;
  const anchor = step.rank === undefined ? page.anchors.get(edge.effect) : causeAnchor(step.rank);
  const name = anchor === undefined ? stepTitle(step) : html`<a href="#${anchor}">${stepTitle(step)}</a>`;
  const because = step.seen && !step.weak ? '' : becauseOf(step);
  return html`<li class="d${Math.min(step.depth, DEEPEST)}${step.weak && ' weak'}"><span class="arrow" aria-hidden="true">${step.weak ? '⇢' : '→'}</span> ${name}${stepNote(step)}${because !== '' && html` <span class="meta">${because}; link ${percent(edge.strength)}${effect?.firstSeen !== undefined && `; ${readableTime(effect.firstSeen)}`}</span>`}</li>`;
}
