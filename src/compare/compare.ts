import type { Comparison } from '../model/comparison.ts';
import { compareText, entityKey } from '../model/entity.ts';
import { severityRank } from '../model/finding.ts';
import type { Report, ReportFinding, RootCause } from '../model/report.ts';
import { configurationChanges } from './configuration.ts';

const LOOKED: ReadonlySet<string> = new Set(['hit', 'clear']);

/** Compares two reports of one cluster: what appeared, disappeared, changed state or configuration. */
export function compareReports(before: Report, after: Report): Comparison {
  return {
    schemaVersion: 1,
    before: sideOf(before),
    after: sideOf(after),
    causes: {
      appeared: after.rootCauses.filter((cause) => !hasCause(before, cause)).map(causeOf),
      disappeared: before.rootCauses
        .filter((cause) => !hasCause(after, cause))
        .map((cause) => ({ ...causeOf(cause), looked: hasLooked(after, cause) })),
    },
    findings: findingChanges(before, after),
    states: stateChanges(before, after),
    configuration: configurationChanges(before, after),
    notes: notesOn(before, after),
  };
}

function sideOf({ inputs, window, cluster, verdict }: Report): Comparison['before'] {
  return {
    inputs: inputs.map(({ path }) => path),
    ...(window.gatheredAt !== undefined && { gatheredAt: window.gatheredAt }),
    ...(cluster.version !== undefined && { version: cluster.version }),
    verdict: { ...verdict },
  };
}

function hasCause({ rootCauses }: Report, cause: RootCause): boolean {
  return rootCauses.some((other) => other.finding === cause.finding);
}

function causeOf({ signature, title, entities, confidence, status }: RootCause): Comparison['causes']['appeared'][0] {
  return { signature, title, entities, confidence, status };
}

/** A finding's id is made of its signature and entities: the same fault on the same thing has the same one. */
function findingChanges(before: Report, after: Report): Comparison['findings'] {
  const old = new Map(before.findings.map((finding) => [finding.id, finding]));
  const now = new Map(after.findings.map((finding) => [finding.id, finding]));
  return {
    appeared: sorted(after.findings.filter(({ id }) => !old.has(id))).map(findingOf),
    disappeared: sorted(before.findings.filter(({ id }) => !now.has(id))).map((finding) => ({
      ...findingOf(finding),
      looked: hasLooked(after, finding),
    })),
    changed: sorted(after.findings).flatMap((finding) => {
      const was = old.get(finding.id);
      if (was === undefined || (was.severity === finding.severity && was.status === finding.status)) return [];
      return [{ ...findingOf(finding), before: { severity: was.severity, status: was.status } }];
    }),
  };
}

function hasLooked({ outcomes }: Report, { signature }: Pick<ReportFinding, 'signature'>): boolean {
  return outcomes.some((one) => one.signature === signature && LOOKED.has(one.outcome));
}

function sorted(findings: readonly ReportFinding[]): ReportFinding[] {
  const key = ({ signature, entities }: ReportFinding): string => [signature, ...entities.map(entityKey)].join(' ');
  return findings.toSorted(
    (a, b) => severityRank(b.severity) - severityRank(a.severity) || compareText(key(a), key(b)),
  );
}

function findingOf(finding: ReportFinding): Comparison['findings']['appeared'][0] {
  const { id, signature, title, severity, role, status, entities, evidence } = finding;
  return { id, signature, title, severity, role, status, entities, evidence };
}

function stateChanges(before: Report, after: Report): Comparison['states'] {
  const operators = (report: Report) =>
    new Map(
      report.cluster.operators.map(({ name, available, unreported, degraded, progressing }) => [
        name,
        [
          available ? 'available' : unreported === true ? 'not reported' : 'unavailable',
          ...(degraded ? ['degraded'] : []),
          ...(progressing ? ['progressing'] : []),
        ].join(', '),
      ]),
    );
  const nodes = (report: Report) =>
    new Map(report.cluster.nodes.map(({ name, ready }) => [name, ready ? 'ready' : 'not ready']));
  return [
    ...changesOf('operator', operators(before), operators(after)),
    ...changesOf('node', nodes(before), nodes(after)),
  ];
}

function changesOf(
  kind: 'operator' | 'node',
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Comparison['states'] {
  return [...new Set([...before.keys(), ...after.keys()])].sort(compareText).flatMap((name) => {
    const [old, now] = [stateIn(before, name), stateIn(after, name)];
    if (old === now) return [];
    return [{ kind, name, ...(old !== undefined && { before: old }), ...(now !== undefined && { after: now }) }];
  });
}

/** Where none was gathered, that this one is not there says nothing. */
function stateIn(states: ReadonlyMap<string, string>, name: string): string | undefined {
  return states.get(name) ?? (states.size > 0 ? 'absent' : undefined);
}

function notesOn(before: Report, after: Report): string[] {
  const notes: string[] = [];
  const [a, b] = [before.cluster.id, after.cluster.id];
  if (a !== undefined && b !== undefined && a !== b) notes.push(`These are two clusters: ${a} and ${b}.`);
  const [from, to] = [before.window.gatheredAt, after.window.gatheredAt];
  if (from !== undefined && to !== undefined && from > to)
    notes.push(`The first was gathered after the second: ${from} and ${to}.`);
  if (before.tool.signatures.digest !== after.tool.signatures.digest)
    notes.push('They were analysed with different signatures: some differences may come from that.');
  if (before.configuration === undefined || after.configuration === undefined)
    notes.push('One of them holds no cluster configuration: it was not compared.');
  return notes;
}
