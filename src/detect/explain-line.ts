import { compareText } from '../model/entity.ts';
import { listOf } from '../model/matcher-values.ts';
import type { Signature } from '../model/signature.ts';
import type { Source } from '../model/source.ts';
import type { Compiled, CompiledLog, CompiledMatcher } from './compile.ts';
import { confirm, matchedPart } from './confirm.ts';
import type { Expression, Expressions } from './expression.ts';
import { Prefilter } from './literals.ts';
import { type Restriction, unitMatches } from './restrictions.ts';

/** A line as somebody pasted it. */
export interface PastedLine {
  readonly text: string;
  /** What is known of where it stood. A restriction on anything else is a condition of the match. */
  readonly place: Partial<Source>;
  /** Who wrote it, as the line itself says: a syslog identifier. */
  readonly identifier?: string;
}

/** What one matcher makes of a line that holds its literal. */
export interface LineMatch {
  readonly signature: Signature;
  /** Name of the matcher in the signature. */
  readonly matcher: string;
  readonly literal?: string;
  readonly captures: Readonly<Record<string, string>>;
  /** What must be true of the place, which is not known. */
  readonly provided: readonly string[];
  /** Why it is no match; empty where it is one. */
  readonly failed: readonly string[];
}

/** Says of a line which matchers it satisfies, and which it does not in spite of holding their literal. Sorted by signature. */
type LineExplainer = (line: PastedLine) => LineMatch[];

/** What explains lines with the matchers of a catalogue. */
export function lineExplainer(compiled: Compiled): LineExplainer {
  const prefilter = new Prefilter(compiled.literals);
  return (line) => explainLine(compiled, prefilter, line);
}

function explainLine(compiled: Compiled, prefilter: Prefilter, line: PastedLine): LineMatch[] {
  const found = [...logMatches(compiled, prefilter, line), ...messageMatches(compiled, line)];
  return found.sort((a, b) => compareText(a.signature.id, b.signature.id) || compareText(a.matcher, b.matcher));
}

function logMatches(compiled: Compiled, prefilter: Prefilter, line: PastedLine): LineMatch[] {
  const bytes = Buffer.from(line.text);
  const matches = new Map<number, LineMatch>();
  prefilter.scan(bytes, 0, bytes.length, (literal, offset) => {
    const { from, to } = matchedPart(0, bytes.length, offset);
    for (const matcher of compiled.byLiteral[literal]!) {
      if (matches.has(matcher.id)) continue;
      const part = bytes.toString('latin1', from, to);
      matches.set(matcher.id, logMatch(compiled, matcher, compiled.literals[literal]!.text, part, line));
    }
  });
  return [...matches.values()];
}

function logMatch(
  compiled: Compiled,
  matcher: CompiledLog,
  literal: string,
  part: string,
  line: PastedLine,
): LineMatch {
  const captures = confirm(matcher, part);
  const place = matcher.restrictions.map((restriction) => judge(restriction, line));
  return {
    ...about(compiled, matcher),
    literal,
    captures: shown(captures ?? {}, (value) => Buffer.from(value, 'latin1').toString('utf8')),
    provided: place.flatMap(({ provided }) => provided ?? []),
    failed: [
      ...(captures === undefined ? [textReason(matcher, part)] : []),
      ...place.flatMap(({ failed }) => failed ?? []),
    ],
  };
}

function about(compiled: Compiled, matcher: CompiledMatcher): Pick<LineMatch, 'signature' | 'matcher'> {
  return { signature: compiled.signatures[matcher.signature]!, matcher: matcher.name };
}

function textReason(matcher: Pick<CompiledLog, 'pattern' | 'not'>, text: string): string {
  if (matcher.pattern !== undefined && !matcher.pattern.test(text))
    return `the pattern does not match: ${matcher.pattern.source}`;
  return `excluded by not: ${matcher.not.find((not) => not.test(text))?.source ?? ''}`;
}

const FIELD_NAMES: Readonly<Record<Restriction['field'], string>> = {
  kind: 'source',
  namespace: 'namespace',
  pod: 'pod',
  container: 'container',
  unit: 'unit',
  path: 'path',
};

function judge(restriction: Restriction, line: PastedLine): { readonly provided?: string; readonly failed?: string } {
  const { field, allowed } = restriction;
  const wanted = `${FIELD_NAMES[field]} is ${allowed.join(' or ')}`;
  const value = line.place[field] ?? (field === 'unit' ? line.identifier : undefined);
  if (value === undefined) return { provided: wanted };
  const passes = field === 'unit' ? unitMatches(allowed, value) : restriction.passes(value);
  return passes ? {} : { failed: `${FIELD_NAMES[field]} is ${value}, not ${allowed.join(' or ')}` };
}

/** What no component says. */
const ANY_MESSAGE = '~ zq 0 ~ nobody: says (this) ~';

/** People paste messages of Events and of conditions too. */
function messageMatches(compiled: Compiled, line: PastedLine): LineMatch[] {
  if (line.place.kind !== undefined) return [];
  return compiled.matchers.flatMap((matcher): LineMatch[] => {
    const message = messageOf(matcher, compiled.expressions);
    if (message === undefined) return [];
    const { contains = [], pattern, not, provided } = message;
    const literal = contains.find((text) => line.text.includes(text));
    if (contains.length > 0 ? literal === undefined : !(pattern?.test(line.text) ?? false)) return [];
    // A pattern that takes any message says nothing about this one.
    if (contains.length === 0 && pattern?.test(ANY_MESSAGE) === true) return [];
    const match = pattern?.exec(line.text);
    const excluded = match === null || not.some((expression) => expression.test(line.text));
    return [
      {
        ...about(compiled, matcher),
        ...(literal !== undefined && { literal }),
        captures: shown(match?.groups ?? {}, (value) => value),
        provided: [provided],
        failed: excluded ? [textReason({ pattern, not }, line.text)] : [],
      },
    ];
  });
}

interface MessageMatcher {
  readonly contains: readonly string[];
  readonly pattern: Expression | undefined;
  readonly not: readonly Expression[];
  readonly provided: string;
}

function messageOf(matcher: CompiledMatcher, expressions: Expressions): MessageMatcher | undefined {
  if (matcher.type === 'log') return undefined;
  const spec = matcher.type === 'event' ? matcher.spec : matcher.spec.condition;
  if (spec === undefined || (spec.contains === undefined && spec.pattern === undefined)) return undefined;
  return {
    contains: listOf(spec.contains),
    pattern: spec.pattern === undefined ? undefined : expressions.of(spec.pattern),
    not: listOf(spec.not).map((text) => expressions.of(text)),
    provided: matcher.type === 'event' ? eventPlace(matcher.spec) : conditionPlace(matcher.spec),
  };
}

function eventPlace({ reason, kind, namespace }: { reason?: Globs; kind?: Globs; namespace?: Globs }): string {
  const about = [named('of reason', reason), named('about a', kind), named('in', namespace)].filter(
    (part) => part !== '',
  );
  return ['it is the message of an Event', ...about].join(' ');
}

function conditionPlace(spec: ConditionPlace): string {
  const { type, status } = spec.condition ?? {};
  const of = ['of a', listOf(spec.kind).join(' or '), listOf(spec.name).join(' or ')].filter((part) => part !== '');
  return `it is the message of condition ${listOf(type).join(' or ')}=${listOf(status).join(' or ')} ${of.join(' ')}`;
}

interface ConditionPlace {
  readonly kind: Globs;
  readonly name?: Globs;
  readonly condition?: { readonly type: Globs; readonly status: Globs } | undefined;
}

type Globs = string | readonly string[] | undefined;

function named(words: string, globs: Globs): string {
  return globs === undefined ? '' : `${words} ${listOf(globs).join(' or ')}`;
}

function shown(
  captures: Readonly<Record<string, string | undefined>>,
  decode: (value: string) => string,
): Record<string, string> {
  const filled = Object.entries(captures).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(filled.map(([name, value]) => [name, decode(value)]));
}
