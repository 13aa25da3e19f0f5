import { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';
import { compareText } from '../model/entity.ts';
import { MINUTE, SECOND } from '../model/time.ts';
import { bytesOf, gatherDirectory, imageDirectory } from './files.ts';
import type { Gather, JournalEntry, LogEntry } from './gather.ts';
import { type KubeObject, placement } from './kube.ts';
import { releaseOf } from './release.ts';
import { goTime, nanos, shortPrecise } from './stamps.ts';
import { goYaml } from './yaml.ts';

/** Every file of a gather by its path below the input directory, in path order. */
export type Tree = Map<string, Uint8Array>;

/** Writes a gather as the tree that `oc adm must-gather` or `oc adm inspect` leaves behind. */
export function render(gather: Gather): Tree {
  const files = new Map<string, string | Uint8Array>();
  for (const [directory, source] of parts(gather)) {
    for (const [path, content] of source) files.set(`${directory}/${path}`, content);
  }
  const paths = [...files.keys()].sort(compareText);
  return new Map(paths.map((path) => [path, bytesOf(files.get(path)!)]));
}

type Part = readonly [directory: string, files: Iterable<[string, string | Uint8Array]>];

function parts(gather: Gather): Part[] {
  const root = gatherDirectory(gather.random);
  const inspected = [objectFiles(gather), logFiles(gather)];
  if (gather.scope.tool === 'inspect') {
    const directory = root.replace('must-gather', 'inspect');
    return [stampFile(gather), ...inspected].map((files): Part => [directory, files]);
  }
  const image = `${root}/${imageDirectory(gather.random)}`;
  const scripted = [imageFiles(gather), ...inspected, unitFiles(gather), gather.files];
  return [[root, collectorFiles(gather)], ...scripted.map((files): Part => [image, files])];
}

/** The `timestamp` of an inspect run: its start and its end. */
function* stampFile({ cluster }: Gather): Generator<[string, string]> {
  yield ['timestamp', `${goTime(cluster.gatheredAt - 70 * SECOND, 0.217)}\n${goTime(cluster.gatheredAt, 70.217)}\n`];
}

function* collectorFiles(gather: Gather): Generator<[string, string]> {
  const { cluster, random, complaints } = gather;
  const start = cluster.gatheredAt - 9 * MINUTE;
  const suffix = random.fork('must-gather-namespace').suffix(5);
  const image = `quay.io/openshift-release-dev/ocp-v4.0-art-dev@sha256:${imageDirectory(random).slice(-64)}`;
  const line = (pod: string, time: number, text: string) =>
    `[must-gather${pod.padEnd(6)}] OUT ${nanos(time)} ${text}\n`;
  const done = cluster.installCompleted !== undefined;
  yield ['timestamp', `${goTime(start, 1.220511398)}\n${goTime(cluster.gatheredAt, 541.220511398)}\n`];
  if (gather.scope.layout !== 'lists') yield ['event-filter.html', eventTable(gather)];
  yield [
    'must-gather.logs',
    [
      line('', start - 2 * SECOND, `Using must-gather plug-in image: ${image}`),
      'When opening a support case, bugzilla, or issue please include the following summary data along with any other requested information:\n',
      `ClusterID: ${cluster.id}\nClientVersion: ${cluster.version}\n`,
      `ClusterVersion: ${done ? `Stable at "${cluster.version}"` : `Installing "${cluster.version}" for ${Math.round((start - cluster.installStarted) / (60 * MINUTE))} hours: Unable to apply ${cluster.version}: some cluster operators are not available`}\n`,
      'ClusterOperators:\n',
      ...(complaints.length === 0 ? ['\tAll healthy and stable\n'] : complaints.map((text) => `\t${text}\n`)),
      '\n\n',
      line('', start - SECOND, `namespace/openshift-must-gather-${suffix} created`),
      line('', start, `pod for plug-in image ${image} created`),
      line(`-${suffix}`, start + 20 * SECOND, 'Gathering data for ns/openshift-cluster-version...'),
      line(`-${suffix}`, cluster.gatheredAt - 12 * SECOND, 'waiting for gather to complete'),
      line(`-${suffix}`, cluster.gatheredAt - 4 * SECOND, 'downloading gather output'),
    ].join(''),
  ];
}

function* imageFiles(gather: Gather): Generator<[string, string]> {
  const { cluster } = gather;
  const start = cluster.gatheredAt - 8 * MINUTE;
  const { minor } = releaseOf(cluster.version);
  yield ['version', `openshift/must-gather\n${minor}.0-202505071234.p0.gcd6d5bb.assembly.stream.el9-cd6d5bb\n`];
  yield [
    'timestamp',
    `${goTime(start, 0.310442118)}\n${goTime(start + 90 * SECOND, 90.321004)}\n${goTime(start + 95 * SECOND, 0.294)}\n${goTime(cluster.gatheredAt - 20 * SECOND, 365.094)}\n`,
  ];
  const lines: LogEntry[] = [
    { at: start, text: 'volume percentage checker started.....' },
    { at: start + SECOND, text: 'INFO: Collecting host service logs for crio' },
    { at: start + SECOND + 40, text: 'INFO: Collecting host service logs for kubelet' },
    { at: start + 2 * SECOND, text: 'volume usage percentage 0' },
    { at: start + 3 * SECOND, text: 'Gathering data for ns/openshift-cluster-version...' },
    {
      at: start + 4 * SECOND,
      text: 'Warning: apps.openshift.io/v1 DeploymentConfig is deprecated in v4.14+, unavailable in v4.10000+',
    },
    { at: start + 5 * SECOND, text: 'INFO: metallb-operator not detected. Skipping.' },
    ...gather.remarks,
    { at: cluster.gatheredAt - 21 * SECOND, text: 'Wrote inspect data to must-gather.' },
  ];
  yield ['gather.logs', containerText(lines)];
}

function objectFiles(gather: Gather): Map<string, string> {
  const files = new Map<string, string>();
  const lists = new Map<string, KubeObject[]>();
  for (const object of gather.objects) {
    const { list, single } = placement(object, gather.scope.layout ?? 'full');
    if (single !== undefined) files.set(single, `---\n${goYaml(object)}`);
    if (list !== undefined) lists.set(list, [...(lists.get(list) ?? []), object]);
  }
  for (const [path, items] of lists) {
    const first = items[0]!;
    files.set(
      path,
      `---\n${goYaml({ apiVersion: first.apiVersion, items, kind: `${first.kind}List`, metadata: { resourceVersion: '' } })}`,
    );
  }
  for (const namespace of new Set(gather.objects.map((o) => o.metadata.namespace))) {
    if (namespace === undefined) continue;
    files.set(
      `namespaces/${namespace}/${namespace}.yaml`,
      `---\n${goYaml({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: { 'kubernetes.io/metadata.name': namespace } }, spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } })}`,
    );
  }
  return files;
}

/** Namespaces whose pods stand both in the list and in a file of their own, as all do in a full gather. */
const TWICE: ReadonlySet<string> = new Set(['openshift-etcd', 'openshift-kube-apiserver', 'openshift-machine-api']);

function* logFiles(gather: Gather): Generator<[string, string]> {
  const written = new Set<string>();
  const full = gather.scope.layout !== 'lists';
  for (const [key, entries] of gather.logs) {
    const [namespace, pod, container] = key.split('/') as [string, string, string];
    const base = `namespaces/${namespace}/pods/${pod}`;
    const previous = gather.previous.get(key) ?? [];
    const logs = `${base}/${container}/${container}/logs`;
    if (full || entries.length > 0) yield [`${logs}/current.log`, containerText(entries)];
    if (full || previous.length > 0) yield [`${logs}/previous.log`, containerText(previous)];
    if (!full || written.has(base) || !TWICE.has(namespace)) continue;
    written.add(base);
    const object = gather.objects.find(
      (o) => o.kind === 'Pod' && o.metadata.namespace === namespace && o.metadata.name === pod,
    );
    if (object !== undefined) yield [`${base}/${pod}.yaml`, `---\n${goYaml(object)}`];
  }
}

function* unitFiles(gather: Gather): Generator<[string, string | Uint8Array]> {
  const names = new Set(gather.cluster.nodes.filter((node) => node.role === 'master').map((node) => node.name));
  for (const [unit, entries] of gather.units) {
    const onMasters = entries.filter((entry) => names.has(entry.host));
    yield [
      `host_service_logs/masters/${unit}_service.log`,
      onMasters.length === 0 ? '-- No entries --\n' : journalText(onMasters),
    ];
  }
  const since = gather.cluster.gatheredAt - 20 * MINUTE;
  for (const node of gather.cluster.nodes) {
    const own = (gather.units.get('kubelet') ?? []).filter((entry) => entry.host === node.name && entry.at >= since);
    if (own.length > 0) yield [`nodes/${node.name}/${node.name}_logs_kubelet.gz`, reproducibleGzip(journalText(own))];
  }
}

/** A gzip of stored blocks: compressors differ from machine to machine, stored bytes do not. */
function reproducibleGzip(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  const parts: Buffer[] = [Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])];
  for (let from = 0; from < bytes.length; from += 0xffff) {
    const block = bytes.subarray(from, from + 0xffff);
    const head = Buffer.alloc(5);
    head[0] = from + 0xffff >= bytes.length ? 1 : 0;
    head.writeUInt16LE(block.length, 1);
    head.writeUInt16LE(block.length ^ 0xffff, 3);
    parts.push(head, block);
  }
  const tail = Buffer.alloc(8);
  tail.writeUInt32LE(crc32(bytes), 0);
  tail.writeUInt32LE(bytes.length >>> 0, 4);
  return Buffer.concat([...parts, tail]);
}

export function containerText(entries: readonly LogEntry[]): string {
  return sorted(entries)
    .map((entry) => `${nanos(entry.at)} ${entry.text}\n`)
    .join('');
}

/** journalctl -o short-precise of one or several hosts, in time order as the merge of their logs leaves them. */
export function journalText(entries: readonly JournalEntry[]): string {
  return sorted(entries)
    .map(
      ({ at, host, identifier, pid, text }) =>
        `${shortPrecise(at)} ${host} ${identifier}${pid === undefined ? '' : `[${pid}]`}: ${text}\n`,
    )
    .join('');
}

export function sorted<T extends LogEntry>(entries: readonly T[]): T[] {
  return entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => a.entry.at - b.entry.at || a.index - b.index)
    .map(({ entry }) => entry);
}

function eventTable(gather: Gather): string {
  const rows = gather.objects
    .filter((o) => o.kind === 'Event')
    .sort((a, b) => compareText(b['lastTimestamp'], a['lastTimestamp']))
    .map((o) => {
      const time = String(o['lastTimestamp']);
      return `<tr><td><time datetime="${time.replace('T', ' ').replace('Z', ' +0000 UTC')}">${time.slice(11, 19)}</time> <small>(x${o['count']})</small></td><td><p class="truncated">${o.metadata.namespace}</p></td><td><p class="truncated">${o['source'].component}</p></td><td><p class="truncated">${o['involvedObject'].name}</p></td><td><p${o['type'] === 'Warning' ? ' class="text-warning"' : ''}>${o['reason']}</p></td><td data-formatter="messageFormatter">${escapeHtml(String(o['message']))}</td></tr>\n`;
    });
  return `<!doctype html>\n<html lang="en"><head><title>Events</title></head><body><table id="events"><tbody>\n${rows.join('')}</tbody></table></body></html>\n`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&#34;');
}
