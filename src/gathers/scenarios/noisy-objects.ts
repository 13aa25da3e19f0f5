import { HOUR, MINUTE } from '../../model/time.ts';
import { addLog, type Gather } from '../gather.ts';
import { meta } from '../kube.ts';
import { signingRequest } from '../objects/certificate-requests.ts';
import { event } from '../objects/events.ts';
import { workloadSet } from '../objects/workloads.ts';
import { klog, spread } from '../stamps.ts';
import { alertsFire } from './steps.ts';

/** An application's log and a ConfigMap with a runbook speak of every fault there is: neither is evidence of one. */
export function customerNamespace(gather: Gather): void {
  const random = gather.random.fork('webshop');
  const set = workloadSet(
    gather.cluster,
    { namespace: 'webshop', name: 'checkout', kind: 'deployment', on: 'workers', replicas: 1, containers: ['app'] },
    random,
  );
  gather.objects.push(...set, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: meta(random, 'runbook', gather.cluster.gatheredAt - 40 * HOUR, { namespace: 'webshop' }),
    data: {
      'runbook.md':
        'If the network operator says VIP \'10.0.0.5\' cannot be found in any machine network, call the platform team.\nIf etcd prints slow fdatasync or etcdserver: mvcc: database space exceeded, call them too.\nUser "system:anonymous" cannot create resource "pods" means that a kubelet has no certificate.\n',
    },
  });
  const pod = set.find((o) => o.kind === 'Pod')!;
  const texts = [
    'ERROR upstream failed: Get "https://payments.example.org/api/v1/charge": x509: certificate has expired or is not yet valid: current time 2026-01-22T09:00:00Z is after 2026-01-20T00:00:00Z',
    'WARN etcdserver: request timed out (from our own test etcd)',
    'ERROR dial tcp 10.1.2.3:6443: connect: connection refused',
    'INFO retrying, no space left on device is retried as well',
  ];
  addLog(
    gather,
    `webshop/${pod.metadata.name}/app`,
    [...spread(random, gather.cluster.gatheredAt - 8 * HOUR, gather.cluster.gatheredAt - 3 * MINUTE, 6 * MINUTE)].map(
      (time) => ({
        at: time,
        text: random.pick(texts),
      }),
    ),
  );
}

/** Objects that are young: a request two minutes old, a pod that was scheduled at the second try. */
export function freshObjects(gather: Gather): void {
  const random = gather.random.fork('fresh');
  gather.objects.push(
    signingRequest(
      random,
      `csr-${random.suffix(5)}`,
      gather.cluster.gatheredAt - 2 * MINUTE,
      'kubernetes.io/kubelet-serving',
      'system:node:worker-1',
      'worker-1',
    ),
    event(random.fork('scheduling'), {
      namespace: 'openshift-ingress',
      about: ['Pod', 'router-default-6c5b8d7f9c-4wqmz'],
      reason: 'FailedScheduling',
      message:
        "0/5 nodes are available: 2 node(s) didn't match pod anti-affinity rules, 3 node(s) had untolerated taint {node-role.kubernetes.io/master: }. preemption: 0/5 nodes are available: 5 Preemption is not helpful for scheduling.",
      type: 'Warning',
      component: 'default-scheduler',
      first: gather.cluster.gatheredAt - 150 * MINUTE,
      count: 1,
    }),
    event(random.fork('mount'), {
      namespace: 'openshift-marketplace',
      about: ['Pod', 'community-operators-lx7qd'],
      reason: 'FailedMount',
      message:
        'MountVolume.SetUp failed for volume "kube-api-access-b8nls" : object "openshift-marketplace"/"kube-root-ca.crt" not registered',
      type: 'Warning',
      component: 'kubelet',
      host: 'worker-0',
      first: gather.cluster.gatheredAt - 95 * MINUTE,
      count: 1,
    }),
    event(random.fork('probe'), {
      namespace: 'openshift-apiserver',
      about: ['Pod', 'apiserver-7f6b9d5c4-8kq2n'],
      reason: 'ProbeError',
      message: 'Readiness probe error: HTTP probe failed with statuscode: 500',
      type: 'Warning',
      component: 'kubelet',
      host: 'master-1',
      first: gather.cluster.gatheredAt - 130 * MINUTE,
      last: gather.cluster.gatheredAt - 128 * MINUTE,
      count: 3,
    }),
  );
  alertsFire(gather, {
    name: 'KubePodNotReady',
    group: 'kubernetes-apps',
    severity: 'warning',
    labels: { namespace: 'openshift-marketplace', pod: 'community-operators-lx7qd' },
    summary: 'Pod has been in a non-ready state for more than 15 minutes.',
    since: '2026-01-22T16:24:00.000Z',
    state: 'pending',
  });
  const approver = gather.objects.find((o) => o.kind === 'Pod' && o.metadata.name.startsWith('network-operator'))!;
  addLog(gather, `openshift-network-operator/${approver.metadata.name}/network-operator`, [
    {
      at: gather.cluster.gatheredAt - 6 * HOUR,
      text: klog(
        'W',
        gather.cluster.gatheredAt - 6 * HOUR,
        1,
        'reflector.go:484',
        'k8s.io/client-go@v0.31.1/tools/cache/reflector.go:243: watch of *v1.ConfigMap ended with: an error on the server ("unable to decode an event from the watch stream: http2: client connection lost") has prevented the request from succeeding',
      ),
    },
  ]);
}
