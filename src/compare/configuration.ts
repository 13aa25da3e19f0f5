import type { Comparison } from '../model/comparison.ts';
import { compareText } from '../model/entity.ts';
import type { Report } from '../model/report.ts';
import { type Aligned, alignLists } from './lists.ts';

type Change = Comparison['configuration'][number];
type Configured = NonNullable<Report['configuration']>[number];

/** Values named of a part that only one side has. */
const MOST_TOLD = 5;

/** Fields that differ, of objects that both have; an object that only one has is one change. */
export function configurationChanges(before: Report, after: Report): Change[] {
  const [old, now] = [before.configuration, after.configuration];
  if (old === undefined || now === undefined) return [];
  const ours = byKey(old);
  const theirs = byKey(now);
  return [...new Set([...ours.keys(), ...theirs.keys()])]
    .sort(compareText)
    .flatMap((key) => objectChanges(ours.get(key), theirs.get(key), old, now));
}

function byKey(configuration: readonly Configured[]): Map<string, Configured> {
  return new Map(configuration.map((object) => [`${object.kind}/${object.name}`, object]));
}

function objectChanges(
  old: Configured | undefined,
  now: Configured | undefined,
  before: readonly Configured[],
  after: readonly Configured[],
): Change[] {
  if (old !== undefined && now !== undefined) return fieldChanges(old, now);
  const object = (now ?? old)!;
  // Where no object of the kind was gathered, that this one is not there says nothing.
  const other = now === undefined ? after : before;
  if (!other.some(({ kind }) => kind === object.kind)) return [];
  const { kind, name, source } = object;
  return [{ kind, name, field: '', [now === undefined ? 'before' : 'after']: 'exists', place: { source } }];
}

function fieldChanges(old: Configured, now: Configured): Change[] {
  const theirs = alignLists(old.fields, now.fields);
  const ours = now.fields.map((field): Aligned => ({ ...field, key: field.path }));
  const was = new Map(theirs.map((field) => [field.key, field]));
  const is = new Set(ours.map(({ key }) => key));
  const { kind, name } = now;
  const changed = now.fields.flatMap(({ path, value, line }): Change[] => {
    const left = was.get(path);
    if (left === undefined || left.value === value) return [];
    return [{ kind, name, field: path, before: left.value, after: value, place: placeOf(now, line) }];
  });
  const gone = wholes(theirs, is).map(
    ({ path, value, line }): Change => ({ kind, name, field: path, before: value, place: placeOf(old, line) }),
  );
  const added = wholes(ours, new Set(was.keys())).map(
    ({ path, value, line }): Change => ({ kind, name, field: path, after: value, place: placeOf(now, line) }),
  );
  return [...changed, ...gone, ...added].sort((a, b) => compareText(a.field, b.field));
}

function placeOf({ source }: Configured, line: number | undefined): Change['place'] {
  return { source, ...(line !== undefined && { line }) };
}

/** Fields that the other side lacks, each under the outermost part of its path that is lacking: a list that is gone is one change. */
function wholes(fields: readonly Aligned[], others: ReadonlySet<string>): Aligned[] {
  const parts = new Set([...others].flatMap(parents));
  const groups = Map.groupBy(
    fields.filter(({ key }) => !others.has(key)),
    ({ key }) => parents(key).find((part) => !parts.has(part)) ?? key,
  );
  return [...groups].map(([key, group]) => (group.length === 1 ? group[0]! : wholeOf(key, group)));
}

function wholeOf(key: string, group: readonly Aligned[]): Aligned {
  const path = parents(group[0]!.path)[parents(key).length - 1]!;
  const told = group.slice(0, MOST_TOLD).map((field) => `${field.path.slice(path.length + 1)}: ${field.value}`);
  const rest = group.length - told.length;
  return { ...group[0]!, path, value: [...told, ...(rest > 0 ? [`${rest} more`] : [])].join(', ') };
}

/** `a/b/c` is in `a` and in `a/b`, the outermost first, and itself the last. */
function parents(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
