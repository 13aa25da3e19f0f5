import type { Report } from '../model/report.ts';

type Field = NonNullable<Report['configuration']>[number]['fields'][number];

/** A field with the path under which the other side would have it. */
export interface Aligned extends Field {
  readonly key: string;
}

/** What names an element of a list, where it has such a field. */
const NAMES = ['name', 'key', 'type', 'id'] as const;
/** No index of a list: nothing of the other side is paired with it. */
const ALONE = '-';

/**
 * The fields of `old` with the paths that they have in `now`: elements of lists are paired by what they hold, then by their
 * name, and what is left over in order, where as many are left on either side.
 */
export function alignLists(old: readonly Field[], now: readonly Field[]): Aligned[] {
  return aligned(old, now, '');
}

function aligned(old: readonly Field[], now: readonly Field[], at: string, key = at): Aligned[] {
  const [ours, theirs] = [childrenOf(old, at), childrenOf(now, key)];
  const pairs = isList(ours) && isList(theirs) ? pairsOf(ours, theirs, at, key) : undefined;
  return [...ours].flatMap(([part, fields]) => {
    const other = pairs === undefined ? part : (pairs.get(part) ?? `${ALONE}${part}`);
    const [path, there] = [at + part, key + other];
    const [own] = fields;
    if (fields.length === 1 && own!.path === path) return [{ ...own!, key: there }];
    return aligned(fields, theirs.get(other) ?? [], `${path}/`, `${there}/`);
  });
}

type Children = ReadonlyMap<string, readonly Field[]>;

function childrenOf(fields: readonly Field[], at: string): Children {
  return Map.groupBy(fields, ({ path }) => path.slice(at.length).split('/', 1)[0]!);
}

function isList(children: Children): boolean {
  return children.size > 0 && [...children.keys()].every((part) => /^\d+$/.test(part));
}

/** Which index of the other list is the same element. */
function pairsOf(ours: Children, theirs: Children, at: string, key: string): Map<string, string> {
  const pairs = new Map<string, string>();
  const left = (children: Children, taken: Iterable<string>): string[] => {
    const gone = new Set(taken);
    return [...children.keys()].filter((part) => !gone.has(part));
  };
  for (const word of [contentOf, nameOf]) {
    const free = Map.groupBy(left(theirs, pairs.values()), (part) => word(theirs.get(part)!, `${key}${part}`));
    for (const part of left(ours, pairs.keys())) {
      const said = word(ours.get(part)!, at + part);
      const same = said === undefined ? undefined : free.get(said)?.shift();
      if (same !== undefined) pairs.set(part, same);
    }
  }
  const [here, there] = [left(ours, pairs.keys()), left(theirs, pairs.values())];
  if (here.length === there.length) for (const [index, part] of here.entries()) pairs.set(part, there[index]!);
  return pairs;
}

function contentOf(fields: readonly Field[], at: string): string {
  return JSON.stringify(fields.map(({ path, value }) => [path.slice(at.length), value]));
}

function nameOf(fields: readonly Field[], at: string): string | undefined {
  for (const name of NAMES) {
    const field = fields.find(({ path }) => path === `${at}/${name}`);
    if (field !== undefined) return `${name}=${field.value}`;
  }
  return undefined;
}
