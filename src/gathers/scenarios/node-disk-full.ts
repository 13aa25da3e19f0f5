import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { find, type Gather, type JournalEntry } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { journalIso } from '../journal-forms.ts';
import { kubeletLine } from '../noise/kubelet.ts';
import type { Random } from '../random.ts';
import { at, seconds, spread } from '../stamps.ts';
import { siteCluster } from './clusters.ts';
import { crioLine, warns } from './node-steps.ts';
import type { Made, Scenario } from './scenario-module.ts';

const HOST = 'shop-7d2kq-worker-b';
const CLUSTER = siteCluster({
  scenario: 'node-disk-full',
  started: '2024-11-04T07:00:00Z',
  gathered: '2025-05-28T04:50:00Z',
  name: 'shop',
  domain: 'retail.example',
  version: '4.16.30',
  platform: 'VSphere',
  network: '10.9.120',
  masters: ['shop-7d2kq-master-0', 'shop-7d2kq-master-1', 'shop-7d2kq-master-2'],
  workers: ['shop-7d2kq-worker-a', HOST, 'shop-7d2kq-worker-c'],
});
const PRESSURE = at('2025-05-28T02:14:30Z');
const PID = 2790;
const CULPRIT = 'billing/invoice-export-6c7d9b5f4-x2k9p';

/** A job left at debug level writes its log into an emptyDir until /var is full. */
export const nodeDiskFull: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER, {
      namespaces: ['default', 'openshift-monitoring', 'openshift-ingress', 'openshift-dns', 'kube-node-lease'],
      hours: 2,
      layout: 'lists',
      tool: 'inspect',
    });
    underPressure(gather);
    evicts(gather);
    return { gather, beside: new Map([[`${HOST}-journal.txt`, journalIso(journal(gather.random.fork('journal')))]]) };
  },
};

function underPressure(gather: Gather): void {
  const node = find(gather, 'Node', HOST);
  const pressure = node['status'].conditions.find((held: { type: string }) => held.type === 'DiskPressure');
  Object.assign(pressure, {
    status: 'True',
    reason: 'KubeletHasDiskPressure',
    message: 'kubelet has disk pressure',
    lastTransitionTime: seconds(PRESSURE),
  });
  node['spec'].taints = [
    { effect: 'NoSchedule', key: 'node.kubernetes.io/disk-pressure', timeAdded: seconds(PRESSURE) },
  ];
  const aboutNode = { namespace: 'default', about: ['Node', HOST], component: 'kubelet', host: HOST } as const;
  const last = CLUSTER.gatheredAt - 3 * MINUTE;
  warns(gather, {
    ...aboutNode,
    reason: 'EvictionThresholdMet',
    message: 'Attempting to reclaim ephemeral-storage',
    first: PRESSURE - 10 * SECOND,
    last,
    count: 118,
  });
  warns(gather, {
    ...aboutNode,
    reason: 'FreeDiskSpaceFailed',
    message:
      'Failed to garbage collect required amount of images. Attempted to free 18790481920 bytes, but only found 0 bytes eligible to free.',
    first: PRESSURE + 4 * MINUTE,
    last,
    count: 30,
  });
  warns(gather, {
    ...aboutNode,
    reason: 'NodeHasDiskPressure',
    message: `Node ${HOST} status is now: NodeHasDiskPressure`,
    first: PRESSURE,
    last: PRESSURE,
  });
}

function evicts(gather: Gather): void {
  const low =
    'The node was low on resource: ephemeral-storage. Threshold quantity: 19143890534, available: 14822904Ki. ';
  const pods = gather.objects.filter(
    (o) =>
      o.kind === 'Pod' &&
      o['spec'].nodeName === HOST &&
      !['DaemonSet', 'Node'].includes(o.metadata['ownerReferences'][0].kind),
  );
  for (const [index, pod] of pods.entries()) {
    const time = PRESSURE + (index + 1) * 40 * SECOND;
    const message = `${low}Container ${pod['spec'].containers[0].name} was using 1284Ki, request is 0, has larger consumption of ephemeral-storage. `;
    Object.assign(pod['status'], {
      phase: 'Failed',
      reason: 'Evicted',
      message,
      containerStatuses: [],
      conditions: [],
    });
    warns(gather, {
      namespace: pod.metadata.namespace!,
      about: ['Pod', pod.metadata.name],
      reason: 'Evicted',
      message,
      component: 'kubelet',
      host: HOST,
      first: time,
    });
  }
}

function journal(random: Random): JournalEntry[] {
  const lines: JournalEntry[] = [];
  const say = (time: Micros, level: 'I' | 'W' | 'E', where: string, text: string) =>
    lines.push(kubeletLine(HOST, time, PID, level, where, text));
  const end = CLUSTER.gatheredAt - MINUTE;
  for (const time of spread(random, PRESSURE - 3 * 60 * MINUTE, end, 12 * MINUTE))
    say(time, 'I', 'kubelet.go:2542', `"SyncLoop (probe)" probe="readiness" status="ready" pod="${CULPRIT}"`);
  for (const time of spread(random, PRESSURE - 10 * SECOND, end, 3 * MINUTE)) {
    say(
      time,
      'W',
      'eviction_manager.go:369',
      '"Eviction manager: attempting to reclaim" resourceName="ephemeral-storage"',
    );
    say(time + 90, 'I', 'container_gc.go:88', '"Attempting to delete unused containers"');
    say(time + 900, 'I', 'image_gc_manager.go:431', '"Attempting to delete unused images"');
    say(
      time + SECOND,
      'I',
      'eviction_manager.go:380',
      '"Eviction manager: must evict pod(s) to reclaim" resourceName="ephemeral-storage"',
    );
  }
  for (const time of spread(random, PRESSURE + 4 * MINUTE, end, 5 * MINUTE)) {
    say(
      time,
      'I',
      'image_gc_manager.go:314',
      '"Disk usage on image filesystem is over the high threshold, trying to free bytes down to the low threshold" usage=97 highThreshold=85 amountToFree=18790481920 lowThreshold=80',
    );
    say(
      time + SECOND,
      'E',
      'kubelet.go:1474',
      '"Image garbage collection failed multiple times in a row" err="Failed to garbage collect required amount of images. Attempted to free 18790481920 bytes, but only found 0 bytes eligible to free."',
    );
    lines.push(
      crioLine(
        HOST,
        time + 20 * SECOND,
        'error',
        `Failed to write container log: write /var/log/pods/billing_invoice-export-6c7d9b5f4-x2k9p_${random.uuid()}/export/0.log: no space left on device`,
      ),
    );
    say(
      time + 31 * SECOND,
      'E',
      'pod_workers.go:1298',
      `"Error syncing pod, skipping" err="failed to \\"CreatePodSandbox\\" for \\"${CULPRIT.replace(/.*\//, '')}\\" with CreatePodSandboxError: \\"rpc error: code = Unknown desc = error creating pod sandbox: mkdir /var/lib/containers/storage/overlay/${random.hex(64)}: no space left on device\\"" pod="${CULPRIT}" podUID="${random.uuid()}"`,
    );
  }
  return lines;
}
