import { HOUR, MINUTE, type Micros, SECOND } from '../../model/time.ts';
import type { Cluster } from '../cluster.ts';
import type { LogEntry } from '../gather.ts';
import type { Random } from '../random.ts';
import { klog, millis, spread } from '../stamps.ts';
import type { Span } from './control-plane.ts';

type Say = (time: Micros, level: 'I' | 'W' | 'E', where: string, text: string) => void;

function sayInto(lines: LogEntry[]): Say {
  return (time, level, where, text) => lines.push({ at: time + 70, text: klog(level, time, 1, where, text) });
}

/** A write lost to another writer: retried at once, of no consequence. */
export function conflict(controller: string, resource: string, name: string): string {
  return `"Unhandled Error" err="${controller} reconciliation failed: Operation cannot be fulfilled on ${resource} \\"${name}\\": the object has been modified; please apply your changes to the latest version and try again"`;
}

/** Any operator built on library-go: caches, throttling, conflicts, guard complaints while the cluster installs. */
export function libraryGoDay(cluster: Cluster, operator: string, random: Random, span: Span): LogEntry[] {
  const lines: LogEntry[] = [];
  const say = sayInto(lines);
  const start = cluster.installStarted + 25 * MINUTE;
  for (const time of spread(random, start, start + 30 * MINUTE, 2 * MINUTE)) {
    say(
      time,
      'E',
      'base_controller.go:279',
      conflict(`StatusSyncer_${operator}`, 'clusteroperators.config.openshift.io', operator),
    );
    say(
      time + 9 * SECOND,
      'I',
      'request.go:700',
      `Waited for 1.${random.int(100000000, 999999999)}s due to client-side throttling, not priority and fairness, request: GET:https://${cluster.serviceNetwork.replace(/\.0\.0\/.*/, '.0.1')}:443/api/v1/namespaces/openshift-${operator}/configmaps/config`,
    );
    if (operator.startsWith('kube-') || operator === 'etcd') {
      say(
        time + 30 * SECOND,
        'E',
        'base_controller.go:279',
        `"Unhandled Error" err="GuardController reconciliation failed: Missing operand on node ${cluster.nodes[0]!.name}"`,
      );
    }
  }
  for (const time of spread(random, span.from, span.to, 9 * MINUTE))
    say(
      time,
      'I',
      'reflector.go:368',
      `Caches populated for *v1.${random.pick(['ClusterOperator', 'FeatureGate', 'ConfigMap', 'Secret', 'Pod'])} from k8s.io/client-go@v0.31.1/tools/cache/reflector.go:243`,
    );
  for (const time of spread(random, span.from, span.to, 3 * HOUR))
    say(
      time,
      'E',
      'base_controller.go:279',
      conflict(`StatusSyncer_${operator}`, 'clusteroperators.config.openshift.io', operator),
    );
  say(span.to - 25 * SECOND, 'I', 'prune_controller.go:277', 'Nothing to prune');
  return lines;
}

export function networkOperatorDay(random: Random, span: Span): LogEntry[] {
  const lines: LogEntry[] = [];
  const say = sayInto(lines);
  for (const time of spread(random, span.from, span.to, 10 * MINUTE)) {
    say(time, 'I', 'log.go:245', 'Reconciling Network.operator.openshift.io cluster');
    say(time + SECOND, 'I', 'log.go:245', 'Starting render phase');
    say(
      time + 1_300_000,
      'I',
      'ovn_kubernetes.go:321',
      'OVN_EGRESSIP_HEALTHCHECK_PORT env var is not defined. Using: 9107',
    );
    say(time + 2 * SECOND, 'I', 'log.go:245', 'Render phase done, rendered 130 objects');
    say(time + 3 * SECOND, 'I', 'log.go:245', 'Operconfig Controller complete');
  }
  return lines;
}

/** Operators that log with zap's console encoder. */
export function ingressOperatorDay(cluster: Cluster, random: Random, span: Span): LogEntry[] {
  const lines: LogEntry[] = [];
  const start = cluster.installStarted + 35 * MINUTE;
  for (const time of spread(random, start, start + 12 * MINUTE, 40 * SECOND)) {
    lines.push({
      at: time + 60,
      text: `${millis(time)}\tERROR\toperator.canary_controller\twait/backoff.go:226\terror performing canary route check\t{"error": "error sending canary HTTP request to \\"canary-openshift-ingress-canary.apps.${cluster.name}.${cluster.domain}\\": Get \\"https://canary-openshift-ingress-canary.apps.${cluster.name}.${cluster.domain}\\": dial tcp ${cluster.ingressVIP}:443: connect: connection refused"}`,
    });
  }
  for (const time of spread(random, span.from, span.to, 6 * MINUTE)) {
    lines.push({
      at: time + 60,
      text: `${millis(time)}\tINFO\toperator.ingress_controller\thandler/enqueue_mapped.go:103\tqueueing ingress\t{"name": "default", "related": ""}`,
    });
    lines.push({
      at: time + 90,
      text: `${millis(time)}\tINFO\toperator.ingressclass_controller\tcontroller/controller.go:114\treconciling\t{"request": {"name":"default","namespace":"openshift-ingress-operator"}}`,
    });
  }
  return lines;
}

export function clusterVersionDay(cluster: Cluster, random: Random, span: Span): LogEntry[] {
  const lines: LogEntry[] = [];
  const say = sayInto(lines);
  const start = cluster.installStarted + 8 * MINUTE;
  for (const time of spread(random, start, start + 25 * MINUTE, 3 * MINUTE)) {
    say(
      time,
      'E',
      'task.go:122',
      `"Unhandled Error" err="error running apply for clusteroperator \\"authentication\\" (${random.int(300, 900)} of 901): Cluster operator authentication is not available"`,
    );
  }
  for (const time of spread(random, span.from, span.to, 6 * MINUTE)) {
    say(
      time,
      'I',
      'cvo.go:718',
      `Started syncing cluster version "openshift-cluster-version/version", spec changes, status, and payload`,
    );
    say(
      time + SECOND,
      'I',
      'sync_worker.go:1024',
      `Done syncing for ${random.pick(['clusteroperator "dns"', 'deployment "openshift-etcd-operator/etcd-operator"', 'customresourcedefinition "builds.config.openshift.io"'])} (${random.int(100, 900)} of 901)`,
    );
  }
  return lines;
}

export function machineApproverDay(cluster: Cluster, random: Random, span: Span): LogEntry[] {
  const lines: LogEntry[] = [];
  const say = sayInto(lines);
  const start = cluster.installStarted + 15 * MINUTE;
  say(start, 'I', 'main.go:150', 'setting up manager');
  say(start + SECOND, 'I', 'config.go:23', 'machine approver config: {NodeClientCert:{Disabled:false}}');
  for (const node of cluster.nodes) {
    const csr = `csr-${random.suffix(5)}`;
    if (node.joined < start) continue;
    say(node.joined - MINUTE, 'I', 'controller.go:121', `Reconciling CSR: ${csr}`);
    say(node.joined - MINUTE + SECOND, 'I', 'controller.go:240', `CSR ${csr} approved`);
  }
  for (const time of spread(random, span.from, span.to, 70 * MINUTE))
    say(time, 'I', 'leaderelection.go:293', 'lease cluster-machine-approver-leader renewed');
  return lines;
}

export function machineConfigDaemonDay(cluster: Cluster, random: Random, span: Span): LogEntry[] {
  const lines: LogEntry[] = [];
  for (const time of spread(random, span.from, span.to, 20 * MINUTE)) {
    lines.push({
      at: time + 90,
      text: klog(
        'I',
        time,
        3000 + cluster.nodes.length,
        'certificate_writer.go:303',
        `Certificate was synced from controllerconfig resourceVersion ${random.int(21000, 24000)}`,
      ),
    });
  }
  return lines;
}
