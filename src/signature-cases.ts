import { caseLines, type LogCase, timing } from './case-lines.ts';
import { buildNames } from './correlate/names.ts';
import { contextOf } from './detect/context.ts';
import type { Catalogue } from './detect/load.ts';
import { Detection } from './detect/run.ts';
import { gatherFacts } from './gather-facts.ts';
import { newestTime, placeTimes } from './ingest/clock/place-times.ts';
import { openLines } from './ingest/lines/open-lines.ts';
import { mergeResources } from './ingest/resources/duplicates.ts';
import { openResources } from './ingest/resources/open-resources.ts';
import { lastStamps, logSpans } from './log-spans.ts';
import { entityKey } from './model/entity.ts';
import { type Document, RESOURCE_KINDS } from './model/facts.ts';
import type { Finding } from './model/finding.ts';
import type { Ingested, SourceSummary } from './model/ingest.ts';
import { DEFAULT_LIMITS } from './model/limits.ts';
import { listOf } from './model/matcher-values.ts';
import type { Resource } from './model/resource.ts';
import type { Signature, SignatureCase } from './model/signature.ts';
import type { Source } from './model/source.ts';
import { MINUTE, type Micros, parseTime } from './model/time.ts';

/** What became of one of a signature's own test cases. */
export interface CaseResult {
  readonly signature: string;
  readonly case: string;
  readonly kind: 'hit' | 'clear';
  readonly passed: boolean;
  /** Why it failed. */
  readonly message?: string;
}

/** Runs the `tests` of the named signatures, or of all, through the same engine that analyses gathers. */
export async function runCases(catalogue: Catalogue, ids?: readonly string[]): Promise<readonly CaseResult[]> {
  const wanted = catalogue.signatures.filter(
    (signature) => ids === undefined || ids.length === 0 || ids.includes(signature.id),
  );
  return wanted.flatMap((signature) => [
    ...signature.tests.hits.map((test) => runCase(signature, test, 'hit')),
    ...signature.tests.clear.map((test) => runCase(signature, test, 'clear')),
  ]);
}

export function runCase(signature: Signature, test: SignatureCase, kind: 'hit' | 'clear'): CaseResult {
  const base = { signature: signature.id, case: test.name, kind };
  const { findings, problems } = findingsOf([signature], test);
  const message = problems[0] ?? unmet(test, kind, findings);
  return message === undefined ? { ...base, passed: true } : { ...base, passed: false, message };
}

function unmet(test: SignatureCase, kind: 'hit' | 'clear', findings: readonly Finding[]): string | undefined {
  const expected = kind === 'clear' ? 0 : (test.expect?.findings ?? 1);
  if (findings.length !== expected) {
    return `expected ${expected} findings, got ${findings.length}${findings.length === 0 ? '' : `: ${findings.map(describe).join('; ')}`}`;
  }
  for (const [name, value] of Object.entries(test.expect?.captures ?? {})) {
    if (!findings.some((f) => f.captures[name] === value)) {
      return `expected capture ${name} = ${value}, got ${JSON.stringify(findings[0]?.captures[name])}`;
    }
  }
  const entities = new Set<string>(findings.flatMap((f) => f.entities.map(entityKey)));
  const missing = (test.expect?.entities ?? []).find((entity) => !entities.has(entity));
  if (missing !== undefined) return `expected entity ${missing}, got ${[...entities].join(', ') || 'none'}`;
  const { status } = test.expect ?? {};
  if (status !== undefined && findings.some((f) => f.status !== status))
    return `expected status ${status}, got ${findings[0]!.status}`;
  return undefined;
}

function describe(finding: Finding): string {
  return `${finding.count}× ${finding.entities.map(entityKey).join(' ')}`;
}

/** Analyses a case's logs and resources with the given signatures. */
export function findingsOf(
  signatures: readonly Signature[],
  test: SignatureCase,
): { readonly findings: readonly Finding[]; readonly problems: readonly string[] } {
  const detection = new Detection(signatures, []);
  const summaries: SourceSummary[] = [];
  const problems: string[] = [];
  const resources: Resource[] = [];
  const documents: Document[] = [];
  const context = {
    limits: DEFAULT_LIMITS,
    notes: {
      note: (text: string) => problems.push(text),
      skip: (source: string, reason: string) => problems.push(`${source}: ${reason}`),
    },
    summary: (summary: SourceSummary) => summaries.push(summary),
  };
  listOf(test.log).forEach((log, index) => {
    const source = sourceOf(log, index);
    const bytes = openLines(source, detection.log(source), context);
    bytes.write(Buffer.from(`${caseLines(log).join('\n')}\n`));
    bytes.end(false);
  });
  if (test.resources !== undefined) {
    const kinds = new Set([...RESOURCE_KINDS, ...detection.kinds]);
    const file = { path: 'resources.yaml', kinds, family: 'resources' };
    const bytes = openResources(
      file,
      {
        resource: (r) => (r.kind === 'Event' ? detection.event(r) : void resources.push(r)),
        document: (d) => void documents.push(d),
      },
      context,
    );
    bytes.write(Buffer.from(test.resources));
    bytes.end(false);
  }
  const newest = lastTime(test) ?? newestTime(summaries);
  const stated = test.gatheredAt === undefined ? undefined : parseTime(test.gatheredAt);
  if (test.gatheredAt !== undefined && stated === undefined)
    problems.push(`gatheredAt is no RFC 3339 time: ${test.gatheredAt}`);
  const gatheredAt = stated ?? (newest === undefined ? undefined : newest + MINUTE);
  const place = placeTimes(summaries, gatheredAt);
  const ingested: Ingested = { inputs: [], files: [], summaries, skipped: [], missing: [], notes: [] };
  const facts = gatherFacts(mergeResources(resources), documents, ingested, place);
  const names = buildNames(facts);
  const identity = { version: undefined, platform: undefined, topology: undefined };
  const detected = detection.finish(
    facts,
    contextOf(facts, {
      names,
      place,
      gatheredAt,
      spanOf: logSpans(summaries, place),
      lastStamp: lastStamps(summaries),
      ...identity,
    }),
  );
  const failed = detected.outcomes.filter((outcome) => outcome.outcome === 'failed').map((o) => o.reason ?? 'failed');
  return { findings: detected.findings, problems: [...problems, ...failed] };
}

function sourceOf(log: LogCase, index: number): Source {
  return {
    path: log.path ?? `case-${index}.log`,
    kind: log.source ?? 'container',
    ...(log.host !== undefined && { host: log.host }),
    ...(log.unit !== undefined && { unit: log.unit }),
    ...(log.namespace !== undefined && { namespace: log.namespace }),
    ...(log.pod !== undefined && { pod: log.pod }),
    ...(log.container !== undefined && { container: log.container }),
  };
}

function lastTime(test: SignatureCase): Micros | undefined {
  const ends = listOf(test.log).map((log) => {
    const { start, every, repeat } = timing(log);
    return start + every * (repeat - 1);
  });
  return ends.length === 0 ? undefined : Math.max(...ends);
}
