import type { Report } from '../../model/report.ts';
import type { Graph } from '../chain.ts';
import { looseSymptoms, otherFindings, skippedByReason, unwellOperators } from '../selection.ts';
import { clip } from '../text-safety.ts';
import { counted, entitiesInWords, formatBytes, formatMillis, groupDigits, readableTime, timeRange } from '../words.ts';
import { evidenceItems, titled } from './cause.ts';
import { code, codeCell, table, text } from './text.ts';

export function unexplainedSection(report: Report, graph: Graph): string[][] {
  const symptoms = looseSymptoms(report);
  if (symptoms.length === 0) return [];
  return [
    ['## Symptoms that no cause explains'],
    ...symptoms.flatMap((id) => {
      const finding = graph.findings.get(id);
      if (finding === undefined) return [[text(id)]];
      return [
        [
          `**${text(finding.title)}** (${finding.severity}, ${text(entitiesInWords(finding.entities))}, seen ${counted(finding.count, 'time')})`,
        ],
        evidenceItems(finding.evidence.slice(0, 1)),
      ];
    }),
  ];
}

export function othersSection(report: Report, graph: Graph): string[][] {
  const rows = otherFindings(report, graph).map((finding) => [
    finding.severity,
    text(finding.title),
    text(entitiesInWords(finding.entities)),
    groupDigits(finding.count),
    finding.lastSeen === undefined ? '' : readableTime(finding.lastSeen),
  ]);
  return rows.length === 0
    ? []
    : [['## Other findings'], table(['Severity', 'Finding', 'About', 'Count', 'Last seen'], rows)];
}

/** Entries of the timeline; the JSON report has them all. */
const MOST_ENTRIES = 100;

export function timelineSection(report: Report): string[][] {
  if (report.timeline.length === 0) return [];
  const rows = report.timeline
    .slice(0, MOST_ENTRIES)
    .map((entry) => [
      entry.until === undefined ? readableTime(entry.at) : timeRange(entry.at, entry.until),
      text(entry.lane),
      entry.severity,
      text(entry.text),
    ]);
  const left = report.timeline.length - MOST_ENTRIES;
  return [
    ['## Timeline'],
    table(['Time (UTC)', 'Where', 'Severity', 'What'], rows),
    ...(left > 0 ? [[`And ${groupDigits(left)} more in the JSON report.`]] : []),
  ];
}

/** Columns of an operator's message; some list every pod they wait for. */
const LONGEST_MESSAGE = 600;

export function clusterSection(report: Report): string[][] {
  const { cluster, window } = report;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Version', cluster.version],
    ['Wanted version', cluster.desiredVersion],
    ['Platform', cluster.platform],
    ['Topology', cluster.topology],
    ['Network', cluster.networkType],
    ['API VIPs', cluster.apiVIPs.join(', ')],
    ['Ingress VIPs', cluster.ingressVIPs.join(', ')],
    ['Machine networks', cluster.machineNetworks.join(', ')],
    ['Cluster id', cluster.id],
    [
      'Evidence covers',
      window.from === undefined || window.to === undefined ? undefined : timeRange(window.from, window.to),
    ],
    ['Gathered at', window.gatheredAt === undefined ? undefined : readableTime(window.gatheredAt)],
  ];
  const operators = unwellOperators(report).map((operator) => [
    codeCell(operator.name),
    operator.states.join(', '),
    operator.since === undefined ? '' : readableTime(operator.since),
    text(clip(operator.message ?? '', LONGEST_MESSAGE)),
  ]);
  const nodes = cluster.nodes.map((node) => [
    codeCell(node.name),
    text(node.roles.join(', ')),
    node.ready ? 'ready' : '**not ready**',
    text(node.version ?? ''),
  ]);
  return [
    ['## Cluster'],
    facts.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [`- **${label}:** ${text(value)}`])),
    ...titled('Nodes', table(['Node', 'Roles', 'State', 'Version'], nodes)),
    ...titled('Operators that are not well', table(['Operator', 'State', 'Since', 'Message'], operators)),
  ];
}

export function coverageSection(report: Report): string[][] {
  const { coverage, inputs, outcomes, tool } = report;
  const failed = outcomes.filter((outcome) => outcome.outcome === 'failed');
  const hashed = inputs.some((input) => input.sha256 !== undefined);
  const inputRows = inputs.map((input) => [
    codeCell(input.path),
    input.kind,
    formatBytes(input.bytes),
    groupDigits(input.members),
    input.truncated ? '**truncated**' : 'complete',
    ...(hashed ? [codeCell(input.sha256 ?? '')] : []),
  ]);
  return [
    ['## What was read'],
    table(['Input', 'Kind', 'Size', 'Members', 'State', ...(hashed ? ['SHA-256'] : [])], inputRows),
    [
      `${formatBytes(coverage.bytes)} in ${counted(coverage.files, 'file')}, ${counted(coverage.lines, 'line')}, read in ${formatMillis(report.durationMs)}.`,
    ],
    ...titled(
      'Missing from the input',
      coverage.missing.map(({ what, why, matters }) => `- **${text(what)}** (${text(why)}): ${text(matters)}`),
    ),
    ...titled(
      'Skipped',
      table(
        ['Reason', 'Files', 'Such as'],
        skippedByReason(report).map(({ reason, count, example }) => [
          text(reason),
          groupDigits(count),
          codeCell(example),
        ]),
      ),
    ),
    ...titled(
      'Signatures that failed',
      failed.map(({ signature, reason }) => `- ${code(signature)}${reason === undefined ? '' : `: ${text(reason)}`}`),
    ),
    ...titled(
      'Notes',
      coverage.notes.map((note) => `- ${text(note)}`),
    ),
    [
      `${text(tool.name)} ${text(tool.version)}, ${counted(tool.signatures.count, 'signature')} (${code(tool.signatures.digest)}), ${readableTime(report.generatedAt)}.`,
    ],
  ];
}
