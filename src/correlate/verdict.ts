import { type Finding, severityRank } from '../model/finding.ts';
import type { Report, RootCause } from '../model/report.ts';
import type { ClusterFacts } from './cluster.ts';

export type Verdict = Report['verdict'];

/** Operators without which nothing else works. */
const VITAL: ReadonlySet<string> = new Set([
  'etcd',
  'kube-apiserver',
  'network',
  'openshift-apiserver',
  'authentication',
  'ingress',
]);

/**
 * Says in one line how it stands and what it takes. Absence of data is never health; `unjudged`: something goes on of which
 * the input does not say whether it goes well.
 */
export function judgeCluster(
  roots: readonly RootCause[],
  findings: readonly Finding[],
  unexplained: readonly Finding[],
  cluster: ClusterFacts,
  unjudged = false,
): Verdict {
  const causes = roots.filter((root) => root.status === 'active');
  const status = statusOf(causes, findings, cluster, unjudged);
  const recovery = recoveryOf(status, causes, findings);
  return { status, recovery, summary: summarise(status, recovery, roots, unexplained, cluster) };
}

/** Failed: it does not do what it is for. Degraded: parts of it do not. */
function statusOf(
  causes: readonly RootCause[],
  findings: readonly Finding[],
  cluster: ClusterFacts,
  unjudged: boolean,
): Verdict['status'] {
  const active = findings.filter((f) => f.status === 'active' && f.role !== 'context');
  const hurt = active.some((f) => severityRank(f.severity) >= 2);
  const down = cluster.operators.some((operator) => !operator.available && VITAL.has(operator.name));
  const lost = active.some((f) => f.severity === 'critical' && isClusterWide(f, cluster));
  if (hurt && (down || lost || causes.some((cause) => cause.recovery === 'reinstall'))) return 'failed';
  if (hurt || causes.length > 0) return 'degraded';
  return !unjudged && showsHealth(cluster) ? 'healthy' : 'inconclusive';
}

/** Pods that tell of themselves, and without which there is no API; where no node was gathered, nothing shows that another of them works. */
const CONTROL_PLANE = /^openshift-(?:etcd|kube-apiserver)\//;

/** About the cluster itself, a vital operator, or the control plane of a cluster that has no node to spare. */
function isClusterWide(finding: Finding, cluster: ClusterFacts): boolean {
  const masters = new Set(cluster.nodes.filter((n) => n.roles.some((role) => role !== 'worker')).map((n) => n.name));
  return finding.entities.some(
    (e) =>
      e.kind === 'cluster' ||
      e.kind === 'vip' ||
      (e.kind === 'operator' && VITAL.has(e.name)) ||
      (e.kind === 'pod' && e === finding.entities[0] && masters.size === 0 && CONTROL_PLANE.test(e.name)) ||
      (e.kind === 'node' && masters.size < 3 && masters.has(e.name)),
  );
}

/** Enough of the cluster's own state was gathered, and it says that all is well. */
function showsHealth(cluster: ClusterFacts): boolean {
  return (
    cluster.operators.length > 0 &&
    cluster.nodes.length > 0 &&
    cluster.version !== undefined &&
    cluster.operators.every((o) => o.available && !o.degraded) &&
    cluster.nodes.every((n) => n.ready)
  );
}

const HARDEST = ['in-place', 'hardware', 'reinstall'] as const;
/** A guess does not decide that a cluster must be reinstalled, and less is needed to say that it can be mended in place. */
const DECIDES = { 'in-place': 0.25, hardware: 0.5, reinstall: 0.5 } as const;

function recoveryOf(
  status: Verdict['status'],
  causes: readonly RootCause[],
  findings: readonly Finding[],
): Verdict['recovery'] {
  if (status === 'healthy') return 'none-needed';
  const seen = new Set(findings.filter((f) => f.role === 'cause').map((f) => f.id));
  const needed = causes.flatMap((cause) => {
    // A symptom's remedies mend the symptom: what its unseen cause takes is not known.
    const mendable = seen.has(cause.finding) && cause.remediation.length > 0 ? 'in-place' : undefined;
    const recovery = cause.recovery ?? mendable;
    return recovery !== undefined && cause.confidence >= DECIDES[recovery] ? [recovery] : [];
  });
  return HARDEST.toReversed().find((recovery) => needed.includes(recovery)) ?? 'unknown';
}

/** Three lines of a terminal. */
const SUMMARY_LENGTH = 230;

function summarise(
  status: Verdict['status'],
  recovery: Verdict['recovery'],
  roots: readonly RootCause[],
  unexplained: readonly Finding[],
  cluster: ClusterFacts,
): string {
  const [first, ...others] = roots;
  if (first === undefined) return withoutCause(status, unexplained, cluster);
  const more = others.length === 0 ? '' : `; ${others.length} more ${others.length === 1 ? 'cause' : 'causes'}`;
  const answer = `${first.title}${about(first)}${more}. ${HOW[recovery]}`;
  const check = overturn(recovery, roots);
  if (check === undefined) return `${answer}.`;
  const whole = `${answer}, but check first: ${lowerFirst(check)}.`;
  return whole.length <= SUMMARY_LENGTH ? whole : `${answer}, unless its first remedy spares it.`;
}

const HOW: Readonly<Record<Verdict['recovery'], string>> = {
  'none-needed': 'Nothing needs to be done',
  'in-place': 'It can be mended in place',
  hardware: 'Hardware has to be mended first',
  reinstall: 'Reinstall',
  unknown: 'What it takes to mend is not known from this input',
};

/** What is known by a short name. */
const NAMED: ReadonlySet<string> = new Set([
  'node',
  'machine',
  'baremetalhost',
  'pool',
  'namespace',
  'operator',
  'pod',
]);

/** What the cause is about, where its title names none of it. */
function about(cause: RootCause): string {
  const [entity] = cause.entities;
  const base = ({ name }: { readonly name: string }): string => name.split('/').at(-1) ?? name;
  if (entity === undefined || !NAMED.has(entity.kind)) return '';
  return cause.entities.some((other) => cause.title.includes(base(other))) ? '' : ` (${entity.kind} ${base(entity)})`;
}

/** A reinstallation is only advised together with the cheap check that could spare it. */
function overturn(recovery: Verdict['recovery'], roots: readonly RootCause[]): string | undefined {
  if (recovery !== 'reinstall') return undefined;
  return roots.find((root) => root.recovery === 'reinstall')?.remediation[0]?.text.replace(/\.$/, '');
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function withoutCause(status: Verdict['status'], unexplained: readonly Finding[], cluster: ClusterFacts): string {
  if (status === 'healthy') {
    const { version, desiredVersion = version } = cluster;
    const update = desiredVersion === version ? '' : ` The update from ${version} to ${desiredVersion} is under way.`;
    return `No fault found: ${cluster.operators.length} cluster operators available, ${cluster.nodes.length} nodes ready.${update}`;
  }
  if (unexplained.length > 0) {
    const [top] = unexplained.toSorted((a, b) => severityRank(b.severity) - severityRank(a.severity));
    return `Something is wrong (${top!.title}), but nothing in the input says why.`;
  }
  return 'The input does not hold enough to say how the cluster is: see what is missing.';
}
