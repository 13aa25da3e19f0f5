import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { apiInt, type Cluster, nodeNamed } from '../cluster.ts';
import { addLog, addUnit, find, type Gather, type JournalEntry } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { kubeletLine, systemdLine } from '../noise/kubelet.ts';
import { approve, signingRequest } from '../objects/certificate-requests.ts';
import { event } from '../objects/events.ts';
import type { Random } from '../random.ts';
import { journalText } from '../render.ts';
import { at, klog, micros, seconds, spread } from '../stamps.ts';
import { labCluster } from './clusters.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { nodeReady, operatorLog, operatorReports } from './steps.ts';

const BOOTED = at('2025-11-26T08:00:00Z');
const APPROVED = BOOTED + 21 * MINUTE;
const FORGOTTEN = 'worker-1';
const LAST_SEEN = '2025-10-17T15:58:40Z';
const NOT_AFTER = '2025-11-02 06:20:11 +0000 UTC';
const BOOTSTRAPPER = 'system:serviceaccount:openshift-machine-config-operator:node-bootstrapper';

const CLUSTER: Cluster = {
  ...labCluster({
    scenario: 'kubelet-client-cert-expired',
    started: '2025-06-10T05:00:00Z',
    gathered: '2025-11-26T10:05:00Z',
  }),
  bootedAt: BOOTED,
};

/** A cluster comes back after forty days without power; the certificate requests of one worker are left pending. */
export const kubeletClientCertExpired: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER);
    const random = gather.random.fork('resume');
    for (const node of CLUSTER.nodes.filter((n) => n.name !== FORGOTTEN))
      comesBack(gather, node.name, node.kubeletPid, random.fork(node.name));
    forgottenWorker(gather, random);
    return { gather, beside: new Map([[`${FORGOTTEN}-kubelet.log`, forgottenJournal(random.fork('journal'))]]) };
  },
};

function expired(host: string, pid: number, time: Micros): JournalEntry {
  return kubeletLine(
    host,
    time,
    pid,
    'I',
    'bootstrap.go:266',
    `part of the existing bootstrap client certificate in /var/lib/kubelet/kubeconfig is expired: ${NOT_AFTER}`,
  );
}

/** What every node went through for twenty minutes, until a person approved its two requests. */
function comesBack(gather: Gather, host: string, pid: number, random: Random): void {
  const time = BOOTED + random.int(40, 90) * SECOND;
  addUnit(gather, 'kubelet', [
    expired(host, pid, time),
    kubeletLine(host, time + SECOND, pid, 'I', 'bootstrap.go:122', '"Waiting for client certificate to be issued"'),
    kubeletLine(
      host,
      APPROVED + 3 * SECOND,
      pid,
      'I',
      'certificate_manager.go:715',
      '"Certificate rotation detected, shutting down client connections to start using new credentials" logger="kubernetes.io/kube-apiserver-client-kubelet"',
    ),
    kubeletLine(
      host,
      APPROVED + 5 * SECOND,
      pid,
      'I',
      'kubelet_node_status.go:78',
      `"Successfully registered node" node="${host}"`,
    ),
  ]);
  for (const [signer, user] of [
    ['kubernetes.io/kube-apiserver-client-kubelet', BOOTSTRAPPER],
    ['kubernetes.io/kubelet-serving', `system:node:${host}`],
  ] as const) {
    gather.objects.push(approve(signingRequest(random, `csr-${random.suffix(5)}`, time, signer, user, host), APPROVED));
  }
}

function forgottenWorker(gather: Gather, random: Random): void {
  const node = find(gather, 'Node', FORGOTTEN);
  const unknown = seconds(BOOTED + 6 * MINUTE);
  for (const held of node['status'].conditions) {
    Object.assign(held, {
      lastHeartbeatTime: LAST_SEEN,
      lastTransitionTime: unknown,
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
    });
  }
  nodeReady(node, 'Unknown', unknown, 'NodeStatusUnknown', 'Kubelet stopped posting node status.');
  node['spec'].taints = [
    { effect: 'NoSchedule', key: 'node.kubernetes.io/unreachable', timeAdded: unknown },
    { effect: 'NoExecute', key: 'node.kubernetes.io/unreachable', timeAdded: unknown },
  ];
  find(gather, 'Lease', FORGOTTEN, 'kube-node-lease')['spec'].renewTime = micros(at(LAST_SEEN));
  for (const [unit, entries] of gather.units)
    gather.units.set(
      unit,
      entries.filter((entry) => entry.host !== FORGOTTEN),
    );
  for (const pod of gather.objects.filter((o) => o.kind === 'Pod' && o['spec'].nodeName === FORGOTTEN)) {
    const ready = pod['status'].conditions.find((held: { type: string }) => held.type === 'Ready');
    Object.assign(ready, { status: 'False', lastTransitionTime: unknown });
  }
  operatorReports(gather, 'network', {
    type: 'Progressing',
    status: true,
    since: BOOTED + 7 * MINUTE,
    reason: 'Deploying',
    message: 'DaemonSet "/openshift-ovn-kubernetes/ovnkube-node" is not available (awaiting 1 nodes)',
  });
  Object.assign(find(gather, 'DaemonSet', 'ovnkube-node')['status'], {
    numberAvailable: 4,
    numberReady: 4,
    numberUnavailable: 1,
  });
  const approver = operatorLog(gather, 'openshift-cluster-machine-approver', 'machine-approver').replace(
    /[^/]+$/,
    'machine-approver-controller',
  );
  for (const time of spread(random, BOOTED + MINUTE, CLUSTER.gatheredAt - 4 * MINUTE, 14 * MINUTE)) {
    const name = `csr-${random.suffix(5)}`;
    gather.objects.push(
      signingRequest(random, name, time, 'kubernetes.io/kube-apiserver-client-kubelet', BOOTSTRAPPER, FORGOTTEN),
    );
    addLog(gather, approver, [
      { at: time + SECOND, text: klog('I', time + SECOND, 1, 'controller.go:121', `Reconciling CSR: ${name}`) },
      {
        at: time + SECOND + 900,
        text: klog(
          'E',
          time + SECOND + 800,
          1,
          'csr_check.go:266',
          `${name}: node ${FORGOTTEN} already exists, cannot approve`,
        ),
      },
    ]);
  }
  gather.objects.push(
    event(random.fork('not-ready'), {
      namespace: 'default',
      about: ['Node', FORGOTTEN],
      reason: 'NodeNotReady',
      message: `Node ${FORGOTTEN} status is now: NodeNotReady`,
      component: 'node-controller',
      first: BOOTED + 6 * MINUTE,
    }),
  );
}

/** `journalctl -u kubelet` of the worker, taken at the machine. */
function forgottenJournal(random: Random): string {
  const pid = nodeNamed(CLUSTER, FORGOTTEN).kubeletPid;
  const start = BOOTED + 52 * SECOND;
  const end = CLUSTER.gatheredAt - MINUTE;
  const lines: JournalEntry[] = [
    systemdLine(FORGOTTEN, start - SECOND, 'Starting Kubernetes Kubelet...'),
    expired(FORGOTTEN, pid, start),
    kubeletLine(
      FORGOTTEN,
      start + SECOND,
      pid,
      'I',
      'bootstrap.go:122',
      '"Waiting for client certificate to be issued"',
    ),
    systemdLine(FORGOTTEN, start + 2 * SECOND, 'Started Kubernetes Kubelet.'),
  ];
  const say = (time: Micros, level: 'I' | 'W' | 'E', where: string, text: string) =>
    lines.push(kubeletLine(FORGOTTEN, time, pid, level, where, text));
  for (const time of spread(random, start + 3 * SECOND, start + 40 * SECOND, 6 * SECOND)) {
    say(
      time,
      'E',
      'kubelet_node_status.go:95',
      `"Unable to register node with API server" err="Post \\"${apiInt(CLUSTER)}/api/v1/nodes\\": dial tcp ${CLUSTER.apiVIP}:6443: connect: connection refused" node="${FORGOTTEN}"`,
    );
  }
  for (const time of spread(random, start + 3 * MINUTE, end, 70 * SECOND)) {
    say(
      time,
      'E',
      'kubelet_node_status.go:95',
      `"Unable to register node with API server" err="nodes is forbidden: User \\"system:anonymous\\" cannot create resource \\"nodes\\" in API group \\"\\" at the cluster scope" node="${FORGOTTEN}"`,
    );
    say(
      time + 2 * SECOND,
      'E',
      'controller.go:145',
      `"Failed to ensure lease exists, will retry" err="leases.coordination.k8s.io \\"${FORGOTTEN}\\" is forbidden: User \\"system:anonymous\\" cannot get resource \\"leases\\" in API group \\"coordination.k8s.io\\" in the namespace \\"kube-node-lease\\"" interval="7s"`,
    );
  }
  for (const time of spread(random, start + 10 * MINUTE, end, 25 * MINUTE)) {
    say(
      time,
      'E',
      'transport.go:133',
      '"The currently active client certificate has expired, but the server is not responsive. A restart may be necessary to retrieve new initial credentials."',
    );
  }
  return journalText(lines);
}
