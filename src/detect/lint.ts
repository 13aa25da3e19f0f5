import { captureKind } from '../model/entity.ts';
import { listOf } from '../model/matcher-values.ts';
import type { Matcher, Signature } from '../model/signature.ts';
import { captureNames } from './compile.ts';
import type { Catalogue, LoadedSignature } from './load.ts';

export interface LintProblem {
  readonly file: string;
  readonly message: string;
}

/** Problems that the schema cannot see. `known` are ids beyond the catalogue (detectors) that edges may name. */
export function lintCatalogue(catalogue: Catalogue, known: readonly string[] = []): LintProblem[] {
  const ids = new Set([...catalogue.signatures.map((signature) => signature.id), ...known]);
  const taken = new Map<string, string>();
  return catalogue.loaded.flatMap(({ file, signature }: LoadedSignature) =>
    [...problemsOf(signature, ids), ...duplicates(signature, taken)].map((message) => ({ file, message })),
  );
}

function problemsOf(signature: Signature, ids: ReadonlySet<string>): string[] {
  return [
    ...Object.entries(signature.match).flatMap(([name, matcher]) => literalProblems(name, matcher)),
    ...matcherReferences(signature),
    ...edgeProblems(signature, ids),
    ...captureProblems(signature),
    ...placeholderProblems(signature),
  ];
}

function literalProblems(name: string, matcher: Matcher): string[] {
  if (!('log' in matcher)) return [];
  const anchored = matcher.log.pattern?.startsWith('^') ?? false;
  return anchored ? [`match.${name}: the pattern is anchored, but lines carry prefixes`] : [];
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

/** A capture that is neither an entity, nor counted, nor shown is a group that should not be named. */
function captureProblems(signature: Signature): string[] {
  const shown = JSON.stringify([
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
  const patterns = Object.values(signature.match).flatMap((matcher): (string | undefined)[] => {
    if ('log' in matcher) return [matcher.log.pattern];
    if ('event' in matcher) return [matcher.event.pattern];
    const { where = [], condition } = matcher.resource;
    return [...where.map((predicate) => predicate.pattern), condition?.pattern];
  });
  return [...new Set(patterns.flatMap(captureNames))];
}

const ALWAYS: ReadonlySet<string> = new Set(['count', 'first', 'last', 'duration', 'spacing']);

function placeholderProblems(signature: Signature): string[] {
  const captures = new Set(allCaptures(signature));
  return [...signature.summary.matchAll(/\{([A-Za-z_][\w.-]*)\}/g)]
    .map((match) => match[1]!)
    .filter(
      (name) =>
        !ALWAYS.has(name) && captureKind(name) === undefined && !captures.has(name.replace(/\.(min|max|last)$/, '')),
    )
    .map((name) => `summary shows {${name}}, which nothing captures`);
}

/** Two signatures with the same matchers report the same thing twice. */
function duplicates(signature: Signature, taken: Map<string, string>): string[] {
  const key = JSON.stringify([signature.match, signature.when]);
  const other = taken.get(key);
  taken.set(key, signature.id);
  return other === undefined ? [] : [`matches exactly what ${other} matches`];
}
