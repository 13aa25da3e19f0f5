import { captureKind, type EntityKind } from '../model/entity.ts';
import { listOf } from '../model/matcher-values.ts';
import type { EventMatcher, LogMatcher, ResourceMatcher, Signature } from '../model/signature.ts';
import { type Expression, Expressions } from './expression.ts';
import type { Literal } from './literals.ts';
import { type Restriction, restrictionsOf } from './restrictions.ts';

interface MatcherBase {
  /** Index among all matchers of the catalogue. */
  readonly id: number;
  /** Index of its signature. */
  readonly signature: number;
  readonly name: string;
}

export interface CompiledLog extends MatcherBase {
  readonly type: 'log';
  readonly pattern: Expression | undefined;
  readonly not: readonly Expression[];
  readonly units: readonly string[];
  readonly keyCaptures: readonly string[];
  readonly restrictions: readonly Restriction[];
}

export interface CompiledEvent extends MatcherBase {
  readonly type: 'event';
  readonly spec: EventMatcher;
  readonly pattern: Expression | undefined;
  readonly not: readonly Expression[];
}

export interface CompiledResource extends MatcherBase {
  readonly type: 'resource';
  readonly spec: ResourceMatcher;
}

export type CompiledMatcher = CompiledLog | CompiledEvent | CompiledResource;

export interface Compiled {
  readonly signatures: readonly Signature[];
  readonly matchers: readonly CompiledMatcher[];
  readonly literals: readonly Literal[];
  /** Log matchers by literal index. */
  readonly byLiteral: readonly (readonly CompiledLog[])[];
  readonly events: readonly CompiledEvent[];
  readonly resources: ReadonlyMap<string, readonly CompiledResource[]>;
  readonly expressions: Expressions;
}

/** `maxPatternTime` as in the limits. */
export function compile(signatures: readonly Signature[], maxPatternTime?: number): Compiled {
  const matchers: CompiledMatcher[] = [];
  const expressions = new Expressions(maxPatternTime);
  const literals = new Map<string, { literal: Literal; matchers: CompiledLog[] }>();
  const resources = new Map<string, CompiledResource[]>();
  signatures.forEach((signature, index) => {
    for (const [name, matcher] of Object.entries(signature.match)) {
      const base = { id: matchers.length, signature: index, name };
      if ('log' in matcher) {
        const log = compileLog(base, matcher.log, signature, expressions);
        matchers.push(log);
        for (const text of listOf(matcher.log.contains))
          addLiteral(literals, text, matcher.log.ignoreCase ?? false, log);
      } else if ('event' in matcher) {
        const { pattern, not } = matcher.event;
        matchers.push({
          ...base,
          type: 'event',
          spec: matcher.event,
          pattern: pattern === undefined ? undefined : expressions.of(pattern),
          not: listOf(not).map((text) => expressions.of(text)),
        });
      } else {
        const resource: CompiledResource = { ...base, type: 'resource', spec: matcher.resource };
        matchers.push(resource);
        for (const kind of listOf(matcher.resource.kind)) {
          resources.set(kind, [...(resources.get(kind) ?? []), resource]);
        }
      }
    }
  });
  const all = [...literals.values()];
  return {
    signatures,
    matchers,
    literals: all.map((entry) => entry.literal),
    byLiteral: all.map((entry) => entry.matchers),
    events: matchers.filter((m) => m.type === 'event'),
    resources,
    expressions,
  };
}

function addLiteral(
  literals: Map<string, { literal: Literal; matchers: CompiledLog[] }>,
  text: string,
  ignoreCase: boolean,
  matcher: CompiledLog,
): void {
  const key = `${ignoreCase ? 'i' : 'c'}${ignoreCase ? text.toLowerCase() : text}`;
  const entry = literals.get(key);
  if (entry === undefined) literals.set(key, { literal: { text, ignoreCase }, matchers: [matcher] });
  else entry.matchers.push(matcher);
}

function compileLog(base: MatcherBase, spec: LogMatcher, signature: Signature, expressions: Expressions): CompiledLog {
  const flags = spec.ignoreCase === true ? 'i' : '';
  const restrictions = restrictionsOf(spec);
  return {
    ...base,
    type: 'log',
    pattern: spec.pattern === undefined ? undefined : expressions.of(spec.pattern, flags),
    not: listOf(spec.not).map((text) => expressions.of(text, flags)),
    units: listOf(spec.unit),
    keyCaptures: keyCaptures(spec.pattern, signature),
    restrictions,
  };
}

/** Names of the pattern's groups. */
export function captureNames(pattern: string | undefined): string[] {
  return pattern === undefined ? [] : [...pattern.matchAll(/\(\?<([A-Za-z_]\w*)>/g)].map((match) => match[1]!);
}

/** Captures that tell one finding from another: those of the signature's entity kinds, and the one counted as distinct. */
export function keyCaptures(pattern: string | undefined, signature: Signature): string[] {
  const kinds: ReadonlySet<EntityKind> = new Set(signature.entities ?? []);
  const distinct = signature.when.type === 'distinct' ? signature.when.capture : undefined;
  return [...new Set(captureNames(pattern))].filter((name) => {
    const kind = captureKind(name);
    // An image tells its registry.
    const tells = kind === 'image' && kinds.has('registry');
    return name === distinct || tells || (kind !== undefined && kinds.has(kind));
  });
}
