import { captureKind, compareEntities, type Entity, entityKey } from '../model/entity.ts';
import type { Finding, FindingStatus, Severity } from '../model/finding.ts';
import { MOST_ENTITIES, severityRank } from '../model/finding.ts';
import { listOf } from '../model/matcher-values.ts';
import type { Signature } from '../model/signature.ts';
import { fillTitle } from '../model/template.ts';
import { formatDuration } from '../model/time.ts';
import type { Context } from './context.ts';
import { decode, evidenceOf } from './evidence.ts';
import { entitiesOf, type Group, namedEntities } from './group.ts';
import { findingId, type Series } from './hits.ts';
import { earlierOccurrences } from './occurrences.ts';
import { Spread, shownSeconds } from './spread.ts';
import type { Timed } from './timed.ts';
import type { Verdict } from './window.ts';

const CONFIDENCE: Readonly<Record<Signature['confidence'], number>> = { certain: 0.95, likely: 0.85, possible: 0.6 };

/** Makes the finding of a group whose `when` held. */
export function findingOf(
  signature: Signature,
  group: Group,
  timedGroup: readonly Timed[],
  verdict: Verdict,
  context: Context,
): Finding {
  const status = statusOf(signature, timedGroup, verdict);
  const captures = capturesOf(verdict);
  const evidence = evidenceOf(verdict, context);
  const finding: Finding = {
    id: findingId(signature.id, group.entities.map(entityKey)),
    signature: signature.id,
    title: signature.title,
    severity: severityOf(signature.severity, status),
    role: signature.role,
    status,
    confidence: confidenceOf(signature, status),
    entities: allEntities(group, verdict, context),
    captures,
    count: Math.max(1, verdict.count),
    evidence,
    ...(verdict.first !== undefined && { firstSeen: verdict.first }),
    ...(verdict.last !== undefined && { lastSeen: verdict.last }),
    ...(signature.recovery !== undefined && { recovery: signature.recovery }),
    ...(signature.timeless === true && { timeless: true }),
    ...(beginsOpen(verdict) && { openStart: true }),
    ...withWriter(verdict, context),
    ...withEarlier(verdict.hits),
  };
  const { headline } = signature;
  if (headline === undefined) return finding;
  const named = { ...finding, entities: joinedEntities(finding.entities, group) };
  return { ...finding, title: fillTitle(headline, named) ?? finding.title };
}

/** For a title: several of a kind that does not tell findings apart as one name, `a and b` or `a and 3 more`. */
function joinedEntities(entities: readonly Entity[], group: Group): Entity[] {
  const apart = new Set(group.entities.map(({ kind }) => kind));
  return entities.map((entity) => {
    const all = apart.has(entity.kind) ? [] : entities.filter(({ kind }) => kind === entity.kind);
    if (all.length < 2) return entity;
    const rest = all.length === 2 ? all[1]!.name : `${all.length - 1} more`;
    return { kind: entity.kind, name: `${all[0]!.name} and ${rest}` };
  });
}

/** The earliest hits stand at the very start of their log: the log tells no onset. */
function beginsOpen(verdict: Verdict): boolean {
  return verdict.hits.some((t) => t.openStart && t.first === verdict.first);
}

/** Lines of one host carry one clock's times: those of its journals, and those of its pods' logs. */
function withWriter(verdict: Verdict, context: Context): Pick<Finding, 'writer'> {
  const writers = new Set(verdict.hits.map(({ series }) => writerOf(series, context)));
  const [writer] = writers;
  return writers.size === 1 && writer !== undefined ? { writer } : {};
}

function writerOf({ source, host }: Series, context: Context): string | undefined {
  if (source === undefined) return undefined;
  if (source.namespace !== undefined && source.pod !== undefined)
    return context.names.nodeOfPod(`${source.namespace}/${source.pod}`);
  return host === undefined ? undefined : context.names.node(host);
}

function withEarlier(hits: readonly Timed[]): Pick<Finding, 'earlier'> {
  const earlier = earlierOccurrences(hits);
  return earlier.length === 0 ? {} : { earlier };
}

function statusOf(signature: Signature, group: readonly Timed[], verdict: Verdict): FindingStatus {
  const answers = new Set(listOf(signature.resolved));
  const mended = group.some(
    (t) =>
      answers.has(t.series.matcher.name) &&
      t.last !== undefined &&
      verdict.last !== undefined &&
      t.last >= verdict.last,
  );
  return !mended && verdict.hits.some((t) => t.active) ? 'active' : 'recovered';
}

/** What is over is worth knowing, but is no emergency. */
function severityOf(severity: Severity, status: FindingStatus): Severity {
  return status === 'recovered' && severityRank(severity) > severityRank('warning') ? 'warning' : severity;
}

function confidenceOf(signature: Signature, status: FindingStatus): number {
  const base = CONFIDENCE[signature.confidence] * (signature.status === 'experimental' ? 0.7 : 1);
  return Math.round(base * (status === 'recovered' ? 0.9 : 1) * 1000) / 1000;
}

function allEntities(group: Group, verdict: Verdict, context: Context): Entity[] {
  const found = new Map<string, Entity>(group.entities.map((entity) => [entityKey(entity), entity]));
  const rest = new Map<string, Entity>();
  for (const { series } of verdict.hits) {
    for (const entity of [...entitiesOf(series, context).values(), ...namedEntities(series, context)]) {
      if (entity.kind !== 'container' && entity.kind !== 'unit' && entity.kind !== 'namespace')
        rest.set(entityKey(entity), entity);
    }
  }
  // A log that names no host means the same port as one that does.
  const ports = new Set([...rest.values()].filter(({ kind }) => kind === 'nic').map(({ name }) => name.split('/')[1]));
  const left = [...rest.values()].filter(
    (one) => !found.has(entityKey(one)) && !(one.kind === 'nic' && ports.has(one.name)),
  );
  return [...found.values(), ...some(left, MOST_ENTITIES - found.size)];
}

/** Of more than fit, some of every kind and every namespace. */
function some(entities: readonly Entity[], most: number): Entity[] {
  const sorted = entities.toSorted(compareEntities);
  if (sorted.length <= most) return sorted;
  const groups = Map.groupBy(sorted, ({ kind, name }) => `${kind}:${/^([^/]+)\//.exec(name)?.[1] ?? ''}`);
  const turns = [...groups.values()].flatMap((group) => group.map((entity, turn) => ({ entity, turn })));
  const chosen = turns.toSorted((a, b) => a.turn - b.turn).slice(0, most);
  return chosen.map(({ entity }) => entity).sort(compareEntities);
}

/** Of several that name the same, the last one in time is told. */
function capturesOf(verdict: Verdict): Record<string, string> {
  const captures: Record<string, string> = {};
  const ranges = new Map<string, { min: number; max: number }>();
  const age = (t: Timed): number => t.last ?? Number.NEGATIVE_INFINITY;
  for (const { series } of verdict.hits.toSorted((a, b) => (age(a) < age(b) ? -1 : age(a) > age(b) ? 1 : 0))) {
    Object.assign(captures, series.captures);
    for (const [name, { min, max }] of series.ranges) {
      const range = ranges.get(name);
      ranges.set(name, { min: Math.min(min, range?.min ?? min), max: Math.max(max, range?.max ?? max) });
    }
  }
  for (const [name, { min, max }] of ranges) {
    if (captureKind(name) !== undefined) continue;
    captures[`${name}.min`] = String(min);
    captures[`${name}.max`] = String(max);
  }
  Object.assign(captures, spreadsOf(verdict));
  if (verdict.spacing !== undefined) captures['spacing'] = formatDuration(verdict.spacing);
  return Object.fromEntries(Object.entries(captures).map(([name, value]) => [name, decode(value).slice(0, 300)]));
}

/** Durations as a distribution: `took.p50`, `took.p99` and both ends. */
function spreadsOf(verdict: Verdict): Record<string, string> {
  const spreads = new Map<string, Spread>();
  for (const { series } of verdict.hits)
    for (const [name, one] of series.spreads) {
      const all = spreads.get(name) ?? new Spread();
      all.merge(one);
      spreads.set(name, all);
    }
  return Object.fromEntries(
    [...spreads].flatMap(([name, all]) => [
      [`${name}.min`, shownSeconds(all.min)],
      [`${name}.p50`, shownSeconds(all.quantile(0.5))],
      [`${name}.p99`, shownSeconds(all.quantile(0.99))],
      [`${name}.max`, shownSeconds(all.max)],
    ]),
  );
}
