import { compareText } from '../model/entity.ts';
import { MINUTE } from '../model/time.ts';
import { bytesOf, gatherDirectory } from './files.ts';
import type { Gather, LogEntry } from './gather.ts';
import { groupOf, type KubeObject } from './kube.ts';
import { containerText, render, type Tree } from './render.ts';
import { goTime, seconds } from './stamps.ts';

/** Writes a gather as the tool of its scope leaves it. */
export function renderAs(gather: Gather): Tree {
  const { tool } = gather.scope;
  if (tool === 'insights') return renderInsights(gather);
  return tool === 'inspect-fallback' ? renderFallback(gather) : render(gather);
}

/** A must-gather whose pod could not run: the client inspects the ClusterOperators itself and says so. */
function renderFallback(gather: Gather): Tree {
  const { cluster, complaints } = gather;
  const root = gatherDirectory(gather.random);
  const start = cluster.gatheredAt - 14 * MINUTE;
  const inspected = [...render({ ...gather, scope: { ...gather.scope, tool: 'inspect' } })];
  return new Map([
    ...inspected.map(([path, bytes]) => [`${root}/${path}`, bytes] as const),
    [`${root}/timestamp`, bytesOf(`${goTime(start, 0.8)}\n${goTime(cluster.gatheredAt, 840.2)}\n`)],
    [
      `${root}/must-gather.logs`,
      bytesOf(
        [
          `[must-gather      ] OUT ${seconds(start)} Using must-gather plug-in image: quay.io/openshift-release-dev/ocp-v4.0-art-dev@sha256:${gather.random.fork('image').hex(64)}\n`,
          `ClusterID: ${cluster.id}\nClientVersion: ${cluster.version}\nClusterVersion: Stable at "${cluster.version}"\nClusterOperators:\n`,
          ...(complaints.length === 0 ? ['\tAll healthy and stable\n'] : complaints.map((text) => `\t${text}\n`)),
          '\n\nError running must-gather collection:\n    pod is not running: Pending\n\n',
          'Falling back to `oc adm inspect clusteroperators.v1.config.openshift.io` to collect basic cluster information.\n',
        ].join(''),
      ),
    ],
  ]);
}

/** Objects that an Insights archive names in its own way. */
const INSIGHTS: Readonly<Record<string, (object: KubeObject) => string>> = {
  ClusterOperator: ({ metadata }) => `config/clusteroperator/${metadata.name}`,
  ClusterVersion: () => 'config/version',
  Infrastructure: () => 'config/infrastructure',
  Network: () => 'config/network',
  Node: ({ metadata }) => `config/node/${metadata.name}`,
  MachineConfigPool: ({ metadata }) => `config/machineconfigpools/${metadata.name}`,
  Pod: ({ metadata }) => `config/pod/${metadata.namespace}/${metadata.name}`,
};

/** Pods that are well are not collected. */
function worthKeeping(object: KubeObject): boolean {
  return (
    object.kind !== 'Pod' ||
    object['status'].containerStatuses.some((held: { ready: boolean; restartCount: number }) => !held.ready)
  );
}

/** An unpacked Insights archive: objects as JSON, events of namespaces in trouble, what their pods last said. */
function renderInsights(gather: Gather): Tree {
  const files: [string, string][] = [];
  const events = new Map<string, KubeObject[]>();
  for (const object of gather.objects) {
    const namespace = object.metadata.namespace ?? '';
    if (object.kind === 'Event') events.set(namespace, [...(events.get(namespace) ?? []), object]);
    const name = groupOf(object) === 'config.openshift.io' || worthKeeping(object) ? INSIGHTS[object.kind] : undefined;
    if (name !== undefined) files.push([`${name(object)}.json`, JSON.stringify(object)]);
  }
  for (const [namespace, items] of events)
    files.push([`events/${namespace}.json`, JSON.stringify({ apiVersion: 'v1', items, kind: 'EventList' })]);
  for (const [key, entries] of gather.logs) {
    const [namespace, pod] = key.split('/') as [string, string, string];
    if (entries.length === 0) continue;
    files.push([`config/pod/${namespace}/logs/${pod}/errors.log`, lastLines(entries)]);
  }
  files.push(['config/id', gather.cluster.id]);
  files.push(['insights-operator/gathers.json', gathererReport(gather)]);
  return tree(files.map(([path, text]) => [`insights-${compact(gather.cluster.gatheredAt)}/${path}`, text]));
}

function lastLines(entries: readonly LogEntry[]): string {
  return containerText(entries).split('\n').slice(-101).join('\n');
}

/** `2025-12-03-215535`, as in the archive's name. */
function compact(time: number): string {
  return seconds(time).replace('T', '-').replace(/[:Z]/g, '');
}

function gathererReport({ random, objects }: Gather): string {
  const own = random.fork('gathers');
  const count = (kind: string) => objects.filter((object) => object.kind === kind).length;
  const reports = [
    ['operators', 'ClusterOperator'],
    ['nodes', 'Node'],
    ['machine_config_pools', 'MachineConfigPool'],
  ].map(([name, kind]) => ({
    name: `clusterconfig/${name}`,
    duration_in_ms: own.int(9, 80),
    records_count: count(kind!),
    errors: null,
    warnings: null,
    panic: null,
  }));
  return JSON.stringify({ status_reports: reports, memory_alloc_bytes: own.int(20e6, 60e6), uptime_seconds: 264_011 });
}

function tree(files: Iterable<readonly [string, string]>): Tree {
  return new Map([...files].sort(([a], [b]) => compareText(a, b)).map(([path, text]) => [path, bytesOf(text)]));
}
