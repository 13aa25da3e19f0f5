import { captureKind } from '../model/entity.ts';
import { listOf } from '../model/matcher-values.ts';
import type { Matcher, Signature } from '../model/signature.ts';
import { captureNames } from './compile.ts';
import { caseProblems } from './lint/cases.ts';
import { commonTextOf } from './lint/common-text.ts';
import { type Linked, untimedCycles } from './lint/edge-cycles.ts';
import { expressionsOf } from './lint/expressions.ts';
import { catastrophe } from './lint/regex-cost.ts';
import { unfilled } from './lint/unfilled.ts';
import type { Catalogue, LoadedSignature } from './load.ts';

export interface LintProblem {
  readonly file: string;
  readonly message: string;
}

/** Problems that the schema cannot see. `known` are those beyond the catalogue (detectors) that edges may name. */
export function lintCatalogue(catalogue: Catalogue, known: readonly Linked[] = []): LintProblem[] {
  const own = new Set(catalogue.signatures.map((signature) => signature.id));
  const all = [...catalogue.signatures, ...known.filter(({ id }) => !own.has(id))];
  const ids = new Set(all.map(({ id }) => id));
  const cycles = untimedCycles(all);
  const taken = new Map<string, string>();
  return catalogue.loaded.flatMap(({ file, signature }: LoadedSignature) =>
    [...problemsOf(signature, ids), ...cycleProblems(signature, cycles), ...duplicates(signature, taken)].map(
      (message) => ({ file, message }),
    ),
  );
}

function problemsOf(signature: Signature, ids: ReadonlySet<string>): string[] {
  return [
    ...Object.entries(signature.match).flatMap(([name, matcher]) => literalProblems(name, matcher)),
    ...matcherReferences(signature),
    ...edgeProblems(signature, ids),
    ...captureProblems(signature),
    ...placeholderProblems(signature),
    ...patternProblems(signature),
    ...caseProblems(signature),
    ...unfilled(signature),
  ];
}

function literalProblems(name: string, matcher: Matcher): string[] {
  if (!('log' in matcher)) return [];
  const anchored = matcher.log.pattern?.startsWith('^') ?? false;
  return [
    ...(anchored ? [`match.${name}: the pattern is anchored, but lines carry prefixes`] : []),
    ...listOf(matcher.log.contains)
      .filter((literal) => commonTextOf(literal) !== undefined)
      .map((literal) => `match.${name}: logs are full of ${JSON.stringify(literal)}; choose a rarer literal`),
  ];
}

function matcherReferences(signature: Signature): string[] {
  const names = new Set(Object.keys(signature.match));
  const { when } = signature;
  const used = [
    ...('of' in when ? listOf(when.of) : []),
    ...('steps' in when ? when.steps : []),
    ...('without' in when ? [when.without] : []),
    ...listOf(signature.resolved),
  ];
  return used.filter((name) => !names.has(name)).map((name) => `no matcher is named ${name}`);
}

function edgeProblems(signature: Signature, ids: ReadonlySet<string>): string[] {
  return listOf(signature.causes).flatMap((edge) => {
    if (edge.effect === signature.id) return ['causes itself'];
    return ids.has(edge.effect) ? [] : [`causes ${edge.effect}, which no signature or detector is named`];
  });
}

function cycleProblems(signature: Signature, cycles: readonly (readonly string[])[]): string[] {
  return cycles
    .filter((ids) => ids.includes(signature.id))
    .map((ids) => {
      const from = ids.indexOf(signature.id);
      const circle = [...ids.slice(from), ...ids.slice(0, from)].join(', ');
      return `strong causes without within go in a circle among ${circle}; bound one of them in time`;
    });
}

/** A capture that is neither an entity, nor counted, nor shown is a group that should not be named. */
function captureProblems(signature: Signature): string[] {
  const shown = JSON.stringify([
    signature.headline,
    signature.summary,
    signature.confirm,
    signature.fix,
    signature.collect,
    signature.tests,
  ]);
  const distinct = signature.when.type === 'distinct' ? signature.when.capture : undefined;
  return allCaptures(signature)
    .filter((name) => captureKind(name) === undefined && name !== distinct)
    .filter((name) => !shown.includes(`{${name}}`) && !shown.includes(`{${name}.`) && !shown.includes(`"${name}`))
    .map((name) => `capture ${name} is not used`);
}

function allCaptures(signature: Signature): string[] {
  const patterns = Object.values(signature.match).flatMap((matcher) => expressionsOf(matcher));
  return [...new Set(patterns.flatMap(({ source }) => captureNames(source)))];
}

function patternProblems(signature: Signature): string[] {
  return Object.entries(signature.match).flatMap(([name, matcher]) =>
    expressionsOf(matcher).flatMap(({ source, ignoreCase }) => {
      const reason = catastrophe(source, ignoreCase);
      return reason === undefined
        ? []
        : [`match.${name}: a hostile line could keep ${source} busy for minutes: ${reason}`];
    }),
  );
}

const ALWAYS: ReadonlySet<string> = new Set(['count', 'first', 'last', 'duration', 'spacing']);

function placeholderProblems(signature: Signature): string[] {
  const captures = new Set(allCaptures(signature));
  const openReason = Object.values(signature.match).some((m) => 'event' in m && m.event.reason === undefined);
  if (openReason) captures.add('reason');
  return (['summary', 'headline'] as const).flatMap((field) =>
    [...(signature[field] ?? '').matchAll(/\{([A-Za-z_][\w.-]*)\}/g)]
      .map((match) => match[1]!)
      .filter(
        (name) =>
          !ALWAYS.has(name) &&
          captureKind(name) === undefined &&
          !captures.has(name.replace(/\.(min|max|last|p50|p99)$/, '')),
      )
      .map((name) => `${field} shows {${name}}, which nothing captures`),
  );
}

/** Two signatures with the same matchers report the same thing twice. */
function duplicates(signature: Signature, taken: Map<string, string>): string[] {
  const key = JSON.stringify([signature.match, signature.when]);
  const other = taken.get(key);
  taken.set(key, signature.id);
  return other === undefined ? [] : [`matches exactly what ${other} matches`];
}
