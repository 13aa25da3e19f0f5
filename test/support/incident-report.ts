import { createHash } from 'node:crypto';
import type { NewIncident } from '../../src/incidents/incident.ts';
import type { Report, ReportFinding, RootCause } from '../../src/model/report.ts';

/** What a test says of an incident; the rest is the same for all. */
export interface Sketch {
  readonly name: string;
  /** Stands for the input's bytes. */
  readonly content?: string;
  readonly catalogue?: string;
  readonly gatheredAt?: string;
  readonly version?: string;
  readonly platform?: string;
  readonly cluster?: string;
  readonly status?: Report['verdict']['status'];
  readonly nodes?: readonly string[];
  readonly findings?: readonly SketchedFinding[];
  /** Signatures of findings, first cause first. */
  readonly causes?: readonly string[];
  readonly unexplained?: readonly string[];
  /** `cause > effect` */
  readonly edges?: readonly string[];
  readonly anomalies?: readonly string[];
  readonly remedy?: string;
}

export interface SketchedFinding extends Partial<Omit<ReportFinding, 'signature'>> {
  readonly signature: string;
}

const COMPONENTS: Readonly<Record<string, string>> = { etcd: 'etcd', vip: 'network', ingress: 'ingress' };

/** `etcd-slow-disk` is of component etcd, `vip-outside` of network. */
export function componentOf(signature: string): string | undefined {
  return COMPONENTS[signature.slice(0, signature.indexOf('-'))];
}

export function newIncident(sketch: Sketch): NewIncident {
  return { digest: digestOf(sketch), name: sketch.name, report: reportOf(sketch), componentOf };
}

export function digestOf({ name, content = name }: Sketch): string {
  return createHash('sha256').update(content).digest('hex');
}

function reportOf(sketch: Sketch): Report {
  const findings = (sketch.findings ?? []).map(findingOf);
  const idOf = (signature: string) => findings.find((finding) => finding.signature === signature)!.id;
  const { version, platform, cluster, gatheredAt } = sketch;
  return {
    schemaVersion: 1,
    tool: { name: 'inquest', version: '0.1.0', signatures: { count: 3, digest: sketch.catalogue ?? 'catalogue-1' } },
    generatedAt: '2026-01-15T12:00:00Z',
    durationMs: 10,
    inputs: [{ path: sketch.name, kind: 'must-gather', bytes: 1, members: 1, truncated: false }],
    cluster: {
      ...(cluster !== undefined && { id: cluster }),
      ...(version !== undefined && { version }),
      ...(platform !== undefined && { platform }),
      apiVIPs: [],
      ingressVIPs: [],
      machineNetworks: [],
      nodes: (sketch.nodes ?? []).map((name) => ({ name, roles: ['master'], ready: true })),
      operators: [],
    },
    window: { ...(gatheredAt !== undefined && { gatheredAt }) },
    verdict: { status: sketch.status ?? 'failed', recovery: 'in-place', summary: `What happened in ${sketch.name}.` },
    rootCauses: (sketch.causes ?? []).map((signature, i) => causeOf(findings, signature, i + 1, sketch.remedy)),
    findings,
    edges: (sketch.edges ?? []).map((edge) => {
      const [cause = '', effect = ''] = edge.split(' > ');
      return { cause: idOf(cause), effect: idOf(effect), strength: 0.9, because: [] };
    }),
    unexplained: (sketch.unexplained ?? []).map(idOf),
    timeline: [],
    coverage: { bytes: 1, files: 1, lines: 1, bySource: [], skipped: [], missing: [], notes: [] },
    anomalies: (sketch.anomalies ?? []).map((template) => ({
      source: 'a.log',
      template,
      logs: 1,
      count: 9,
      share: 0.9,
      evidence: [],
    })),
    outcomes: [],
  };
}

function findingOf({ signature, ...rest }: SketchedFinding, i: number): ReportFinding {
  return {
    id: `f-${i}`,
    signature,
    title: `Finding of ${signature}`,
    severity: 'error',
    role: 'symptom',
    status: 'active',
    confidence: 0.9,
    entities: [],
    count: 1,
    captures: {},
    evidence: [],
    ...rest,
  };
}

function causeOf(findings: readonly ReportFinding[], signature: string, rank: number, remedy?: string): RootCause {
  const finding = findings.find((one) => one.signature === signature)!;
  return {
    rank,
    finding: finding.id,
    signature,
    title: finding.title,
    confidence: 0.9,
    status: 'active',
    entities: finding.entities,
    explains: [],
    because: [],
    alternatives: [],
    remediation: remedy === undefined ? [] : [{ text: remedy }],
    verify: [],
    collectNext: [],
  };
}
