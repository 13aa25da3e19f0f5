import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { addLog, addUnit, find, type Gather, podOn } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { kubeletLine, NO_CNI } from '../noise/kubelet.ts';
import { at, klog, seconds, spread } from '../stamps.ts';
import { siteCluster } from './clusters.ts';
import { lean, networkNotReady, networkOperatorWaits, restarts } from './node-steps.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { logOn } from './steps.ts';

const HOST = 'node-w-02';
const CLUSTER = siteCluster({
  scenario: 'mtu-too-small',
  started: '2023-06-19T08:00:00Z',
  gathered: '2024-04-11T19:30:00Z',
  name: 'media',
  domain: 'stream.example',
  version: '4.13.38',
  platform: 'BareMetal',
  network: '10.210.0',
  masters: ['node-m-00', 'node-m-01', 'node-m-02'],
  workers: ['node-w-00', 'node-w-01', HOST],
});
/** The MTU of the cluster network was raised; the profile of one worker names another interface and left its uplink at 1500. */
const RAISED = at('2024-04-11T15:20:00Z');
const BOOTED = at('2024-04-11T16:48:33Z');
const TOO_SMALL = 'interface MTU (1500) is too small for specified overlay MTU (8958)';
const FAILED = `failed to run ovnkube: failed to start node network controller: failed to start default node network controller: ${TOO_SMALL}`;

/** The last step of an MTU migration: large packets are lost on the way to one worker, and its ovnkube refuses to start. */
export const mtuTooSmall: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER, lean(3));
    find(gather, 'Network', 'cluster')['status'].clusterNetworkMTU = 8900;
    nodeRefuses(gather);
    handshakesStall(gather);
    kubeletWaits(gather);
    networkNotReady(gather, HOST, BOOTED + 80 * SECOND);
    networkOperatorWaits(gather, BOOTED + 2 * MINUTE, { host: HOST, at: BOOTED + 12 * MINUTE });
    return { gather, beside: new Map() };
  },
};

function nodeRefuses(gather: Gather): void {
  const key = logOn(gather, 'openshift-ovn-kubernetes', 'ovnkube-node', HOST, 'ovnkube-node');
  const runs = restarts(BOOTED + 2 * MINUTE, CLUSTER.gatheredAt - 2 * MINUTE, 6 * SECOND);
  const run = (start: Micros) => [
    {
      at: start,
      text: klog('I', start, 6120, 'ovnkube.go:358', 'Parsed config file /run/ovnkube-config/ovnkube.conf'),
    },
    {
      at: start + 3 * SECOND,
      text: klog(
        'I',
        start + 3 * SECOND,
        6120,
        'node_ip_handler_linux.go:222',
        `Node primary address changed to ${CLUSTER.nodes[5]!.ip}. Updating OVN encap IP.`,
      ),
    },
    { at: start + 6 * SECOND, text: klog('F', start + 6 * SECOND, 6120, 'ovnkube.go:136', FAILED) },
  ];
  gather.logs.set(key, run(runs.at(-1)!));
  gather.previous.set(key, run(runs.at(-2)!));
  const pod = podOn(gather, 'openshift-ovn-kubernetes', 'ovnkube-node', HOST);
  const status = pod['status'].containerStatuses.find((held: { name: string }) => held.name === 'ovnkube-node');
  const finished = runs.at(-1)! + 6 * SECOND;
  Object.assign(status, {
    lastState: {
      terminated: {
        exitCode: 1,
        finishedAt: seconds(finished),
        message: FAILED,
        reason: 'Error',
        startedAt: seconds(finished - 6 * SECOND),
      },
    },
    ready: false,
    restartCount: runs.length,
    started: false,
    state: {
      waiting: {
        message: `back-off 5m0s restarting failed container=ovnkube-node pod=${pod.metadata.name}_openshift-ovn-kubernetes(${pod.metadata['uid']})`,
        reason: 'CrashLoopBackOff',
      },
    },
  });
}

/** Between the change and the reboot: small packets pass, certificates do not. */
function handshakesStall(gather: Gather): void {
  const random = gather.random.fork('handshakes');
  const server = logOn(gather, 'openshift-kube-apiserver', 'kube-apiserver', 'node-m-00', 'kube-apiserver');
  for (const time of spread(random, RAISED + 70 * MINUTE, CLUSTER.gatheredAt - 9 * MINUTE, 6 * MINUTE))
    addLog(gather, server, [
      {
        at: time + 60,
        text: klog(
          'I',
          time,
          17,
          'log.go:198',
          `http: TLS handshake error from ${CLUSTER.nodes[5]!.ip}:${random.int(32000, 60000)}: read tcp ${CLUSTER.nodes[0]!.ip}:6443->${CLUSTER.nodes[5]!.ip}:${random.int(32000, 60000)}: i/o timeout`,
        ),
      },
    ]);
}

function kubeletWaits(gather: Gather): void {
  const random = gather.random.fork('kubelet');
  gather.units.set(
    'kubelet',
    (gather.units.get('kubelet') ?? []).filter((entry) => entry.host !== HOST),
  );
  for (const time of spread(random, CLUSTER.gatheredAt - 20 * MINUTE, CLUSTER.gatheredAt - MINUTE, 30 * SECOND))
    addUnit(gather, 'kubelet', [
      kubeletLine(
        HOST,
        time,
        2533,
        'E',
        'kubelet.go:2475',
        `"Container runtime network not ready" networkReady="${NO_CNI}"`,
      ),
      kubeletLine(
        HOST,
        time + 7 * SECOND,
        2533,
        'E',
        'kubelet_node_status.go:540',
        `"Error updating node status, will retry" err="error getting node \\"${HOST}\\": Get \\"https://api-int.media.stream.example:6443/api/v1/nodes/${HOST}?timeout=10s\\": net/http: TLS handshake timeout"`,
      ),
    ]);
}
