import type { Report } from '../../model/report.ts';
import { skippedByReason } from '../selection.ts';
import { counted, formatBytes, formatMillis, groupDigits, readableTime } from '../words.ts';
import { type Html, html } from './markup.ts';
import type { Page } from './page.ts';
import { foldedTable, tableOf } from './table.ts';

/** What was read, what was not, and what a complete gather would have held. */
export function coverageSection({ report }: Page): Html {
  const { coverage, tool } = report;
  return html`<section id="coverage" aria-labelledby="coverage-title">
<h2 id="coverage-title">What was read and what was missing</h2>
<p>${formatBytes(coverage.bytes)} in ${counted(coverage.files, 'file')}, ${counted(coverage.lines, 'line')}, read in ${formatMillis(report.durationMs)}.</p>
${missing(report)}
<h3>Inputs</h3>
${tableOf(
  'Inputs',
  ['Input', 'Kind', 'Size', 'Members', 'State', 'SHA-256'],
  report.inputs.map(({ path, kind, bytes, members, truncated, sha256 }) => [
    html`<code>${path}</code>`,
    kind,
    formatBytes(bytes),
    groupDigits(members),
    truncated ? html`<span class="bad">truncated</span>` : 'complete',
    html`<code class="long">${sha256 ?? ''}</code>`,
  ]),
)}
${
  coverage.skipped.length > 0 &&
  foldedTable(
    `${counted(coverage.skipped.length, 'file')} skipped`,
    ['Reason', 'Files', 'Such as'],
    skippedByReason(report).map(({ reason, count, example }) => [
      reason,
      groupDigits(count),
      html`<code>${example}</code>`,
    ]),
  )
}
${
  coverage.bySource.length > 0 &&
  foldedTable(
    'Files by kind',
    ['Kind', 'Files', 'Size', 'Lines'],
    coverage.bySource.map(({ kind, files, bytes, lines }) => [
      kind,
      groupDigits(files),
      formatBytes(bytes),
      groupDigits(lines),
    ]),
  )
}
${coverage.notes.length > 0 && html`<details class="fold"><summary>${counted(coverage.notes.length, 'note')}</summary><ul>${coverage.notes.map((note) => html`<li>${note}</li>`)}</ul></details>`}
${outcomes(report)}
<p class="meta">${tool.name} ${tool.version}, ${counted(tool.signatures.count, 'signature')} (<code class="long">${tool.signatures.digest}</code>), ${readableTime(report.generatedAt)}.</p>
</section>`;
}

function missing({ coverage }: Report): Html {
  if (coverage.missing.length === 0) return html`<p>Nothing that a complete gather holds was found missing.</p>`;
  return html`<h3>Missing from the input</h3><ul class="missing">${coverage.missing.map(({ what, why, matters }) => html`<li><strong>${what}</strong> <span class="meta">${why}</span><br>${matters}</li>`)}</ul>`;
}

function outcomes(report: Report): Html {
  const of = Map.groupBy(report.outcomes, ({ outcome }) => outcome);
  const count = (outcome: string) => of.get(outcome as 'hit')?.length ?? 0;
  const open = [...(of.get('failed') ?? []), ...(of.get('no-data') ?? [])];
  return html`<h3>Signatures</h3>
<p>${count('hit')} hit, ${count('clear')} clear, ${count('not-applicable')} not applicable, ${count('no-data')} without data, ${count('failed')} failed.</p>
${
  open.length > 0 &&
  foldedTable(
    'Those that could not be judged',
    ['Signature', 'Outcome', 'Reason'],
    open.map(({ signature, outcome, reason }) => [html`<code>${signature}</code>`, outcome, reason]),
  )
}`;
}
