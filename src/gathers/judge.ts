import { compareText, type EntityKind, entityKey } from '../model/entity.ts';
import type { Report, RootCause } from '../model/report.ts';
import type { ScenarioTruth } from './scenario.ts';

/** Where a report departs from the truth of its scenario; empty when it is right. */
export function judgeReport(report: Report, truth: ScenarioTruth): string[] {
  return [
    ...verdictProblems(report, truth),
    ...causeProblems(report, truth),
    ...strayCauses(report, truth),
    ...edgeProblems(report, truth),
    ...forbidden(report, truth),
  ];
}

function verdictProblems({ verdict }: Report, truth: ScenarioTruth): string[] {
  const { status, recovery } = truth.verdict;
  return [
    ...(anyOf(status).includes(verdict.status)
      ? []
      : [`verdict is ${verdict.status}, not ${anyOf(status).join(' or ')}`]),
    ...(verdict.recovery === recovery ? [] : [`recovery is ${verdict.recovery}, not ${recovery}`]),
  ];
}

function anyOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}

type ExpectedCause = ScenarioTruth['rootCauses'][number];

/** Is it the cause that the truth means: by signature and entities? */
export function isExpected(cause: Pick<RootCause, 'signature' | 'entities'>, expected: ExpectedCause): boolean {
  const entities = new Set<string>(cause.entities.map((e) => entityKey({ kind: e.kind as EntityKind, name: e.name })));
  return (
    anyOf(expected.signature).includes(cause.signature) && expected.entities.every((entity) => entities.has(entity))
  );
}

function find(report: Report, expected: ExpectedCause): RootCause | undefined {
  return report.rootCauses.find((cause) => isExpected(cause, expected));
}

function causeProblems(report: Report, truth: ScenarioTruth): string[] {
  let after = 0;
  return truth.rootCauses.flatMap((expected): string[] => {
    const cause = find(report, expected);
    const name = `root cause ${anyOf(expected.signature).join(' or ')} (${expected.entities.join(', ')})`;
    if (cause === undefined) return [`${name} is missing`];
    const problems: string[] = [];
    if (truth.anyOrder !== true && cause.rank < after)
      problems.push(`${name} ranks ${cause.rank}, before one that it should follow`);
    after = cause.rank;
    if (expected.rank !== undefined && cause.rank !== expected.rank)
      problems.push(`${name} ranks ${cause.rank}, not ${expected.rank}`);
    if (cause.status !== expected.status) problems.push(`${name} is ${cause.status}, not ${expected.status}`);
    if (cause.confidence < (expected.minConfidence ?? 0))
      problems.push(`${name} has only confidence ${cause.confidence}`);
    if (cause.confidence > (expected.maxConfidence ?? 1))
      problems.push(`${name} has confidence ${cause.confidence}, too high`);
    return problems;
  });
}

/** Any cause beyond those expected and those allowed is a false alarm. */
function strayCauses(report: Report, truth: ScenarioTruth): string[] {
  const expected = new Set(truth.rootCauses.map((cause) => find(report, cause)));
  const allowed = new Set(truth.mayAppear?.rootCauses);
  return report.rootCauses
    .filter((cause) => !expected.has(cause) && !allowed.has(cause.signature))
    .map((cause) => `root cause ${cause.signature} (rank ${cause.rank}) is not in the truth`);
}

/** Weaker edges are drawn as suspected, not as proven. */
const PROVEN = 0.5;

function edgeNames(report: Report, atLeast = 0): Set<string> {
  const signature = new Map(report.findings.map((finding) => [finding.id, finding.signature]));
  const drawn = report.edges.filter((edge) => edge.strength >= atLeast);
  return new Set(drawn.map((edge) => `${signature.get(edge.cause)} -> ${signature.get(edge.effect)}`));
}

function edgeProblems(report: Report, truth: ScenarioTruth): string[] {
  const drawn = edgeNames(report);
  return truth.edges
    .map(({ cause, effect }) => `${cause} -> ${effect}`)
    .filter((edge) => !drawn.has(edge))
    .map((edge) => `edge ${edge} is missing`);
}

function forbidden(report: Report, truth: ScenarioTruth): string[] {
  const no = truth.mustNotAppear;
  if (no === undefined) return [];
  const drawn = edgeNames(report, PROVEN);
  const active = report.findings.filter((finding) => finding.status === 'active');
  return [
    ...report.rootCauses
      .filter((c) => no.rootCauses.includes(c.signature))
      .map((c) => `root cause ${c.signature} must not appear`),
    ...no.edges
      .map(({ cause, effect }) => `${cause} -> ${effect}`)
      .filter((edge) => drawn.has(edge))
      .map((edge) => `edge ${edge} must not be drawn`),
    ...[...new Set(report.findings.map((f) => f.signature))]
      .filter((signature) => no.findings.includes(signature))
      .sort(compareText)
      .map((signature) => `finding ${signature} must not appear`),
    ...active
      .filter((f) => no.severities.includes(f.severity))
      .map(
        (f) =>
          `active ${f.severity} finding ${f.signature} (${f.entities.map((e) => e.name).join(', ')}) must not appear`,
      ),
  ];
}
