import type { Micros } from '../model/time.ts';
import type { Cluster } from './cluster.ts';
import type { KubeObject } from './kube.ts';
import type { Random } from './random.ts';

export interface LogEntry {
  readonly at: Micros;
  readonly text: string;
}

export interface JournalEntry extends LogEntry {
  readonly host: string;
  readonly identifier: string;
  readonly pid?: number;
}

/** How much of its cluster a gather holds, and how it lies in files. What is left out was not gathered. */
export interface Scope {
  /** The namespaces whose objects and logs are gathered; all of them where this is absent. */
  readonly namespaces?: readonly string[];
  /** Container logs and units reach back this many hours; where absent, as far as they go. */
  readonly hours?: number;
  /**
   * `full`: lists, files of single objects and the empty logs of containers that never restarted, as the collector
   * leaves them. `lists`: each object once, in the list of its kind, and no empty logs: a fifth of the files.
   */
  readonly layout?: 'full' | 'lists';
  /**
   * `inspect`: `oc adm inspect` alone, without the scripts of the must-gather image; `inspect-fallback`: the same inside
   * a must-gather whose pod could not run; `insights`: an archive of the Insights operator; `must-gather` where absent.
   */
  readonly tool?: 'must-gather' | 'inspect' | 'inspect-fallback' | 'insights';
}

/** A gather as data: scenarios change it, `render` writes it. */
export interface Gather {
  readonly cluster: Cluster;
  readonly scope: Scope;
  readonly random: Random;
  objects: KubeObject[];
  /** By `namespace/pod/container`. A container that is listed but empty becomes a 0-byte file, as real ones do. */
  readonly logs: Map<string, LogEntry[]>;
  readonly previous: Map<string, LogEntry[]>;
  /** By systemd unit: what `host_service_logs/masters` holds. */
  readonly units: Map<string, JournalEntry[]>;
  /** Other files below the image directory. */
  readonly files: Map<string, string | Uint8Array>;
  /** What the gather itself printed. */
  readonly remarks: LogEntry[];
  /** Lines of `must-gather.logs` under `ClusterOperators:`. */
  readonly complaints: string[];
}

export function find(gather: Gather, kind: string, name: string, namespace?: string): KubeObject {
  const found = gather.objects.find(
    (o) =>
      o.kind === kind && o.metadata.name === name && (namespace === undefined || o.metadata.namespace === namespace),
  );
  if (found === undefined) throw new RangeError(`no ${kind} ${namespace ?? ''}/${name}`);
  return found;
}

export function podsOf(gather: Gather, namespace: string, prefix: string): KubeObject[] {
  return gather.objects.filter(
    (o) => o.kind === 'Pod' && o.metadata.namespace === namespace && o.metadata.name.startsWith(prefix),
  );
}

export function podOn(gather: Gather, namespace: string, prefix: string, node: string): KubeObject {
  const pod = podsOf(gather, namespace, prefix).find((candidate) => candidate['spec'].nodeName === node);
  if (pod === undefined) throw new RangeError(`no pod ${namespace}/${prefix}* on ${node}`);
  return pod;
}

export function remove(gather: Gather, gone: (object: KubeObject) => boolean): void {
  gather.objects = gather.objects.filter((object) => !gone(object));
}

/** Takes a pod out with all its logs. */
export function removePods(gather: Gather, namespace: string, prefix: string): void {
  remove(gather, (o) => o.kind === 'Pod' && o.metadata.namespace === namespace && o.metadata.name.startsWith(prefix));
  for (const logs of [gather.logs, gather.previous]) {
    for (const key of [...logs.keys()]) if (key.startsWith(`${namespace}/${prefix}`)) logs.delete(key);
  }
}

export function addLog(gather: Gather, key: string, entries: Iterable<LogEntry>): void {
  const held = gather.logs.get(key);
  if (held === undefined) gather.logs.set(key, [...entries]);
  else held.push(...entries);
}

export function addUnit(gather: Gather, unit: string, entries: Iterable<JournalEntry>): void {
  const held = gather.units.get(unit);
  if (held === undefined) gather.units.set(unit, [...entries]);
  else held.push(...entries);
}
