import { Buffer } from 'node:buffer';
import { HOUR } from '../../model/time.ts';
import { masters } from '../cluster.ts';
import { gatherDirectory, imageDirectory } from '../files.ts';
import type { Gather, LogEntry } from '../gather.ts';
import { containerText, journalText, render } from '../render.ts';
import { history } from './history.ts';
import { GROWN_LISTS, grownList } from './lists.ts';

/** A file of the scaled gather: its size is known before its bytes are made. */
export interface PlannedFile {
  readonly path: string;
  readonly size: number;
  readonly chunks: () => Iterable<string | Uint8Array>;
}

/** How the growth is shared out: most of a real gather is container logs. */
const SHARES = { logs: 0.68, previous: 0.08, units: 0.14, lists: 0.1 };

/** How much more than others a container talks. */
const WEIGHTS: Readonly<Record<string, number>> = {
  'kube-apiserver': 8,
  etcd: 3,
  'ovnkube-controller': 3,
  'network-operator': 2,
  'kube-controller-manager': 2,
};

/** The files of a gather grown to about `bytes` in all: each log gets a past, some lists get more items. */
export function planScaled(gather: Gather, bytes: number): PlannedFile[] {
  const base = render(gather);
  const image = `${gatherDirectory(gather.random)}/${imageDirectory(gather.random)}`;
  const held = [...base.values()].reduce((sum, content) => sum + content.length, 0);
  const growth = Math.max(0, bytes - held);
  const grown = new Map<string, PlannedFile>();
  const put = (file: PlannedFile) => grown.set(file.path, file);
  for (const file of grownLogs(gather, image, growth)) put(file);
  for (const file of grownUnits(gather, image, growth * SHARES.units)) put(file);
  for (const list of GROWN_LISTS) {
    const size = Math.floor((growth * SHARES.lists) / GROWN_LISTS.length);
    if (size < 4096 || base.has(`${image}/${list.path}`)) continue;
    put({
      path: `${image}/${list.path}`,
      size,
      chunks: () => grownList(list, size, gather.cluster.gatheredAt, gather.random.fork(list.path)),
    });
  }
  for (const [path, content] of base)
    if (!grown.has(path)) put({ path, size: content.length, chunks: () => [content] });
  return [...grown.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The quiet days between the installation (or the last start) and what the scenario tells. */
function quietDays(gather: Gather): { from: number; to: number } {
  const { cluster } = gather;
  const from = (cluster.bootedAt ?? cluster.installStarted) + 1.5 * HOUR;
  return { from, to: Math.max(from, cluster.gatheredAt - 10 * HOUR) };
}

function* grownLogs(gather: Gather, image: string, growth: number): Generator<PlannedFile> {
  const { from, to } = quietDays(gather);
  const keys = [...gather.logs].filter(([, entries]) => entries.length > 0).map(([key]) => key);
  const container = (key: string) => key.slice(key.lastIndexOf('/') + 1);
  const weight = (key: string) => WEIGHTS[container(key)] ?? 1;
  const all = keys.reduce((sum, key) => sum + weight(key), 0);
  for (const key of keys) {
    const [namespace, pod, name] = key.split('/') as [string, string, string];
    const folder = `${image}/namespaces/${namespace}/pods/${pod}/${name}/${name}/logs`;
    const spec = { format: 'container' as const, voice: name, hosts: [], from, to };
    const share = (part: number) => Math.floor((growth * part * weight(key)) / all);
    yield around(`${folder}/current.log`, gather.logs.get(key)!, to, containerText, share(SHARES.logs), (bytes) =>
      history({ ...spec, bytes }, gather.random.fork(`scale/${key}`)),
    );
    if (gather.previous.has(key)) continue;
    const bytes = share(SHARES.previous);
    yield {
      path: `${folder}/previous.log`,
      size: bytes,
      chunks: () =>
        history({ ...spec, bytes, to: from + (to - from) / 3 }, gather.random.fork(`scale/previous/${key}`)),
    };
  }
}

function* grownUnits(gather: Gather, image: string, growth: number): Generator<PlannedFile> {
  const { from, to } = quietDays(gather);
  const hosts = masters(gather.cluster).map((node) => node.name);
  const units = [...gather.units].filter(([unit]) => unit === 'kubelet' || unit === 'crio');
  for (const [unit, entries] of units) {
    const own = entries.filter((entry) => hosts.includes(entry.host));
    const speaking = hosts.filter((host) => own.some((entry) => entry.host === host));
    if (speaking.length === 0) continue;
    const share = Math.floor(growth / units.length);
    yield around(`${image}/host_service_logs/masters/${unit}_service.log`, own, to, journalText, share, (bytes) =>
      history(
        { format: 'journal', voice: unit, hosts: speaking, from, to, bytes },
        gather.random.fork(`scale/${unit}`),
      ),
    );
  }
}

/** A log with a past put in where it belongs: after the installation, before the last hours. */
function around<T extends LogEntry>(
  path: string,
  entries: readonly T[],
  to: number,
  text: (entries: readonly T[]) => string,
  bytes: number,
  past: (bytes: number) => Iterable<string>,
): PlannedFile {
  const before = text(entries.filter((entry) => entry.at < to));
  const after = text(entries.filter((entry) => entry.at >= to));
  return {
    path,
    size: Buffer.byteLength(before) + bytes + Buffer.byteLength(after),
    *chunks() {
      yield before;
      yield* past(bytes);
      yield after;
    },
  };
}
