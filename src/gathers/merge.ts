import type { Gather, JournalEntry, LogEntry } from './gather.ts';
import { healthyGather } from './healthy.ts';
import type { KubeObject } from './kube.ts';
import type { Made } from './scenarios/scenario-module.ts';
import { type Translate, translator } from './translate.ts';

/**
 * Lets what happened to the second cluster happen to the first one too: objects that differ from those of a healthy
 * cluster, log lines that a healthy one would not have, and the files beside, with names and times of the first.
 * Undefined where the clusters are of different make, where one has no gather, or where both faults write to the same
 * object.
 */
export function mergeMade(first: Made, second: Made): Made | undefined {
  const { gather } = first;
  const added = second.gather;
  if (gather === undefined || added === undefined) return undefined;
  const healthyFirst = healthyGather(gather.cluster, gather.scope);
  const healthySecond = healthyGather(added.cluster, added.scope);
  const translate = translator(healthySecond, healthyFirst);
  if (translate === undefined) return undefined;
  const objects = mergedObjects(gather, healthyFirst, added, healthySecond, translate);
  if (objects === undefined) return undefined;
  gather.objects = objects;
  mergeLogs(gather.logs, added.logs, healthySecond.logs, translate);
  mergeLogs(gather.previous, added.previous, healthySecond.previous, translate);
  mergeLogs(gather.units, added.units, healthySecond.units, translate);
  for (const [path, content] of added.files) {
    const isOurs = same(gather.files.get(path), healthyFirst.files.get(path));
    if (!isOurs || same(content, healthySecond.files.get(path))) continue;
    gather.files.set(path, typeof content === 'string' ? translate.text(content) : content);
  }
  gather.complaints.push(...added.complaints.map(translate.text));
  const beside = [...second.beside].map(([name, text]): [string, string | Uint8Array] => [
    `also-${name}`,
    typeof text === 'string' ? translate.text(text) : text,
  ]);
  return { gather, beside: new Map([...first.beside, ...beside]) };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function keyOf({ kind, metadata }: KubeObject): string {
  return `${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
}

/** Objects of `gather` that are not as in the healthy cluster; undefined stands for one that is gone. */
function changes(gather: Gather, healthy: Gather): Map<string, KubeObject | undefined> {
  const before = new Map(healthy.objects.map((object) => [keyOf(object), object]));
  const now = new Map(gather.objects.map((object) => [keyOf(object), object]));
  const changed = [...now].filter(([key, object]) => !same(object, before.get(key)));
  const gone = [...before.keys()].filter((key) => !now.has(key)).map((key): [string, undefined] => [key, undefined]);
  return new Map<string, KubeObject | undefined>([...changed, ...gone]);
}

function mergedObjects(
  first: Gather,
  healthyFirst: Gather,
  second: Gather,
  healthySecond: Gather,
  translate: Translate,
): KubeObject[] | undefined {
  const ours = changes(first, healthyFirst);
  const objects = new Map(first.objects.map((object) => [keyOf(object), object]));
  for (const [key, object] of changes(second, healthySecond)) {
    const translated = translate.text(key);
    if (ours.has(translated)) return undefined;
    if (object === undefined) objects.delete(translated);
    else objects.set(translated, JSON.parse(translate.text(JSON.stringify(object))) as KubeObject);
  }
  return [...objects.values()];
}

/** Adds what the second cluster's logs have beyond a healthy one's. */
function mergeLogs<E extends LogEntry | JournalEntry>(
  ours: Map<string, E[]>,
  theirs: ReadonlyMap<string, readonly E[]>,
  healthy: ReadonlyMap<string, readonly E[]>,
  translate: Translate,
): void {
  const idOf = (entry: E): string => `${entry.at} ${'host' in entry ? entry.host : ''} ${entry.text}`;
  for (const [key, entries] of theirs) {
    const usual = new Set((healthy.get(key) ?? []).map(idOf));
    const added = entries.filter((entry) => !usual.has(idOf(entry)));
    if (added.length === 0) continue;
    const name = translate.text(key);
    const shifted = added.map((entry) => ({
      ...entry,
      at: entry.at + translate.shift,
      text: translate.text(entry.text),
    }));
    ours.set(
      name,
      [...(ours.get(name) ?? []), ...shifted].sort((a, b) => a.at - b.at),
    );
  }
}
