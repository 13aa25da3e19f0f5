import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import xz from 'xz-decompress';

/** What a healthy OpenShift 4.18 holds and prints, distilled from one must-gather. */
interface Background {
  /** Text of events, as a JSON array, by namespace. */
  readonly events: Readonly<Record<string, string>>;
  /** YAML texts by path. */
  readonly lists: Readonly<Record<string, string>>;
  readonly single: Readonly<Record<string, string>>;
  /** One pod object, as JSON, by `namespace/workload`. */
  readonly pods: Readonly<Record<string, string>>;
  /** `[time, line]` by `namespace/workload/container`. */
  readonly noise: Readonly<Record<string, readonly (readonly [string, string])[]>>;
  /** `[time, identifier, line]` by unit; the unit itself is the identifier where there are only two. */
  readonly units: Readonly<Record<string, readonly (readonly [string, string, string] | readonly [string, string])[]>>;
  /** `[seconds since boot, line]`. */
  readonly dmesg: readonly (readonly [number, string])[];
  readonly gatherlogs: readonly string[];
  /** `[namespace, workload, where it runs]`. */
  readonly place: readonly (readonly [string, string, string])[];
  readonly rules: readonly unknown[];
  readonly pncc: string;
}

interface Host {
  readonly name: string;
  readonly address: string;
}

const host = (name: string, last: number): Host => ({ name: `qe-x7k2p-${name}`, address: `10.0.0.${last}` });
const MASTERS = [host('master-0', 3), host('master-1', 4), host('master-2', 5)] as const;
const WORKERS = [host('worker-a-8hj4x', 13), host('worker-b-hj8l2', 14), host('worker-c-z8hfz', 15)] as const;

/** Hosts that a workload runs on, as the background's `place` calls them. */
const PLACES: Readonly<Record<string, readonly Host[]>> = {
  masters: MASTERS,
  workers: WORKERS,
  nodes: [...MASTERS, ...WORKERS],
  m1: [MASTERS[0]],
  m2: [MASTERS[1]],
  m3: [MASTERS[2]],
  w1: [WORKERS[0]],
  w2: [WORKERS[1]],
};
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Lays the distilled background out as the must-gather of a cluster of six nodes. */
export async function writeHealthyBackground(file: string, folder: string): Promise<void> {
  const background = await readBackground(file);
  for (const [path, text] of filesOf(background)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

async function readBackground(file: string): Promise<Background> {
  const packed = new Blob([await readFile(file)]).stream() as ReadableStream<Uint8Array>;
  return JSON.parse(await new Response(new xz.XzReadableStream(packed)).text()) as Background;
}

/** Puts names for the marks; certificates were taken out of the text, and their marks stay. */
function fill(text: string, { name, address }: Host, pod = 'pod', podAddress = address): string {
  const values: Readonly<Record<string, string>> = {
    NODE: name,
    HOSTIP: address,
    POD: pod,
    PODIP: podAddress,
    INFRA: 'qe-x7k2p',
    CLUSTER: 'qe',
    DOM: 'qe.example.com',
    VER: '4.18.0',
  };
  return text.replaceAll(/@([A-Z]+)@/g, (mark, known: string) => values[known] ?? mark);
}

function* filesOf(background: Background): Generator<[string, string]> {
  yield ['version', 'openshift/must-gather\n4.18.0\n'];
  yield ['timestamp', '2024-10-24 14:43:30 +0000 UTC\n2024-10-24 14:45:00 +0000 UTC\n'];
  yield* clusterFiles(background);
  for (const [namespace, workload, place] of background.place)
    for (const [index, at] of (PLACES[place] ?? []).entries())
      yield* podFiles(background, namespace, workload, at, index);
  for (const [unit, lines] of Object.entries(background.units)) {
    const text = MASTERS.flatMap((at) =>
      lines.map((entry) => {
        const by = entry.length === 2 ? unit : entry[1];
        return fill(`${journalTime(entry[0])} ${at.name} ${by}[1873]: ${entry.at(-1)}\n`, at);
      }),
    );
    yield [`host_service_logs/masters/${unit}_service.log`, text.join('')];
  }
  for (const at of PLACES['nodes'] ?? []) {
    const dmesg = background.dmesg.map(([seconds, line]) => `[${seconds.toFixed(6).padStart(12)}] ${line}\n`);
    yield [`nodes/${at.name}/dmesg`, fill(dmesg.join(''), at)];
  }
}

function* clusterFiles(background: Background): Generator<[string, string]> {
  const first = MASTERS[0];
  for (const [path, text] of Object.entries({ ...background.lists, ...background.single })) {
    const role = /^node\/(master|worker)$/.exec(path)?.[1];
    if (role === undefined) yield [path, fill(text, first)];
    else
      for (const at of role === 'master' ? MASTERS : WORKERS)
        yield [`cluster-scoped-resources/core/nodes/${at.name}.yaml`, fill(text, at)];
  }
  for (const [namespace, events] of Object.entries(background.events))
    yield [`namespaces/${namespace}/core/events.yaml`, fill(list('EventList', events), first)];
  yield ['must-gather.logs', `${background.gatherlogs.join('\n')}\n`];
  yield ['monitoring/prometheus/rules.json', JSON.stringify({ status: 'success', data: { groups: background.rules } })];
  const checks = list('PodNetworkConnectivityCheckList', background.pncc);
  yield ['pod_network_connectivity_check/podnetworkconnectivitychecks.yaml', fill(checks, first)];
}

const STATIC = /^(etcd|kube-apiserver|kube-controller-manager|openshift-kube-scheduler)(-guard)?$/;

function* podFiles(
  { pods, noise }: Background,
  namespace: string,
  workload: string,
  at: Host,
  index: number,
): Generator<[string, string]> {
  const name = STATIC.test(workload) ? `${workload}-${at.name}` : `${workload}-${'bcdfgh'[index]}7x2q`;
  const filled = (text: string) => fill(text, at, name, `10.${128 + index}.0.23`);
  const pod = pods[`${namespace}/${workload}`];
  if (pod !== undefined) yield [`namespaces/${namespace}/pods/${name}/${name}.yaml`, filled(pod)];
  for (const [key, lines] of Object.entries(noise)) {
    const [space, of, container] = key.split('/');
    if (space !== namespace || of !== workload) continue;
    const text = lines.map(([time, line]) => `${time}000Z ${line}\n`).join('');
    yield [`namespaces/${namespace}/pods/${name}/${container}/${container}/logs/current.log`, filled(text)];
  }
}

function list(kind: string, items: string): string {
  return JSON.stringify({ apiVersion: 'v1', kind, items: JSON.parse(items) });
}

/** `2024-10-24T13:46:25.041583` as a journal shows it. */
function journalTime(iso: string): string {
  return `${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(8, 10)} ${iso.slice(11)}`;
}
