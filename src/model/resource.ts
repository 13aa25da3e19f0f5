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
  let value = root;
  for (const step of parsePath(path)) {
    if (step.type === 'each') return locate(root, path)?.value;
    if (value === undefined || value === null || typeof value !== 'object') return undefined;
    value = valueAt(value, step);
  }
  return value;
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
  const index = step.type === 'where' && Array.isArray(value) ? indexWhere(value, step.key, step.value) : undefined;
  const key = index ?? (step.type === 'field' ? step.name : step.type === 'index' ? step.index : -1);
  return child(valueAt(value, step), `${pointer}/${typeof key === 'string' ? escapePointer(key) : key}`);
}

/** What one step leads to, without where it stands. */
function valueAt(value: readonly Value[] | Fields, step: Exclude<Step, { type: 'each' }>): Value | undefined {
  if (Array.isArray(value)) {
    if (step.type === 'index') return value[step.index];
    return step.type === 'where' ? value[indexWhere(value, step.key, step.value)] : undefined;
  }
  return step.type === 'field' && Object.hasOwn(value, step.name) ? (value as Fields)[step.name] : undefined;
}

function indexWhere(list: readonly Value[], key: string, wanted: string): number {
  return list.findIndex((item) => isFields(item) && String(item[key] ?? '') === wanted);
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

/** `namespace/name`, as entities of namespaced kinds are called; `/name` where there is no namespace. */
export function namespacedName({ namespace, name }: Pick<Resource, 'namespace' | 'name'>): string {
  return `${namespace ?? ''}/${name}`;
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
