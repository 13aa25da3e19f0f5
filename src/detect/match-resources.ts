import { listOf } from '../model/matcher-values.ts';
import type { Resource } from '../model/resource.ts';
import type { Micros } from '../model/time.ts';
import { type Compiled, type CompiledResource, keyCaptures } from './compile.ts';
import { matchConditions } from './condition.ts';
import type { Failures } from './failures.ts';
import { matchesAny } from './glob.ts';
import type { Hits } from './hits.ts';
import { type Moment, matchWhere, type ResourceMatch } from './predicate.ts';
import { entityOfResource } from './resource-entity.ts';

/** Matches the objects of the gather, as they were at gather time. */
export function matchResources(
  byKind: ReadonlyMap<string, readonly Resource[]>,
  compiled: Compiled,
  hits: Hits,
  failures: Failures,
  gatheredAt: Micros | undefined,
): void {
  const moment = { gatheredAt, expressions: compiled.expressions };
  for (const [kind, matchers] of compiled.resources) {
    for (const resource of byKind.get(kind) ?? []) {
      for (const matcher of matchers) {
        const found = failures.guard(matcher.signature, () => matchesOf(matcher, resource, moment)) ?? [];
        for (const match of found) add(matcher, resource, match, compiled, hits);
      }
    }
  }
}

function matchesOf({ spec }: CompiledResource, resource: Resource, moment: Moment): readonly ResourceMatch[] {
  if (!matchesAny(listOf(spec.name), resource.name) || !matchesAny(listOf(spec.namespace), resource.namespace))
    return [];
  const where = spec.where === undefined ? undefined : matchWhere(resource, spec.where, moment);
  if (spec.where !== undefined && where === undefined) return [];
  if (spec.condition === undefined) return [where ?? { pointer: '', text: resource.name, captures: {} }];
  return matchConditions(resource, spec.condition, moment.expressions).map((match) => ({
    ...match,
    captures: { ...where?.captures, ...match.captures },
  }));
}

function add(
  matcher: CompiledResource,
  resource: Resource,
  match: ResourceMatch,
  compiled: Compiled,
  hits: Hits,
): void {
  hits.add({
    matcher,
    path: resource.path,
    resource,
    entity: entityOfResource(resource),
    keyCaptures: keyCaptures(patternsOf(matcher), compiled.signatures[matcher.signature]!),
    captures: match.captures,
    sample: {
      line: resource.lineOf(match.pointer),
      pointer: `${resource.pointer}${match.pointer}`,
      text: match.text,
      ...(match.since !== undefined && { stamp: { clock: 'absolute', micros: match.since } }),
    },
  });
}

function patternsOf(matcher: CompiledResource): string {
  const { where = [], condition } = matcher.spec;
  return [...where.map((predicate) => predicate.pattern), condition?.pattern].filter((p) => p !== undefined).join('|');
}
