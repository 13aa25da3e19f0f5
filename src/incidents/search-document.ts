import type { Report, ReportFinding } from '../model/report.ts';
import type { IncidentSummary, Note } from './incident.ts';
import { lexemesOf } from './lexemes.ts';

/** The text that an incident is found by, by field, in the order of their weight. */
export const SEARCH_FIELDS = ['title', 'notes', 'causes', 'findings', 'cluster', 'remedies', 'evidence'] as const;
export type SearchField = (typeof SEARCH_FIELDS)[number];
export type SearchDocument = Readonly<Record<SearchField, string>>;

/** Four levels, as PostgreSQL has them: a word counts as much as the best field it is in says. */
export type Level = 'A' | 'B' | 'C' | 'D';
export const LEVEL_WEIGHTS: Readonly<Record<Level, number>> = { A: 8, B: 5, C: 2.5, D: 1 };
const FIELD_LEVELS: Readonly<Record<SearchField, Level>> = {
  title: 'A',
  notes: 'B',
  causes: 'B',
  findings: 'C',
  cluster: 'C',
  remedies: 'D',
  evidence: 'D',
};

/** The stems of a document's words, each once, at its best level. */
export function stemsByLevel(document: SearchDocument): Record<Level, string[]> {
  const levels: Record<Level, string[]> = { A: [], B: [], C: [], D: [] };
  const seen = new Set<string>();
  for (const field of SEARCH_FIELDS) {
    for (const { stem } of lexemesOf(document[field])) {
      if (seen.has(stem)) continue;
      seen.add(stem);
      levels[FIELD_LEVELS[field]].push(stem);
    }
  }
  return levels;
}

/** Characters of one field: what matters stands first, and an archive may hold many thousand incidents. */
const LONGEST_FIELD = 4000;
/** Characters of one line of evidence; lines of one finding. */
const LONGEST_LINE = 240;
const MOST_LINES = 2;

export function searchDocument(summary: IncidentSummary, report: Report, notes: readonly Note[]): SearchDocument {
  const { rootCauses, cluster } = report;
  const findings = bySeverity(report.findings);
  return {
    title: cut([summary.name, report.verdict.status, ...rootCauses.map((cause) => cause.title)]),
    notes: cut(notes.map((note) => note.text)),
    causes: cut(rootCauses.flatMap((cause) => [cause.signature, cause.summary, ...entityNames(cause.entities)])),
    findings: cut(findings.flatMap((finding) => [finding.title, finding.signature, ...entityNames(finding.entities)])),
    cluster: cut([
      cluster.id,
      cluster.version,
      cluster.platform,
      cluster.topology,
      cluster.networkType,
      ...cluster.apiVIPs,
      ...cluster.ingressVIPs,
      ...cluster.machineNetworks,
      ...cluster.nodes.map((node) => node.name),
      ...cluster.operators.filter(({ available, degraded }) => degraded || !available).map(({ name }) => name),
    ]),
    remedies: cut(rootCauses.flatMap((cause) => cause.remediation.flatMap(({ text, run }) => [text, run]))),
    evidence: cut(
      findings.flatMap((finding) =>
        finding.evidence.slice(0, MOST_LINES).map((line) => line.text.slice(0, LONGEST_LINE)),
      ),
    ),
  };
}

const SEVERITY_ORDER = ['critical', 'error', 'warning', 'info'];

function bySeverity(findings: readonly ReportFinding[]): ReportFinding[] {
  return findings.toSorted((a, b) => SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity));
}

function entityNames(entities: readonly { readonly kind: string; readonly name: string }[]): string[] {
  return entities.slice(0, 5).flatMap(({ kind, name }) => (kind === 'cluster' ? [] : [name]));
}

/** The parts, each once, on lines of their own. */
function cut(parts: readonly (string | undefined)[]): string {
  const lines = new Set(parts.filter((part) => part !== undefined && part !== ''));
  return [...lines].join('\n').slice(0, LONGEST_FIELD);
}
