import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { addLog, find, type Gather, podOn } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { kubeletLine, NO_CNI } from '../noise/kubelet.ts';
import { at, klog, seconds, spread } from '../stamps.ts';
import { labCluster } from './clusters.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { logOn, nodeReady, operatorReports, waiting } from './steps.ts';

const CLUSTER = labCluster({
  scenario: 'ovnkube-crash',
  started: '2026-05-04T05:30:00Z',
  gathered: '2026-05-12T09:40:00Z',
});
const HOST = 'worker-1';
/** A reboot takes away the CNI configuration; it is written again only by an ovnkube that runs. */
const BOOTED = at('2026-05-12T08:17:22Z');
const NOT_READY = `container runtime network not ready: ${NO_CNI}`;
const NO_GATEWAY =
  'failed to run ovnkube: failed to start node network controller: failed to start default node network controller: failed to init shared gateway mode: unable to find default gateway and none provided via config';

/** A worker reboots without its default route: ovnkube-controller ends seconds after each start. */
export const ovnkubeCrash: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER);
    controllerCrashes(gather);
    kubeletAfterBoot(gather);
    nodeNotReady(gather);
    networkFollows(gather);
    return { gather, beside: new Map() };
  },
};

/** The back-off of a container that ends at once: 10 s, doubled up to five minutes. */
function starts(): Micros[] {
  const times: Micros[] = [];
  let pause = 10 * SECOND;
  for (let time = BOOTED + 3 * MINUTE; time < CLUSTER.gatheredAt - 2 * MINUTE; time += pause + 9 * SECOND) {
    times.push(time);
    pause = Math.min(2 * pause, 5 * MINUTE);
  }
  return times;
}

function controllerCrashes(gather: Gather): void {
  const key = logOn(gather, 'openshift-ovn-kubernetes', 'ovnkube-node', HOST, 'ovnkube-controller');
  const run = (start: Micros) => [
    {
      at: start,
      text: klog('I', start, 7714, 'ovnkube.go:429', 'Parsed config file /run/ovnkube-config/ovnkube.conf'),
    },
    {
      at: start + 4 * SECOND,
      text: klog(
        'I',
        start + 4 * SECOND,
        7714,
        'default_node_network_controller.go:1108',
        `Node ${HOST} ready for ovn initialization with subnet 10.130.0.0/23`,
      ),
    },
    { at: start + 7 * SECOND, text: klog('F', start + 7 * SECOND, 7714, 'ovnkube.go:136', NO_GATEWAY) },
  ];
  const runs = starts();
  gather.logs.set(key, []);
  addLog(gather, key, run(runs.at(-1)!));
  gather.previous.set(key, run(runs.at(-2)!));
  const pod = podOn(gather, 'openshift-ovn-kubernetes', 'ovnkube-node', HOST);
  const status = pod['status'].containerStatuses.find((held: { name: string }) => held.name === 'ovnkube-controller');
  const finished = runs.at(-1)! + 7 * SECOND;
  Object.assign(status, {
    lastState: {
      terminated: {
        exitCode: 1,
        finishedAt: seconds(finished),
        message: NO_GATEWAY,
        reason: 'Error',
        startedAt: seconds(finished - 8 * SECOND),
      },
    },
    ready: false,
    restartCount: runs.length,
    started: false,
    state: {
      waiting: {
        message: `back-off 5m0s restarting failed container=ovnkube-controller pod=${pod.metadata.name}_openshift-ovn-kubernetes(${pod.metadata['uid']})`,
        reason: 'CrashLoopBackOff',
      },
    },
  });
}

function kubeletAfterBoot(gather: Gather): void {
  const held = gather.units.get('kubelet') ?? [];
  const random = gather.random.fork('kubelet-after-boot');
  const say = (time: Micros, where: string, text: string) => kubeletLine(HOST, time, 2911, 'E', where, text);
  const times = [...spread(random, BOOTED + 90 * SECOND, CLUSTER.gatheredAt - 6 * MINUTE, 25 * SECOND)];
  gather.units.set('kubelet', [
    ...held.filter((entry) => entry.host !== HOST || entry.at < BOOTED - MINUTE),
    ...times.flatMap((time) => [
      say(time, 'kubelet.go:2916', `"Container runtime network not ready" networkReady="${NO_CNI}"`),
      say(
        time + 4 * SECOND,
        'pod_workers.go:1301',
        `"Error syncing pod, skipping" err="network is not ready: ${NOT_READY}" pod="openshift-dns/dns-default-${random.suffix(5)}" podUID="${random.uuid()}"`,
      ),
    ]),
  ]);
}

function nodeNotReady(gather: Gather): void {
  const since = seconds(BOOTED + MINUTE);
  nodeReady(find(gather, 'Node', HOST), 'False', since, 'KubeletNotReady', NOT_READY);
  for (const pod of gather.objects) {
    if (pod.kind === 'Pod' && pod['spec'].nodeName === HOST && pod['spec'].hostNetwork !== true)
      waiting(pod, since, 'ContainerCreating', '');
  }
}

function networkFollows(gather: Gather): void {
  const since = BOOTED + 2 * MINUTE;
  Object.assign(find(gather, 'DaemonSet', 'ovnkube-node')['status'], {
    numberAvailable: 4,
    numberReady: 4,
    numberUnavailable: 1,
  });
  const set = 'DaemonSet "/openshift-ovn-kubernetes/ovnkube-node"';
  const { name } = podOn(gather, 'openshift-ovn-kubernetes', 'ovnkube-node', HOST).metadata;
  operatorReports(
    gather,
    'network',
    {
      type: 'Progressing',
      status: true,
      since,
      reason: 'Deploying',
      message: `${set} is not available (awaiting 1 nodes)`,
    },
    {
      type: 'Degraded',
      status: true,
      since: since + 12 * MINUTE,
      reason: 'RolloutHung',
      message: `${set} rollout is not making progress - pod ${name} is in CrashLoopBackOff State\n${set} rollout is not making progress - last change ${seconds(since)}`,
    },
  );
}
