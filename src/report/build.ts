import type { Anomaly } from '../model/anomaly.ts';
import type { Knowledge, OutcomeRecord } from '../model/detector.ts';
import { compareText } from '../model/entity.ts';
import type { Boot } from '../model/facts.ts';
import { type Evidence, type Finding, severityRank } from '../model/finding.ts';
import type { Ingested } from '../model/ingest.ts';
import type { LogChange } from '../model/log-change.ts';
import type { Report, ReportAnomaly, ReportBoot, ReportFinding } from '../model/report.ts';
import { fill } from '../model/template.ts';
import { formatTime, type Interval, type Micros } from '../model/time.ts';

export interface ReportParts {
  readonly version: string;
  readonly catalogue: { readonly count: number; readonly digest: string };
  readonly generatedAt: number;
  readonly durationMs: number;
  readonly ingested: Ingested;
  readonly gatheredAt: Micros | undefined;
  readonly window: Partial<Interval>;
  readonly findings: readonly Finding[];
  readonly outcomes: readonly OutcomeRecord[];
  readonly notes: readonly string[];
  readonly knowledge: ReadonlyMap<string, Knowledge>;
  readonly boots: readonly Boot[];
  readonly anomalies: readonly Anomaly[];
  readonly logChanges: readonly LogChange[];
  readonly correlated: Pick<
    Report,
    | 'cluster'
    | 'verdict'
    | 'rootCauses'
    | 'edges'
    | 'unexplained'
    | 'timeline'
    | 'impact'
    | 'clockSkews'
    | 'inferred'
    | 'configuration'
  >;
}

/** Puts the report together. Derives nothing: every statement in it was made by an earlier layer. */
export function buildReport(parts: ReportParts): Report {
  const { ingested, window, correlated } = parts;
  return {
    schemaVersion: 1,
    tool: { name: 'inquest', version: parts.version, signatures: parts.catalogue },
    generatedAt: formatTime(parts.generatedAt * 1000),
    durationMs: parts.durationMs,
    inputs: ingested.inputs.map((input) => ({ ...input })),
    cluster: correlated.cluster,
    window: {
      ...(window.from !== undefined && { from: formatTime(window.from) }),
      ...(window.to !== undefined && { to: formatTime(window.to) }),
      ...(parts.gatheredAt !== undefined && { gatheredAt: formatTime(parts.gatheredAt) }),
    },
    verdict: correlated.verdict,
    rootCauses: correlated.rootCauses,
    findings: parts.findings
      .toSorted((a, b) => severityRank(b.severity) - severityRank(a.severity) || byText(a, b))
      .map((finding) => reportFinding(finding, parts.knowledge.get(finding.signature))),
    edges: correlated.edges,
    unexplained: correlated.unexplained,
    timeline: correlated.timeline,
    coverage: coverage(parts),
    ...(correlated.impact !== undefined && { impact: correlated.impact }),
    ...((correlated.configuration?.length ?? 0) > 0 && { configuration: correlated.configuration }),
    ...((correlated.clockSkews?.length ?? 0) > 0 && { clockSkews: correlated.clockSkews }),
    ...((correlated.inferred?.length ?? 0) > 0 && { inferred: correlated.inferred }),
    ...(parts.boots.length > 0 && { boots: parts.boots.map(reportBoot) }),
    ...(parts.anomalies.length > 0 && { anomalies: parts.anomalies.map(reportAnomaly) }),
    ...(parts.logChanges.length > 0 && { logChanges: parts.logChanges.map(reportLogChange) }),
    outcomes: parts.outcomes.map((outcome) => ({ ...outcome })),
  };
}

function byText(a: Finding, b: Finding): number {
  return compareText(a.signature, b.signature) || compareText(a.id, b.id);
}

function reportFinding(finding: Finding, knowledge: Knowledge | undefined): ReportFinding {
  const { id, signature, title, severity, role, status, confidence, entities, count, captures } = finding;
  return {
    id,
    signature,
    title,
    severity,
    role,
    status,
    confidence,
    entities: entities.map((entity) => ({ ...entity })),
    ...(finding.firstSeen !== undefined && { firstSeen: formatTime(finding.firstSeen) }),
    ...(finding.lastSeen !== undefined && { lastSeen: formatTime(finding.lastSeen) }),
    ...(finding.timeless === true && { timeless: true as const }),
    count,
    captures: { ...captures },
    evidence: finding.evidence.map(reportEvidence),
    ...(knowledge !== undefined && { summary: fill(knowledge.summary, finding) }),
  };
}

function reportEvidence(evidence: Evidence): ReportFinding['evidence'][number] {
  const { at, until, before, after, ...rest } = evidence;
  return {
    ...rest,
    ...(before !== undefined && { before: [...before] }),
    ...(after !== undefined && { after: [...after] }),
    ...(at !== undefined && { at: formatTime(at) }),
    ...(until !== undefined && { until: formatTime(until) }),
  };
}

function reportBoot(boot: Boot): ReportBoot {
  const { host, id, from, to, ending, source, line, last } = boot;
  return {
    host,
    ...(id !== undefined && { id }),
    ...(from !== undefined && { from: formatTime(from) }),
    ...(to !== undefined && { until: formatTime(to) }),
    ...(ending !== undefined && { ending }),
    source,
    ...(line !== undefined && { line }),
    ...(last !== undefined && ending !== undefined && ending !== 'clean' && { last: { ...last, repeats: 1 } }),
  };
}

function reportAnomaly(anomaly: Anomaly): ReportAnomaly {
  const { medianSpacing, from, until, evidence, ...rest } = anomaly;
  return {
    ...rest,
    ...(medianSpacing !== undefined && { medianSpacingMs: medianSpacing / 1000 }),
    ...(from !== undefined && { from: formatTime(from) }),
    ...(until !== undefined && { until: formatTime(until) }),
    evidence: evidence.map(reportEvidence),
  };
}

function reportLogChange(change: LogChange): NonNullable<Report['logChanges']>[number] {
  const { from, until, evidence, ...rest } = change;
  return {
    ...rest,
    ...(from !== undefined && { from: formatTime(from) }),
    ...(until !== undefined && { until: formatTime(until) }),
    evidence: evidence.map(reportEvidence),
  };
}

/** What detectors found missing: logs that the collector asked for and did not get. */
function gaps({ findings, knowledge }: ReportParts): Report['coverage']['missing'] {
  return findings
    .filter((finding) => knowledge.get(finding.signature)?.component === 'collection')
    .map((finding) => ({
      what: finding.title,
      why: fill(knowledge.get(finding.signature)?.summary ?? '', finding).replace(/\.$/, ''),
      matters: 'silence about it is no sign of health',
    }))
    .sort((a, b) => compareText(a.what, b.what));
}

function coverage(parts: ReportParts): Report['coverage'] {
  const { files, skipped, missing, notes } = parts.ingested;
  const families = Map.groupBy(files, (file) => file.family);
  const sum = (of: readonly { bytes: number; lines: number }[], field: 'bytes' | 'lines'): number =>
    of.reduce((total, file) => total + file[field], 0);
  return {
    bytes: sum(files, 'bytes'),
    files: files.length,
    lines: sum(files, 'lines'),
    bySource: [...families]
      .map(([kind, of]) => ({ kind, files: of.length, bytes: sum(of, 'bytes'), lines: sum(of, 'lines') }))
      .sort((a, b) => compareText(a.kind, b.kind)),
    skipped: skipped.toSorted((a, b) => compareText(a.source, b.source) || compareText(a.reason, b.reason)),
    missing: [...missing.map((entry) => ({ ...entry })), ...gaps(parts)],
    notes: [...notes, ...parts.notes],
  };
}
