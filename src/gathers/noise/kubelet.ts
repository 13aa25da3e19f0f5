import { HOUR, MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { apiInt, type Cluster, type NodeSpec } from '../cluster.ts';
import type { JournalEntry } from '../gather.ts';
import type { Random } from '../random.ts';
import { klog, spread } from '../stamps.ts';

type Level = 'I' | 'W' | 'E' | 'F';

/** One line of a kubelet in its host's journal; journald gets it some microseconds after klog stamped it. */
export function kubeletLine(
  host: string,
  time: Micros,
  pid: number,
  level: Level,
  where: string,
  text: string,
): JournalEntry {
  return { at: time + 91, host, identifier: 'kubenswrapper', pid, text: klog(level, time, pid, where, text) };
}

export function systemdLine(host: string, time: Micros, text: string): JournalEntry {
  return { at: time, host, identifier: 'systemd', pid: 1, text };
}

export const NO_CNI =
  'NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: No CNI configuration file in /etc/kubernetes/cni/net.d/. Has your network provider started?';

/** The first quarter of an hour of a node: nothing answers yet, and every line of it is normal. */
export function kubeletJoin(cluster: Cluster, node: NodeSpec, random: Random): JournalEntry[] {
  const host = node.name;
  const pid = 2500 + random.int(0, 300);
  const start = node.joined - 3 * MINUTE;
  const api = apiInt(cluster);
  const lines: JournalEntry[] = [
    systemdLine(host, start, 'Starting Kubernetes Kubelet...'),
    kubeletLine(
      host,
      start + SECOND,
      pid,
      'I',
      'server.go:491',
      `"Kubelet version" kubeletVersion="${cluster.kubelet}"`,
    ),
  ];
  const say = (time: Micros, level: Level, where: string, text: string) =>
    lines.push(kubeletLine(host, time, pid, level, where, text));
  for (const time of spread(random, start + 2 * SECOND, node.joined, 12 * SECOND)) {
    say(
      time,
      'E',
      'kubelet_node_status.go:95',
      `"Unable to register node with API server" err="Post \\"${api}/api/v1/nodes\\": dial tcp ${cluster.apiVIP}:6443: connect: connection refused" node="${host}"`,
    );
    say(
      time + 40_000,
      'E',
      'reflector.go:158',
      `"Unhandled Error" err="k8s.io/client-go/informers/factory.go:160: Failed to watch *v1.Service: failed to list *v1.Service: Get \\"${api}/api/v1/services?limit=500&resourceVersion=0\\": dial tcp ${cluster.apiVIP}:6443: connect: connection refused" logger="UnhandledError"`,
    );
  }
  say(node.joined, 'I', 'kubelet_node_status.go:78', `"Successfully registered node" node="${host}"`);
  for (const time of spread(random, node.joined, node.joined + 150 * SECOND, 10 * SECOND)) {
    say(time, 'E', 'kubelet.go:2916', `"Container runtime network not ready" networkReady="${NO_CNI}"`);
    say(
      time + 200_000,
      'E',
      'pod_workers.go:1301',
      `"Error syncing pod, skipping" err="network is not ready: container runtime network not ready: ${NO_CNI}" pod="openshift-network-diagnostics/network-check-target-${random.suffix(5)}" podUID="${random.uuid()}"`,
    );
  }
  say(
    node.joined + 170 * SECOND,
    'I',
    'kubelet_node_status.go:509',
    `"Fast updating node status as it just became ready"`,
  );
  for (const time of spread(random, node.joined + 3 * MINUTE, node.joined + 14 * MINUTE, 55 * SECOND)) {
    say(
      time,
      'I',
      'prober.go:107',
      `"Probe failed" probeType="Readiness" pod="openshift-multus/multus-admission-controller-${random.suffix(10)}" podUID="${random.uuid()}" containerName="multus-admission-controller" probeResult="failure" output="Get \\"https://10.128.0.${random.int(4, 60)}:6443/healthz\\": dial tcp: connect: connection refused"`,
    );
  }
  return lines;
}

/** What a healthy kubelet says all day. */
export function kubeletDay(node: NodeSpec, random: Random, from: Micros, to: Micros): JournalEntry[] {
  const host = node.name;
  const pid = node.kubeletPid;
  const lines: JournalEntry[] = [];
  const say = (time: Micros, level: Level, where: string, text: string) =>
    lines.push(kubeletLine(host, time, pid, level, where, text));
  for (const time of spread(random, from, to, 25 * MINUTE)) {
    const pod = `openshift-marketplace/${random.pick(['redhat', 'certified', 'community'])}-operators-${random.suffix(5)}`;
    say(time, 'I', 'kubelet.go:2421', `"SyncLoop ADD" source="api" pods=["${pod}"]`);
    say(time + 1200, 'I', 'util.go:30', `"No sandbox for pod can be found. Need to start a new one" pod="${pod}"`);
    say(
      time + 2 * SECOND,
      'I',
      'kubelet.go:2453',
      `"SyncLoop (PLEG): event for pod" pod="${pod}" event={"ID":"${random.uuid()}","Type":"ContainerStarted","Data":"${random.hex(64)}"}`,
    );
    say(
      time + 9 * SECOND,
      'I',
      'kubelet.go:2542',
      `"SyncLoop (probe)" probe="startup" status="unhealthy" pod="${pod}"`,
    );
    say(time + 19 * SECOND, 'I', 'kubelet.go:2542', `"SyncLoop (probe)" probe="readiness" status="ready" pod="${pod}"`);
  }
  for (const time of spread(random, from, to, 40 * MINUTE)) {
    say(
      time,
      'I',
      'pod_startup_latency_tracker.go:104',
      `"Observed pod startup duration" pod="openshift-operator-lifecycle-manager/collect-profiles-${random.int(29000000, 29999999)}-${random.suffix(5)}" podStartSLOduration=${random.int(1, 4)}.${random.int(100, 999)}`,
    );
    say(
      time + 4 * SECOND,
      'I',
      'reconciler_common.go:159',
      `"operationExecutor.UnmountVolume started for volume \\"kube-api-access-${random.suffix(5)}\\" (UniqueName: \\"kubernetes.io/projected/${random.uuid()}-kube-api-access\\") pod \\"${random.uuid()}\\" (UID: \\"${random.uuid()}\\") "`,
    );
  }
  for (const time of spread(random, from, to, 2 * HOUR)) {
    say(
      time,
      'W',
      'manager.go:1169',
      `Failed to process watch event {EventType:0 Name:/kubepods.slice/kubepods-burstable.slice/crio-${random.hex(64)} WatchSource:0}: Error finding container ${random.hex(64)}: Status 404 returned error can't find the container with id ${random.hex(64)}`,
    );
    say(
      time + 7 * SECOND,
      'I',
      'prober.go:107',
      `"Probe failed" probeType="Readiness" pod="openshift-apiserver/apiserver-${random.suffix(10)}-${random.suffix(5)}" podUID="${random.uuid()}" containerName="openshift-apiserver" probeResult="failure" output="HTTP probe failed with statuscode: 500"`,
    );
  }
  // The log reaches to the gather: a log that stops early would say that the node fell silent.
  say(
    to - 8 * SECOND,
    'I',
    'kubelet.go:2542',
    `"SyncLoop (probe)" probe="readiness" status="ready" pod="openshift-dns/dns-default-${random.suffix(5)}"`,
  );
  return lines;
}

export function crioDay(node: NodeSpec, random: Random, from: Micros, to: Micros): JournalEntry[] {
  const lines: JournalEntry[] = [];
  const pid = 2100 + random.int(0, 90);
  const say = (time: Micros, level: string, text: string) =>
    lines.push({
      at: time + 60,
      host: node.name,
      identifier: 'crio',
      pid,
      text: `time="${new Date(time / 1000).toISOString().replace('T', ' ').replace('Z', '')}${random.int(100000, 999999)}Z" level=${level} msg="${text}" id=${random.uuid()} name=/runtime.v1.RuntimeService/CreateContainer`,
    });
  for (const time of spread(random, from, to, 45 * MINUTE)) {
    say(
      time,
      'info',
      `Creating container: openshift-marketplace/${random.pick(['redhat', 'certified'])}-operators-${random.suffix(5)}/extract-utilities`,
    );
    say(
      time + SECOND,
      'info',
      `Created container ${random.hex(64)}: openshift-marketplace/redhat-operators-${random.suffix(5)}/extract-utilities`,
    );
    say(time + 2 * SECOND, 'warning', `Allowed annotations are specified for workload [io.containers.trace-syscall]`);
  }
  say(
    to - 30 * SECOND,
    'info',
    `Checking image status: quay.io/openshift-release-dev/ocp-v4.0-art-dev@sha256:${random.hex(64)}`,
  );
  return lines;
}
