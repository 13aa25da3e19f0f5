import { defineDetector } from '../model/detector.ts';
import { CLUSTER } from '../model/entity.ts';
import type { Document } from '../model/facts.ts';
import { isFields, read, readList, readText } from '../model/resource.ts';
import { CERTAIN } from './confidence.ts';
import { evidenceOf } from './evidence.ts';

const MiB = 1024 ** 2;
/** Tests of large clusters stay below these with everything but events, which they keep for three hours. */
const MANY = 40_000;
const MANY_EVENTS = 100_000;
const LARGE = 1024 * MiB;
const UNITS: Readonly<Record<string, number>> = { K: 1024, M: MiB, G: 1024 * MiB };

interface Counted {
  readonly name: string;
  readonly count: number;
  readonly bytes: number | undefined;
  readonly list: Document;
  readonly path: string;
}

/** Kinds of objects that fill etcd. */
export const etcdObjectFlood = defineDetector({
  about: {
    id: 'etcd-object-flood',
    title: 'One kind of object fills etcd',
    component: 'etcd',
    severity: 'warning',
    role: 'cause',
    status: 'stable',
    recovery: 'in-place',
    causes: [
      {
        effect: 'etcd-db-large',
        join: ['cluster'],
        strength: 'strong',
        because: 'the database holds every object and its recent versions',
      },
      {
        effect: 'etcd-apply-slow',
        join: ['cluster'],
        strength: 'likely',
        because: 'a list reads all objects of a kind at once',
      },
      {
        effect: 'kas-request-timeouts',
        join: ['cluster'],
        strength: 'likely',
        because: 'the API encodes all objects of a kind for every list',
      },
    ],
    summary: 'etcd holds {objects} of {kind}{size}; the largest kinds are {largest}.',
    why: 'A controller that makes objects in a loop, or never deletes them, grows etcd until every list is slow and the quota is met.',
    confirm: [
      {
        text: 'Find the namespace that holds most of them',
        run: "oc get {resource} -A --no-headers | awk '{print $1}' | sort | uniq -c | sort -rn | head",
        risk: 'safe',
      },
    ],
    fix: [
      { text: 'Stop what makes them first', risk: 'disruptive' },
      { text: 'Then delete what is not needed, in small steps, and defragment', risk: 'destructive' },
    ],
    falsePositives: ['A very large cluster that is sized for it'],
  },
  needs: ['documents'],
  detect({ facts, report, noData }) {
    const lists = facts.documents.get('etcd-object-count') ?? [];
    const counted = lists.flatMap(countsIn).sort((a, b) => b.count - a.count);
    if (counted.length === 0) return noData('the object counts of etcd were not gathered');
    const largest = counted
      .slice(0, 3)
      .map(({ name, count }) => `${name} (${count})`)
      .join(', ');
    for (const one of counted.filter(isFlood).slice(0, 5))
      report({
        title: `etcd holds ${one.count} objects of ${one.name}`,
        confidence: CERTAIN,
        entities: [CLUSTER],
        captures: {
          kind: one.name,
          resource: one.name.split('/').at(-1) ?? one.name,
          objects: `${one.count} objects`,
          size: one.bytes === undefined ? '' : `, ${Math.round(one.bytes / MiB)} MiB`,
          largest,
        },
        evidence: [evidenceOf(one.list, one.path)],
      });
  },
});

function isFlood({ name, count, bytes }: Counted): boolean {
  return count >= (/(^|\/)events$/.test(name) ? MANY_EVENTS : MANY) || (bytes ?? 0) >= LARGE;
}

/** `{"etcd_resources": [{object_name, object_count, object_size}]}` since 4.16, one number for each prefix before. */
function countsIn(list: Document): Counted[] {
  const listed = readList(list.body, 'etcd_resources').flatMap((item, index): Counted[] => {
    const name = readText(item, 'object_name');
    const count = Number(readText(item, 'object_count'));
    if (name === undefined || !Number.isInteger(count)) return [];
    const bytes = sizeOf(readText(item, 'object_size') ?? '');
    return [{ name, count, bytes, list, path: `etcd_resources[${index}].object_count` }];
  });
  if (listed.length > 0 || !isFields(list.body)) return listed;
  return Object.entries(list.body).flatMap(([name]): Counted[] => {
    const count = name.includes('"') ? Number.NaN : Number(read(list.body, `"${name}"`) ?? Number.NaN);
    return Number.isInteger(count) ? [{ name, count, bytes: undefined, list, path: `"${name}"` }] : [];
  });
}

/** `5.1M`, as `du -h` writes. */
function sizeOf(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)([KMG]?)$/.exec(text) ?? [];
  return number === undefined ? undefined : Number(number) * (UNITS[unit] ?? 1);
}
