import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { addLog, addUnit, type Gather, podOn } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { kubeletLine, NO_CNI } from '../noise/kubelet.ts';
import { at, klog, millis, seconds, spread } from '../stamps.ts';
import { siteCluster } from './clusters.ts';
import { lean, networkNotReady, networkOperatorWaits, restarts } from './node-steps.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { logOn } from './steps.ts';

const HOST = 'prod-h4m2d-worker-0-vz9kt';
const CLUSTER = siteCluster({
  scenario: 'cni-ovn-database',
  started: '2024-10-02T06:00:00Z',
  gathered: '2025-02-11T06:20:00Z',
  name: 'prod',
  domain: 'acme.example',
  version: '4.17.9',
  platform: 'VSphere',
  network: '10.62.14',
  masters: ['prod-h4m2d-master-0', 'prod-h4m2d-master-1', 'prod-h4m2d-master-2'],
  workers: ['prod-h4m2d-worker-0-8xk4c', HOST, 'prod-h4m2d-worker-0-w5rrm'],
});
/** The hypervisor lost power at 03:12; the virtual machine was started again at 03:30. */
const BOOTED = at('2025-02-11T03:30:41Z');
const DATABASE = 'ovsdb-tool: ovsdb error: /etc/ovn/ovnsb_db.db: cannot identify file type';

/** A worker loses power; the southbound database that ovnkube keeps on it comes back as an empty file. */
export const cniOvnDatabase: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER, lean(3));
    databaseEnds(gather);
    clientsWait(gather);
    kubeletWaits(gather);
    networkNotReady(gather, HOST, BOOTED + 70 * SECOND);
    networkOperatorWaits(gather, BOOTED + 2 * MINUTE, { host: HOST, at: BOOTED + 13 * MINUTE });
    return { gather, beside: new Map() };
  },
};

function ovnLog(container: string): (gather: Gather) => string {
  return (gather) => logOn(gather, 'openshift-ovn-kubernetes', 'ovnkube-node', HOST, container);
}

function databaseEnds(gather: Gather): void {
  const runs = restarts(BOOTED + 90 * SECOND, CLUSTER.gatheredAt - 3 * MINUTE, 2 * SECOND);
  const run = (start: Micros) =>
    [
      '+ [[ -f /env/_master ]]',
      '+ . /ovnkube-lib/ovnkube-lib.sh',
      '++ K8S_NODE=',
      '+ exec /usr/share/ovn/scripts/ovn-ctl --no-monitor --db-sb-sock=/var/run/ovn/ovnsb_db.sock run_sb_ovsdb',
      DATABASE,
    ].map((text, index) => ({ at: start + index * 300_000, text }));
  const key = ovnLog('sbdb')(gather);
  gather.logs.set(key, run(runs.at(-1)!));
  gather.previous.set(key, run(runs.at(-2)!));
  crashes(gather, 'sbdb', runs, DATABASE);
}

function crashes(gather: Gather, container: string, runs: readonly Micros[], message: string): void {
  const pod = podOn(gather, 'openshift-ovn-kubernetes', 'ovnkube-node', HOST);
  const status = pod['status'].containerStatuses.find((held: { name: string }) => held.name === container);
  const started = runs.at(-1)!;
  Object.assign(status, {
    lastState: {
      terminated: {
        exitCode: 1,
        finishedAt: seconds(started + 2 * SECOND),
        message,
        reason: 'Error',
        startedAt: seconds(started),
      },
    },
    ready: false,
    restartCount: runs.length,
    started: false,
    state: {
      waiting: {
        message: `back-off 5m0s restarting failed container=${container} pod=${pod.metadata.name}_openshift-ovn-kubernetes(${pod.metadata['uid']})`,
        reason: 'CrashLoopBackOff',
      },
    },
  });
}

/** Northd, ovn-controller and ovnkube-controller wait for a socket that nobody opens. */
function clientsWait(gather: Gather): void {
  const socket = 'unix:/var/run/ovn/ovnsb_db.sock';
  const random = gather.random.fork('clients');
  const controller = ovnLog('ovn-controller')(gather);
  gather.logs.set(controller, []);
  let serial = 11;
  for (const time of spread(random, BOOTED + 80 * SECOND, CLUSTER.gatheredAt - MINUTE, 8 * SECOND * 11)) {
    const say = (after: number, text: string) => {
      serial += 1;
      const stamp = `${millis(time + after)}|${String(serial).padStart(5, '0')}`;
      addLog(gather, controller, [{ at: time + after + 200, text: `${stamp}|reconnect|${text}` }]);
    };
    say(0, `INFO|${socket}: connecting...`);
    say(900, `INFO|${socket}: connection attempt failed (No such file or directory)`);
    say(1000, `INFO|${socket}: continuing to reconnect in the background but suppressing further logging`);
  }
  const runs = restarts(BOOTED + 95 * SECOND, CLUSTER.gatheredAt - 2 * MINUTE, 30 * SECOND);
  const failed =
    'failed to run ovnkube: error when trying to initialize libovsdb SB client: unable to connect to any endpoints: failed to connect to unix:/var/run/ovn/ovnsb_db.sock: failed to open connection: dial unix /var/run/ovn/ovnsb_db.sock: connect: no such file or directory';
  const run = (start: Micros) => [
    {
      at: start,
      text: klog('I', start, 9120, 'ovnkube.go:427', 'Parsed config file /run/ovnkube-config/ovnkube.conf'),
    },
    { at: start + 30 * SECOND, text: klog('F', start + 30 * SECOND, 9120, 'ovnkube.go:137', failed) },
  ];
  const key = ovnLog('ovnkube-controller')(gather);
  gather.logs.set(key, run(runs.at(-1)! - 40 * SECOND));
  gather.previous.set(key, run(runs.at(-2)!));
  crashes(gather, 'ovnkube-controller', runs, failed);
}

function kubeletWaits(gather: Gather): void {
  const random = gather.random.fork('kubelet');
  const own = (gather.units.get('kubelet') ?? []).filter((entry) => entry.host !== HOST);
  gather.units.set('kubelet', own);
  for (const time of spread(random, BOOTED + 70 * SECOND, CLUSTER.gatheredAt - 5 * MINUTE, 45 * SECOND)) {
    const say = (where: string, text: string) => kubeletLine(HOST, time, 2634, 'E', where, text);
    addUnit(gather, 'kubelet', [
      say('kubelet.go:2916', `"Container runtime network not ready" networkReady="${NO_CNI}"`),
      say(
        'pod_workers.go:1301',
        `"Error syncing pod, skipping" err="network is not ready: container runtime network not ready: ${NO_CNI}" pod="openshift-dns/dns-default-${random.suffix(5)}" podUID="${random.uuid()}"`,
      ),
    ]);
  }
}
