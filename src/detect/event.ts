import { listOf } from '../model/matcher-values.ts';
import { type Resource, readText } from '../model/resource.ts';
import { type Micros, parseTime, type Stamp } from '../model/time.ts';
import type { Compiled, CompiledEvent } from './compile.ts';
import { keyCaptures } from './compile.ts';
import { matchedText } from './expression.ts';
import type { Failures } from './failures.ts';
import { matchesAny } from './glob.ts';
import type { Hits } from './hits.ts';
import { entityOfEvent } from './resource-entity.ts';

/** Which matchers an Event is for is remembered for this many combinations of what it says of itself. */
const REMEMBERED = 4096;

/** For what an Event does not say of itself: no text holds it. */
const NONE = '\u0001';

/** Matches Kubernetes Events as they stream by; they are not kept. */
export class EventMatching {
  readonly #compiled: Compiled;
  readonly #hits: Hits;
  readonly #failures: Failures;
  readonly #matchers = new Map<string, readonly CompiledEvent[]>();

  constructor(compiled: Compiled, hits: Hits, failures: Failures) {
    this.#compiled = compiled;
    this.#hits = hits;
    this.#failures = failures;
  }

  match(event: Resource): void {
    const reason = readText(event.body, 'reason');
    const matchers = this.#matchersFor(event, reason);
    if (matchers.length === 0) return;
    const message = readText(event.body, 'message') ?? readText(event.body, 'note') ?? '';
    for (const matcher of matchers) {
      const captures = this.#failures.guard(matcher.signature, () => confirm(matcher, message));
      if (captures === undefined) continue;
      // Who asks for no reason wants to be told which it was.
      const told = matcher.spec.reason === undefined ? { reason, ...captures } : captures;
      add(event, matcher, told, `${reason ?? ''}: ${message}`, this.#compiled, this.#hits);
    }
  }

  #matchersFor(event: Resource, reason: string | undefined): readonly CompiledEvent[] {
    const involved = involvedKind(event);
    const type = readText(event.body, 'type');
    const key = `${reason ?? NONE}\0${involved ?? NONE}\0${type ?? NONE}\0${event.namespace ?? NONE}`;
    const known = this.#matchers.get(key);
    if (known !== undefined) return known;
    const matchers = this.#compiled.events.filter(
      ({ spec }) =>
        matchesAny(listOf(spec.reason), reason) &&
        matchesAny(listOf(spec.kind), involved) &&
        (spec.type === undefined || spec.type === type) &&
        matchesAny(listOf(spec.namespace), event.namespace),
    );
    if (this.#matchers.size < REMEMBERED) this.#matchers.set(key, matchers);
    return matchers;
  }
}

function confirm(matcher: CompiledEvent, message: string): Readonly<Record<string, string | undefined>> | undefined {
  const literals = listOf(matcher.spec.contains);
  if (literals.length > 0 && !literals.some((literal) => message.includes(literal))) return undefined;
  const part = matchedText(message, literals);
  if (matcher.not.some((not) => not.test(part))) return undefined;
  if (matcher.pattern === undefined) return {};
  const match = matcher.pattern.exec(part);
  return match === null ? undefined : (match.groups ?? {});
}

function add(
  event: Resource,
  matcher: CompiledEvent,
  captures: Readonly<Record<string, string | undefined>>,
  text: string,
  compiled: Compiled,
  hits: Hits,
): void {
  const last = lastTime(event);
  const first = firstTime(event) ?? last;
  const entity = entityOfEvent(event);
  const host = readText(event.body, 'source.host') ?? readText(event.body, 'deprecatedSource.host');
  hits.add({
    matcher,
    path: event.path,
    ...(host !== undefined && { host }),
    ...(entity && { entity }),
    keyCaptures: keyCaptures(matcher.spec.pattern, compiled.signatures[matcher.signature]!),
    captures,
    sample: {
      line: event.lineOf('/message'),
      pointer: event.pointer,
      ...(last !== undefined && { stamp: absolute(last) }),
      text: text.slice(0, 2000),
    },
    weight: countOf(event),
    ...(first !== undefined && { since: absolute(first) }),
  });
}

function absolute(micros: Micros): Stamp {
  return { clock: 'absolute', micros };
}

function involvedKind(event: Resource): string | undefined {
  return readText(event.body, 'involvedObject.kind') ?? readText(event.body, 'regarding.kind');
}

function firstOf(event: Resource, paths: readonly string[]): Micros | undefined {
  for (const path of paths) {
    const at = parseTime(readText(event.body, path) ?? '');
    if (at !== undefined) return at;
  }
  return undefined;
}

/** When the event was last seen, in either API: a series' own time, then lastTimestamp, eventTime, creation. */
export function lastTime(event: Resource): Micros | undefined {
  return firstOf(event, [
    'series.lastObservedTime',
    'lastTimestamp',
    'deprecatedLastTimestamp',
    'eventTime',
    'metadata.creationTimestamp',
  ]);
}

function firstTime(event: Resource): Micros | undefined {
  return firstOf(event, ['firstTimestamp', 'deprecatedFirstTimestamp', 'eventTime', 'metadata.creationTimestamp']);
}

function countOf(event: Resource): number {
  for (const path of ['series.count', 'count', 'deprecatedCount']) {
    const count = Number(readText(event.body, path));
    if (Number.isInteger(count) && count > 0) return Math.min(count, 1_000_000_000);
  }
  return 1;
}
