/** A value as YAML or JSON gives it. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };
export type Fields = { readonly [key: string]: Value };

/** A Kubernetes object of the gather, with the place where it stands. */
export interface Resource {
  /** API group without version; empty for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly body: Fields;
  /** Path inside the input, as in `Source.path`. */
  readonly path: string;
  /** JSON pointer of the object inside its file: empty for a single object, `/items/3` in a List. */
  readonly pointer: string;
  /** Line (from 1) at which the value behind a JSON pointer relative to this object stands; nearest parent if absent. */
  lineOf(pointer: string): number;
}

/**
 * Reads `status.conditions[type=Ready].status`: fields by name, `[key=value]` picks the first list item whose key has that
 * value, `[n]` the nth. Keys with dots are written in double quotes: `metadata.annotations."machineconfiguration.openshift.io/state"`.
 * Undefined where any step is missing.
 */
export function read(root: Value | undefined, path: string): Value | undefined {
  return locate(root, path)?.value;
}

export interface Located {
  readonly value: Value;
  /** JSON pointer relative to the root. */
  readonly pointer: string;
}

export function locate(root: Value | undefined, path: string): Located | undefined {
  return locateAll(root, path)[0];
}

/** As `locate`, but `[*]` stands for every item of a list or every value of a map; all matches in document order. */
export function locateAll(root: Value | undefined, path: string): Located[] {
  if (root === undefined) return [];
  let found: Located[] = [{ value: root, pointer: '' }];
  for (const step of parsePath(path)) {
    found = found.flatMap((at) => take(at, step));
    if (found.length === 0) return found;
  }
  return found;
}

type Step =
  | { readonly type: 'field'; readonly name: string }
  | { readonly type: 'index'; readonly index: number }
  | { readonly type: 'where'; readonly key: string; readonly value: string }
  | { readonly type: 'each' };

const parsed = new Map<string, readonly Step[]>();

/** Splits a field path. Throws a `SyntaxError` naming the path when it is malformed. */
export function parsePath(path: string): readonly Step[] {
  const known = parsed.get(path);
  if (known !== undefined) return known;
  const steps: Step[] = [];
  const token = /\.?(?:"([^"]+)"|([A-Za-z0-9_/-]+))|\[(\d+)\]|\[(\*)\]|\[([A-Za-z0-9_]+)=([^\]]*)\]/y;
  while (token.lastIndex < path.length) {
    const match = token.exec(path);
    if (match === null) throw new SyntaxError(`malformed field path: ${path}`);
    const [, quoted, name, index, each, key, value] = match;
    if (each !== undefined) steps.push({ type: 'each' });
    else if (index !== undefined) steps.push({ type: 'index', index: Number(index) });
    else if (key !== undefined) steps.push({ type: 'where', key, value: value ?? '' });
    else steps.push({ type: 'field', name: (quoted ?? name) as string });
  }
  parsed.set(path, steps);
  return steps;
}

function take(at: Located, step: Step): Located[] {
  const { value, pointer } = at;
  if (value === null || typeof value !== 'object') return [];
  if (step.type === 'each') return children(value, pointer);
  if (Array.isArray(value)) {
    if (step.type === 'index') return child(value[step.index], `${pointer}/${step.index}`);
    if (step.type !== 'where') return [];
    const index = value.findIndex((item: Value) => isFields(item) && String(item[step.key] ?? '') === step.value);
    return index < 0 ? [] : child(value[index], `${pointer}/${index}`);
  }
  if (step.type !== 'field' || !Object.hasOwn(value, step.name)) return [];
  return child((value as Fields)[step.name], `${pointer}/${escapePointer(step.name)}`);
}

function child(value: Value | undefined, pointer: string): Located[] {
  return value === undefined ? [] : [{ value, pointer }];
}

function children(value: readonly Value[] | Fields, pointer: string): Located[] {
  return Object.entries(value).map(([key, item]) => ({
    value: item as Value,
    pointer: `${pointer}/${escapePointer(key)}`,
  }));
}

export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

export function isFields(value: Value | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a scalar at `path`; undefined for lists, maps and null. */
export function readText(root: Value | undefined, path: string): string | undefined {
  const value = read(root, path);
  return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
}

/** The list at `path`, empty where there is none. */
export function readList(root: Value | undefined, path: string): readonly Value[] {
  const value = read(root, path);
  return Array.isArray(value) ? value : [];
}
