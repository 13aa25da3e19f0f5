import { MINUTE, SECOND } from '../../model/time.ts';
import type { Cluster } from '../cluster.ts';
import { find, type Gather, type JournalEntry } from '../gather.ts';
import { condition, setCondition } from '../kube.ts';
import { kubeletLine, NO_CNI, systemdLine } from '../noise/kubelet.ts';
import { event } from '../objects/events.ts';
import { WORKLOADS } from '../objects/workload-catalogue.ts';
import { pod } from '../objects/workloads.ts';
import type { Random } from '../random.ts';
import { journalText } from '../render.ts';
import { at, seconds, spread } from '../stamps.ts';
import { CLUSTER, GATHERED } from './seed-cluster.ts';
import { seedJournalEntries } from './seed-journal.ts';
import { nodeReady } from './steps.ts';

const HOST = 'master-1';
const REPAIRED = at('2025-12-04T00:20:11Z');
const INSTALLER = 'installer-6-master-1';
const LOCALHOST =
  '/etc/kubernetes/static-pod-resources/kube-apiserver-certs/secrets/node-kubeconfigs/localhost.kubeconfig';

/** master-1 after somebody gave its kubelet an administrator's kubeconfig: it speaks again, but has no pod network. */
export function masterOneRepaired(gather: Gather): void {
  const message = `container runtime network not ready: ${NO_CNI}`;
  nodeReady(find(gather, 'Node', HOST), 'False', seconds(REPAIRED + 30 * SECOND), 'KubeletNotReady', message);
  const random = gather.random.fork('repaired');
  const since = REPAIRED + 4 * MINUTE;
  const installer = pod(
    { ...WORKLOADS.find((w) => w.name === 'etcd-guard')!, containers: ['installer'] },
    CLUSTER.nodes[1]!,
    INSTALLER,
    since,
    random,
  );
  installer['status'] = {
    conditions: [condition('PodScheduled', true, since), condition('Ready', false, since, 'ContainersNotReady')],
    containerStatuses: [
      {
        name: 'installer',
        ready: false,
        restartCount: 0,
        started: false,
        state: { waiting: { reason: 'ContainerCreating' } },
      },
    ],
    phase: 'Pending',
    qosClass: 'Guaranteed',
  };
  gather.objects.push(
    installer,
    ...[
      ['NetworkNotReady', `network is not ready: ${message}`, 24],
      [
        'FailedMount',
        'MountVolume.SetUp failed for volume "kube-api-access" : object "openshift-etcd"/"kube-root-ca.crt" not registered',
        9,
      ],
    ].map(([reason, text, count]) =>
      event(random.fork(`installer/${reason}`), {
        namespace: 'openshift-etcd',
        about: ['Pod', INSTALLER],
        reason: String(reason),
        message: String(text),
        type: 'Warning',
        component: 'kubelet',
        host: HOST,
        first: since,
        last: GATHERED - 2 * MINUTE,
        count: Number(count),
      }),
    ),
  );
  const etcd = find(gather, 'Etcd', 'cluster');
  etcd['status'].nodeStatuses = [
    { currentRevision: 6, nodeName: 'master-0', targetRevision: 0 },
    { currentRevision: 5, nodeName: HOST, targetRevision: 6 },
  ];
  setCondition(
    find(gather, 'ClusterOperator', 'etcd'),
    condition(
      'Progressing',
      true,
      at('2025-12-03T23:36:20Z'),
      'NodeInstaller',
      'NodeInstallerProgressing: 1 node is at revision 5; 1 node is at revision 6',
    ),
  );
}

/** The whole journal of master-1: the hours without a certificate, the repair, and what came after it. */
export function repairedJournal(cluster: Cluster, random: Random): string {
  const pid = 712204;
  const lines: JournalEntry[] = seedJournalEntries(cluster, random).filter((line) => line.at < REPAIRED - 5 * SECOND);
  const say = (time: number, level: 'I' | 'E', where: string, text: string) =>
    lines.push(kubeletLine(HOST, time, pid, level, where, text));
  lines.push(
    {
      at: REPAIRED - 4 * SECOND,
      host: HOST,
      identifier: 'sudo',
      pid: 712160,
      text: `    core : TTY=pts/0 ; PWD=/var/home/core ; USER=root ; COMMAND=/bin/cp ${LOCALHOST} /var/lib/kubelet/kubeconfig`,
    },
    systemdLine(HOST, REPAIRED - 2 * SECOND, 'Stopping Kubernetes Kubelet...'),
    systemdLine(HOST, REPAIRED, 'Started Kubernetes Kubelet.'),
  );
  say(REPAIRED + SECOND, 'I', 'server.go:491', `"Kubelet version" kubeletVersion="${cluster.kubelet}"`);
  say(REPAIRED + 9 * SECOND, 'I', 'kubelet_node_status.go:78', `"Successfully registered node" node="${HOST}"`);
  for (const time of spread(random, REPAIRED + 30 * SECOND, GATHERED - 40 * SECOND, 20 * SECOND)) {
    say(time, 'E', 'kubelet.go:2916', `"Container runtime network not ready" networkReady="${NO_CNI}"`);
    say(
      time + 200_000,
      'E',
      'pod_workers.go:1301',
      `"Error syncing pod, skipping" err="network is not ready: container runtime network not ready: ${NO_CNI}" pod="openshift-etcd/${INSTALLER}" podUID="${random.uuid()}"`,
    );
  }
  say(GATHERED - 35 * SECOND, 'E', 'kubelet.go:2916', `"Container runtime network not ready" networkReady="${NO_CNI}"`);
  return journalText(lines);
}
