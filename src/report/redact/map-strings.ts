/** Fields whose values the project itself makes: ids and states that other fields refer to or that a schema bounds. */
const OWN = new Set([
  'beganWith',
  'cause',
  'digest',
  'effect',
  'ending',
  'explains',
  'finding',
  'kind',
  'outcome',
  'recovery',
  'risk',
  'role',
  'severity',
  'sha256',
  'signature',
  'status',
  'unexplained',
]);

/** What the project makes never looks like anything else, whatever a file claims. */
const OWN_VALUE = /^[\w-]{1,80}$/;
const TIME = /^-?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

type Change = (text: string, key: string) => string;

/**
 * The report, or a part of it, with every string changed that is text of the cluster. Keys stay, and so do numbers,
 * order and fields that this version does not know.
 */
export function mapStrings<T>(value: T, change: Change): T {
  return mapped(value, '', '', change) as T;
}

function mapped(value: unknown, key: string, parent: string, change: Change): unknown {
  if (typeof value === 'string') return isOwn(value, key, parent) ? value : change(value, key);
  if (Array.isArray(value)) return value.map((item) => mapped(item, key, parent, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapped(item, name, key, change)]));
}

function isOwn(value: string, key: string, parent: string): boolean {
  if (parent === 'captures') return false;
  if (TIME.test(value)) return true;
  return (OWN.has(key) || (key === 'id' && (parent === 'findings' || parent === 'inferred'))) && OWN_VALUE.test(value);
}
