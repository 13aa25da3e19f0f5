import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { type Cluster, nodeNamed } from '../cluster.ts';
import type { JournalEntry } from '../gather.ts';
import { kubeletDay, kubeletJoin, kubeletLine, systemdLine } from '../noise/kubelet.ts';
import type { Random } from '../random.ts';
import { journalText } from '../render.ts';
import { at, spread } from '../stamps.ts';

const HOST = 'master-1';
const LOST = at('2025-12-03T18:29:58Z');
const END = at('2025-12-04T00:39:50Z');
const PEM = '/var/lib/kubelet/pki/kubelet-client-current.pem';
const STATIC_PODS = [
  'openshift-etcd/etcd-master-1',
  'openshift-kube-apiserver/kube-apiserver-master-1',
  'openshift-kube-controller-manager/kube-controller-manager-master-1',
  'openshift-kube-scheduler/openshift-kube-scheduler-master-1',
];

/** `journalctl -u kubelet` of master-1, taken at the machine because no API request could fetch it. */
export function seedJournal(cluster: Cluster, random: Random): string {
  return journalText(seedJournalEntries(cluster, random));
}

export function seedJournalEntries(cluster: Cluster, random: Random): JournalEntry[] {
  const node = nodeNamed(cluster, HOST);
  const before = LOST - SECOND;
  const lines = [
    ...kubeletJoin(cluster, node, random.fork('join')),
    ...kubeletDay(node, random.fork('day'), node.joined + 20 * MINUTE, before),
    kubeletLine(
      HOST,
      at('2025-12-02T19:00:31.118Z'),
      node.kubeletPid,
      'I',
      'certificate_manager.go:356',
      '"Certificate expiration is 2025-12-03 18:31:07 +0000 UTC, rotation deadline is 2025-12-03 14:52:40 +0000 UTC" logger="kubernetes.io/kube-apiserver-client-kubelet"',
    ),
    kubeletLine(
      HOST,
      at('2025-12-03T14:52:40.502Z'),
      node.kubeletPid,
      'I',
      'certificate_manager.go:356',
      '"Rotating certificates" logger="kubernetes.io/kube-apiserver-client-kubelet"',
    ),
    systemdLine(HOST, LOST - 900_000, 'Stopping Kubernetes Kubelet...'),
    systemdLine(HOST, LOST - 400_000, 'kubelet.service: Deactivated successfully.'),
    systemdLine(HOST, LOST - 390_000, 'Stopped Kubernetes Kubelet.'),
  ];
  for (const [start, pid, until] of restarts(random))
    lines.push(...anonymousRun(start, pid, until, cluster, random.fork(String(pid))));
  lines.push(...recorded(), ...manifestMoved());
  return lines.filter((line) => line.at <= END);
}

/** The kubelet gives up and is started again every dozen minutes; the last two processes are known by their ids. */
function restarts(random: Random): [Micros, number, Micros][] {
  const known: [Micros, number][] = [
    [at('2025-12-03T21:52:01Z'), 700874],
    [at('2025-12-03T21:55:31Z'), 701002],
  ];
  const runs: [Micros, number][] = [];
  let pid = 681220;
  for (let start = LOST; start < known[0]![0] - 4 * MINUTE; start += 11 * MINUTE + random.int(0, 90) * SECOND) {
    runs.push([start, pid]);
    pid += random.int(700, 1100);
  }
  runs.push(...known);
  return runs.map(([start, id], index) => [start, id, runs[index + 1]?.[0] ?? END]);
}

function anonymous(verb: string, resource: string, group: string, where: string): string {
  return `is forbidden: User \\"system:anonymous\\" cannot ${verb} resource \\"${resource}\\" in API group \\"${group}\\" ${where}`;
}

function anonymousRun(start: Micros, pid: number, until: Micros, cluster: Cluster, random: Random): JournalEntry[] {
  const lines: JournalEntry[] = [systemdLine(HOST, start - 200_000, 'Starting Kubernetes Kubelet...')];
  const say = (time: Micros, level: 'I' | 'W' | 'E', where: string, text: string) =>
    lines.push(kubeletLine(HOST, time, pid, level, where, text));
  say(start, 'I', 'server.go:491', `"Kubelet version" kubeletVersion="${cluster.kubelet}"`);
  say(
    start + 700_112,
    'E',
    'bootstrap.go:241',
    `"Unhandled Error" err="unable to read existing bootstrap client config from /var/lib/kubelet/kubeconfig: invalid configuration: [unable to read client-cert ${PEM} for default-auth due to open ${PEM}: no such file or directory, unable to read client-key ${PEM} for default-auth due to open ${PEM}: no such file or directory]" logger="UnhandledError"`,
  );
  lines.push(systemdLine(HOST, start + SECOND, 'Started Kubernetes Kubelet.'));
  const busy = 3 * MINUTE;
  for (const time of spread(random, start + 3 * SECOND, until - 2 * SECOND, busy / 1.5)) {
    say(
      time,
      'E',
      'reflector.go:158',
      `"Unhandled Error" err="k8s.io/client-go/informers/factory.go:160: Failed to watch *v1.Node: failed to list *v1.Node: nodes \\"${HOST}\\" ${anonymous('list', 'nodes', '', 'at the cluster scope')}" logger="UnhandledError"`,
    );
    say(
      time + 300_000,
      'I',
      'csi_plugin.go:884',
      `Failed to contact API server when waiting for CSINode publishing: csinodes.storage.k8s.io "${HOST}" is forbidden: User "system:anonymous" cannot get resource "csinodes" in API group "storage.k8s.io" at the cluster scope`,
    );
    say(
      time + 4 * SECOND,
      'E',
      'controller.go:145',
      `"Failed to ensure lease exists, will retry" err="leases.coordination.k8s.io \\"${HOST}\\" ${anonymous('get', 'leases', 'coordination.k8s.io', 'in the namespace \\"kube-node-lease\\"')}" interval="7s"`,
    );
  }
  for (const time of spread(random, start + 5 * SECOND, until - 2 * SECOND, busy)) {
    for (const [index, pod] of STATIC_PODS.entries()) {
      const [namespace, name] = pod.split('/');
      say(
        time + index * 1500,
        'E',
        'kubelet.go:1929',
        `"Failed creating a mirror pod for" err="pods \\"${name}\\" ${anonymous('create', 'pods', '', `in the namespace \\"${namespace}\\"`)}" pod="${pod}"`,
      );
    }
  }
  if (until - start > 6 * MINUTE)
    say(
      start + 5 * MINUTE + 800_000,
      'E',
      'transport.go:123',
      '"No valid client certificate is found but the server is not responsive. A restart may be necessary to retrieve new initial credentials." lastCertificateAvailabilityTime="0001-01-01 00:00:00 +0000 UTC" shutdownThreshold="5m0s"',
    );
  for (const time of spread(random, start + 60 * SECOND, until, 5 * MINUTE)) {
    say(
      time,
      'E',
      'kubelet_node_status.go:95',
      `"Unable to register node with API server" err="nodes ${anonymous('create', 'nodes', '', 'at the cluster scope')}" node="${HOST}"`,
    );
    say(
      time + 2 * SECOND,
      'E',
      'event.go:359',
      `"Server rejected event (will not retry!)" err="events ${anonymous('create', 'events', '', 'in the namespace \\"default\\"')}" event="&Event{ObjectMeta:{${HOST}.${random.hex(16)} default 0 0001-01-01 00:00:00 +0000 UTC}}"`,
    );
  }
  if (until === END)
    say(
      END - 6 * SECOND,
      'E',
      'controller.go:145',
      `"Failed to ensure lease exists, will retry" err="leases.coordination.k8s.io \\"${HOST}\\" ${anonymous('get', 'leases', 'coordination.k8s.io', 'in the namespace \\"kube-node-lease\\"')}" interval="7s"`,
    );
  return lines;
}

/** The one line of this journal that was kept word for word. */
function recorded(): JournalEntry[] {
  return [
    kubeletLine(
      HOST,
      at('2025-12-03T21:55:35.453854Z'),
      701002,
      'I',
      'csi_plugin.go:884',
      `Failed to contact API server when waiting for CSINode publishing: csinodes.storage.k8s.io "${HOST}" is forbidden: User "system:anonymous" cannot get resource "csinodes" in API group "storage.k8s.io" at the cluster scope`,
    ),
  ];
}

/** A person moved the etcd manifest away and back: the container returned, the pod could not. */
function manifestMoved(): JournalEntry[] {
  const etcd = STATIC_PODS[0];
  return [
    kubeletLine(
      HOST,
      at('2025-12-04T00:15:08.118003Z'),
      701002,
      'I',
      'kubelet.go:2437',
      `"SyncLoop REMOVE" source="file" pods=["${etcd}"]`,
    ),
    kubeletLine(
      HOST,
      at('2025-12-04T00:15:09.201870Z'),
      701002,
      'I',
      'kuberuntime_container.go:808',
      `"Killing container with a grace period" pod="${etcd}" podUID="0f2c9a5d8be14c6fa1d0c3f6b7a8e911" containerName="etcd" gracePeriod=30`,
    ),
    kubeletLine(
      HOST,
      at('2025-12-04T00:16:41.660212Z'),
      701002,
      'I',
      'kubelet.go:2421',
      `"SyncLoop ADD" source="file" pods=["${etcd}"]`,
    ),
    kubeletLine(
      HOST,
      at('2025-12-04T00:16:43.020017Z'),
      701002,
      'I',
      'kubelet.go:2453',
      `"SyncLoop (PLEG): event for pod" pod="${etcd}" event={"ID":"0f2c9a5d8be14c6fa1d0c3f6b7a8e911","Type":"ContainerStarted","Data":"5d1b7c2e9f3a40816b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c"}`,
    ),
  ];
}
