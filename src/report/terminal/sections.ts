import type { Report } from '../../model/report.ts';
import type { Graph } from '../chain.ts';
import { looseSymptoms, otherFindings, skippedByReason, unwellOperators } from '../selection.ts';
import {
  counted,
  entitiesInWords,
  entityInWords,
  formatBytes,
  formatMillis,
  groupDigits,
  readableTime,
  timeRange,
} from '../words.ts';
import { evidenceLines } from './evidence.ts';
import { bullets, heading, labelled, type Paper, paragraph } from './paper.ts';
import { table } from './table.ts';

export function unexplainedSymptoms(paper: Paper, report: Report, graph: Graph): string[] {
  const symptoms = looseSymptoms(report);
  if (symptoms.length === 0) return [];
  return [
    ...heading(paper, 'Symptoms that no cause explains'),
    ...symptoms.flatMap((id) => {
      const finding = graph.findings.get(id);
      if (finding === undefined) return paragraph(paper, '- ', id);
      const about = `${finding.severity}, ${entitiesInWords(finding.entities)}, seen ${counted(finding.count, 'time')}`;
      return [
        ...paragraph(paper, '- ', finding.title, { style: 'bold' }),
        ...paragraph(paper, '  ', about, { style: 'dim' }),
        ...evidenceLines(paper, finding.evidence, 1),
      ];
    }),
  ];
}

/** Rows of the table of other findings; the JSON report has them all. */
const MOST_OTHERS = 40;

export function others(paper: Paper, report: Report, graph: Graph): string[] {
  const findings = otherFindings(report, graph);
  if (findings.length === 0) return [];
  const columns = [
    { title: 'severity' },
    { title: 'finding', share: 3 },
    { title: 'about', share: 2 },
    { title: 'count', align: 'right' as const },
    { title: 'last seen' },
  ];
  const rows = findings
    .slice(0, MOST_OTHERS)
    .map((finding) => [
      finding.severity,
      finding.title,
      finding.entities.length > 1
        ? `${entityInWords(finding.entities[0]!)} +${finding.entities.length - 1}`
        : entitiesInWords(finding.entities),
      groupDigits(finding.count),
      finding.lastSeen === undefined ? '' : readableTime(finding.lastSeen).slice(0, 16),
    ]);
  const left = findings.length - MOST_OTHERS;
  return [
    ...heading(paper, 'Other findings'),
    ...table(paper, columns, rows),
    ...(left > 0 ? [paper.paint('dim', `and ${groupDigits(left)} more in the JSON report`)] : []),
  ];
}

export function cluster(paper: Paper, report: Report): string[] {
  const { cluster: about, window } = report;
  const facts = [
    ['version', about.version],
    ['wanted version', about.desiredVersion === about.version ? undefined : about.desiredVersion],
    ['platform', about.platform],
    ['topology', about.topology],
    ['network', about.networkType],
    ['API VIPs', about.apiVIPs.join(', ')],
    ['ingress VIPs', about.ingressVIPs.join(', ')],
    ['machine networks', about.machineNetworks.join(', ')],
    ['cluster id', about.id],
    ['evidence', window.from === undefined || window.to === undefined ? undefined : timeRange(window.from, window.to)],
    ['gathered', window.gatheredAt === undefined ? undefined : readableTime(window.gatheredAt)],
  ].filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== '');
  const operators = unwellOperators(report);
  return [
    ...heading(paper, 'Cluster'),
    ...facts.flatMap(([label, value]) => paragraph(paper, `${label.padEnd(17)}`, value)),
    ...labelled(paper, 'Nodes', nodes(paper, report)),
    ...labelled(
      paper,
      about.operators.length === 0
        ? 'Operators'
        : `Operators (${operators.length} of ${about.operators.length} not well)`,
      operators.flatMap((operator) => [
        ...paragraph(
          paper,
          '  - ',
          `${operator.name}: ${operator.states.join(', ')}${operator.since === undefined ? '' : ` since ${readableTime(operator.since)}`}`,
        ),
        ...(operator.message === undefined
          ? []
          : paragraph(paper, '    ', operator.message, { style: 'dim', most: 4 })),
      ]),
    ),
  ];
}

function nodes(paper: Paper, report: Report): string[] {
  const list = report.cluster.nodes;
  if (list.length === 0) return [];
  const columns = [
    { title: 'node', share: 3 },
    { title: 'roles', share: 2 },
    { title: 'state' },
    { title: 'version', share: 1 },
  ];
  const rows = list.map((node) => [
    node.name,
    node.roles.join(', '),
    node.ready ? 'ready' : 'NOT READY',
    node.version ?? '',
  ]);
  return table({ ...paper, width: paper.width - 2 }, columns, rows).map((line) => `  ${line}`);
}

export function coverage(paper: Paper, report: Report): string[] {
  const { coverage: read, inputs, outcomes, tool } = report;
  const failed = outcomes.filter((outcome) => outcome.outcome === 'failed');
  const skipped = skippedByReason(report);
  return [
    ...heading(paper, 'What was read'),
    ...inputs.flatMap((input) =>
      paragraph(
        paper,
        '',
        `${input.path} (${input.kind}, ${formatBytes(input.bytes)}${input.truncated ? ', TRUNCATED' : ''})`,
      ),
    ),
    `${formatBytes(read.bytes)} in ${counted(read.files, 'file')}, ${counted(read.lines, 'line')}, ${formatMillis(report.durationMs)}`,
    ...labelled(
      paper,
      'Missing from the input',
      read.missing.flatMap(({ what, why, matters }) => paragraph(paper, '  - ', `${what} (${why}): ${matters}`)),
    ),
    ...labelled(
      paper,
      'Skipped',
      skipped.flatMap(({ reason, count, example }) =>
        paragraph(
          paper,
          '  - ',
          count === 1 ? `${example}: ${reason}` : `${counted(count, 'file')}: ${reason}, such as ${example}`,
        ),
      ),
    ),
    ...labelled(
      paper,
      'Signatures that failed',
      bullets(
        paper,
        failed.map(({ signature, reason }) => `${signature}${reason === undefined ? '' : `: ${reason}`}`),
      ),
    ),
    ...labelled(paper, 'Notes', bullets(paper, read.notes)),
    '',
    ...paragraph(
      paper,
      '',
      `${tool.name} ${tool.version}, ${counted(tool.signatures.count, 'signature')} (${tool.signatures.digest.slice(0, 12)})`,
      { style: 'dim' },
    ),
  ];
}
