import type { Comparison } from '../model/comparison.ts';
import { compareText } from '../model/entity.ts';
import type { Report } from '../model/report.ts';

type Change = Comparison['configuration'][number];
type Configured = NonNullable<Report['configuration']>[number];

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
  const was = new Map(old.fields.map((field) => [field.path, field]));
  const is = new Map(now.fields.map((field) => [field.path, field]));
  return [...new Set([...was.keys(), ...is.keys()])].sort(compareText).flatMap((path): Change[] => {
    const [left, right] = [was.get(path), is.get(path)];
    if (left?.value === right?.value) return [];
    const line = (right ?? left)!.line;
    return [
      {
        kind: now.kind,
        name: now.name,
        field: path,
        ...(left !== undefined && { before: left.value }),
        ...(right !== undefined && { after: right.value }),
        place: { source: right === undefined ? old.source : now.source, ...(line !== undefined && { line }) },
      },
    ];
  });
}
