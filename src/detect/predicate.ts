import { listOf } from '../model/matcher-values.ts';
import { type Located, locateAll, type Resource, type Value } from '../model/resource.ts';
import type { Predicate } from '../model/signature.ts';
import { type Micros, parseDuration, parseTime } from '../model/time.ts';
import { type Expressions, matchedText } from './expression.ts';

/** Where a predicate held, and what its pattern captured there. */
export interface PredicateMatch extends Located {
  readonly captures: Readonly<Record<string, string | undefined>>;
}

/** A condition list item that a predicate went through has the time since which it holds. */
export interface ResourceMatch {
  /** Where the evidence stands: the first predicate's place. */
  readonly pointer: string;
  readonly text: string;
  readonly captures: Readonly<Record<string, string | undefined>>;
  readonly since?: Micros;
}

/** What predicates need beside the object. */
export interface Moment {
  readonly gatheredAt: Micros | undefined;
  readonly expressions: Expressions;
}

/** All predicates must hold; undefined if one does not. Captures of all are joined. */
export function matchWhere(
  resource: Resource,
  predicates: readonly Predicate[],
  { gatheredAt, expressions }: Moment,
): ResourceMatch | undefined {
  const held: PredicateMatch[] = [];
  for (const predicate of predicates) {
    const match = holds(resource.body, predicate, { gatheredAt, expressions });
    if (match === undefined) return undefined;
    held.push(match);
  }
  const shown = held.find((match) => match.pointer !== '') ?? held[0]!;
  const since = sinceOf(predicates, held);
  return {
    pointer: shown.pointer,
    text: describe(predicates[held.indexOf(shown)]!.path, shown.value),
    captures: Object.assign({}, ...held.map((match) => match.captures)),
    ...(since !== undefined && { since }),
  };
}

function holds(body: Value, predicate: Predicate, moment: Moment): PredicateMatch | undefined {
  const found = locateAll(body, predicate.path);
  if (predicate.exists === false) {
    return found.some((at) => at.value !== null) ? undefined : { value: null, pointer: '', captures: {} };
  }
  for (const at of found) {
    const captures = satisfies(at.value, predicate, moment);
    if (captures !== undefined) return { ...at, captures };
  }
  return undefined;
}

type Captures = Readonly<Record<string, string | undefined>>;

function satisfies(value: Value, p: Predicate, { gatheredAt, expressions }: Moment): Captures | undefined {
  if (p.exists === true && value === null) return undefined;
  const text = value === null || typeof value === 'object' ? undefined : String(value);
  if (p.eq !== undefined && text !== String(p.eq)) return undefined;
  if (p.ne !== undefined && (text === undefined || text === String(p.ne))) return undefined;
  if (p.in !== undefined && (text === undefined || !p.in.map(String).includes(text))) return undefined;
  if (p.gt !== undefined && !(Number(text) > p.gt)) return undefined;
  if (p.lt !== undefined && !(Number(text) < p.lt)) return undefined;
  if (p.olderThan !== undefined && !isOlder(text, p.olderThan, gatheredAt)) return undefined;
  return satisfiesText(text, p, expressions);
}

interface TextTests {
  readonly contains?: string | string[] | undefined;
  readonly pattern?: string | undefined;
  readonly not?: string | string[] | undefined;
}

/** The textual tests that predicates, conditions and events share. */
export function satisfiesText(
  text: string | undefined,
  tests: TextTests,
  expressions: Expressions,
): Captures | undefined {
  if (tests.contains === undefined && tests.pattern === undefined && tests.not === undefined) return {};
  if (text === undefined) return undefined;
  const literals = listOf(tests.contains);
  if (literals.length > 0 && !literals.some((literal) => text.includes(literal))) return undefined;
  const part = matchedText(text, literals);
  if (listOf(tests.not).some((source) => expressions.of(source).test(part))) return undefined;
  if (tests.pattern === undefined) return {};
  const match = expressions.of(tests.pattern).exec(part);
  return match === null ? undefined : (match.groups ?? {});
}

function isOlder(text: string | undefined, duration: string, gatheredAt: Micros | undefined): boolean {
  const at = text === undefined ? undefined : parseTime(text);
  return at !== undefined && gatheredAt !== undefined && gatheredAt - at >= parseDuration(duration)!;
}

function sinceOf(predicates: readonly Predicate[], held: readonly PredicateMatch[]): Micros | undefined {
  const index = predicates.findIndex((predicate) => predicate.olderThan !== undefined);
  const value = held[index]?.value;
  return typeof value === 'string' ? parseTime(value) : undefined;
}

/** `provisioning.state: inspecting`, as it would stand in the file. */
export function describe(path: string, value: Value): string {
  const key = /([^.[\]"]+)"?(?:\[[^\]]*\])*$/.exec(path)?.[1] ?? path;
  const shown = value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value);
  return `${key}: ${shown}`.slice(0, 2000);
}
