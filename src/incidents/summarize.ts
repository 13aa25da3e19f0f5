import { compareText } from '../model/entity.ts';
import type { Report, ReportFinding } from '../model/report.ts';
import { parseTime } from '../model/time.ts';
import { featuresOf } from './fingerprint.ts';
import { type EarlySign, type IncidentCause, type IncidentSummary, incidentId, type NewIncident } from './incident.ts';

/** Anomalies that are kept: enough for what repeats in many incidents to show. */
const MOST_ANOMALIES = 12;

/** A sign less than this before the outbreak warned nobody. */
const EARLIEST_MS = 60_000;

/** What an archive keeps of a report at hand. The same report gives the same summary. */
export function summarize({ digest, name, report, componentOf }: NewIncident): IncidentSummary {
  const signatures = distinct(report.findings.map((finding) => finding.signature));
  const byId = new Map(report.findings.map((finding) => [finding.id, finding]));
  const { version, platform, topology, id: cluster } = report.cluster;
  const { gatheredAt, to } = report.window;
  const onset = onsetOf(report, byId);
  return {
    id: incidentId(digest),
    digest,
    name,
    catalogue: report.tool.signatures.digest,
    analysedAt: report.generatedAt,
    at: canonical(gatheredAt ?? to ?? report.generatedAt),
    ...(gatheredAt !== undefined && { gatheredAt }),
    ...(onset !== undefined && { onset }),
    ...(version !== undefined && { version }),
    ...(platform !== undefined && { platform }),
    ...(topology !== undefined && { topology }),
    ...(cluster !== undefined && { cluster }),
    verdict: report.verdict,
    causes: report.rootCauses.map(causeOf),
    signatures,
    components: distinct(signatures.map(componentOf).filter((component) => component !== undefined)),
    unexplained: distinct(report.unexplained.flatMap((finding) => byId.get(finding)?.signature ?? [])),
    anomalies: distinct((report.anomalies ?? []).slice(0, MOST_ANOMALIES).map((anomaly) => anomaly.template)),
    early: earlySigns(report.findings),
    features: featuresOf(report),
  };
}

function causeOf({ signature, title, confidence, status, remediation }: Report['rootCauses'][number]): IncidentCause {
  const [first] = remediation;
  return { signature, title, confidence, status, ...(first !== undefined && { remedy: first.text }) };
}

/** Times without fractions compare as text. */
function canonical(time: string): string {
  return `${time.slice(0, 19)}Z`;
}

/** The earliest time that a cause was seen; faults that hold from installation on have none of their own. */
function onsetOf(report: Report, byId: ReadonlyMap<string, ReportFinding>): string | undefined {
  const seen = report.rootCauses.flatMap((cause) => {
    const finding = byId.get(cause.finding);
    return finding?.firstSeen === undefined || finding.timeless === true ? [] : [finding.firstSeen];
  });
  return earliest(seen);
}

function earlySigns(findings: readonly ReportFinding[]): EarlySign[] {
  const outbreak = earliest(
    findings.flatMap(({ severity, firstSeen = [] }) => (severity === 'critical' ? firstSeen : [])),
  );
  const broke = outbreak === undefined ? undefined : parseTime(outbreak);
  if (broke === undefined) return [];
  const leads = new Map<string, number>();
  for (const { signature, severity, firstSeen, timeless } of findings) {
    const seen =
      firstSeen === undefined || timeless === true || severity === 'critical' ? undefined : parseTime(firstSeen);
    const leadMs = seen === undefined ? 0 : Math.floor((broke - seen) / 1000);
    if (leadMs >= EARLIEST_MS) leads.set(signature, Math.max(leadMs, leads.get(signature) ?? 0));
  }
  return [...leads]
    .map(([signature, leadMs]) => ({ signature, leadMs }))
    .sort((a, b) => compareText(a.signature, b.signature));
}

function earliest(times: readonly string[]): string | undefined {
  return times.toSorted(compareText)[0];
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort(compareText);
}
