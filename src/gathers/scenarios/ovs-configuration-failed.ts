import { MINUTE, SECOND } from '../../model/time.ts';
import { addUnit, find, type Gather, type JournalEntry } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { condition, setCondition } from '../kube.ts';
import { kubeletLine, systemdLine } from '../noise/kubelet.ts';
import { at, seconds, spread } from '../stamps.ts';
import { labCluster } from './clusters.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { nodeReady, operatorReports, waiting } from './steps.ts';

const CLUSTER = labCluster({
  scenario: 'ovs-configuration-failed',
  started: '2026-03-02T05:00:00Z',
  gathered: '2026-03-10T12:20:00Z',
});
const HOST = 'master-2';
const BOOTED = at('2026-03-10T10:31:07Z');
const NO_CNI =
  'NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: no CNI configuration file in /etc/kubernetes/cni/net.d/. Has your network provider started?';
const NOT_READY = `container runtime network not ready: ${NO_CNI}`;

/** A master comes back from a reboot with a cable in the wrong port: configure-ovs cannot bring up br-ex. */
export const ovsConfigurationFailed: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER);
    addUnit(gather, 'ovs-configuration', configureOvs(gather));
    kubeletAfterBoot(gather);
    networkPodsWait(gather);
    operatorsFollow(gather);
    return { gather, beside: new Map() };
  },
};

function configureOvs(gather: Gather): JournalEntry[] {
  const lines: JournalEntry[] = [];
  const say = (time: number, text: string, pid = 2144) =>
    lines.push({ at: time, host: HOST, identifier: 'configure-ovs.sh', pid, text });
  // The other masters did it at their first boot, when they joined.
  for (const node of CLUSTER.nodes.filter((other) => other.role === 'master' && other.name !== HOST)) {
    lines.push(
      systemdLine(
        node.name,
        node.joined - 5 * MINUTE,
        'Starting Configures OVS with proper host networking configuration...',
      ),
    );
    lines.push({
      at: node.joined - 5 * MINUTE + SECOND,
      host: node.name,
      identifier: 'configure-ovs.sh',
      pid: 1870,
      text: 'Brought up connection ovs-if-br-ex successfully',
    });
    lines.push(
      systemdLine(
        node.name,
        node.joined - 5 * MINUTE + 9 * SECOND,
        'Finished Configures OVS with proper host networking configuration.',
      ),
    );
  }
  lines.push(
    systemdLine(HOST, BOOTED + 21 * SECOND, 'Starting Configures OVS with proper host networking configuration...'),
  );
  for (let attempt = 1; attempt <= 10; attempt++) {
    const time = BOOTED + 25 * SECOND + attempt * 66 * SECOND;
    say(time, `Attempt ${attempt} to bring up connection ovs-if-br-ex`);
    say(
      time + 60 * SECOND,
      'Error: Connection activation failed: No suitable device found for this connection (device ens1f0np0 not available because device has no carrier).',
    );
  }
  const failed = BOOTED + 25 * SECOND + 11 * 66 * SECOND;
  say(failed, 'ERROR: Cannot bring up connection ovs-if-br-ex after 10 attempts');
  say(failed + SECOND, 'configure-ovs exited with error: 1');
  lines.push(
    systemdLine(
      HOST,
      failed + 2 * SECOND,
      'ovs-configuration.service: Main process exited, code=exited, status=1/FAILURE',
    ),
  );
  lines.push(systemdLine(HOST, failed + 2 * SECOND + 80, "ovs-configuration.service: Failed with result 'exit-code'."));
  lines.push(
    systemdLine(
      HOST,
      failed + 2 * SECOND + 160,
      'Failed to start Configures OVS with proper host networking configuration.',
    ),
  );
  for (const time of spread(
    gather.random.fork('ovs'),
    failed + 15 * MINUTE,
    CLUSTER.gatheredAt - 5 * MINUTE,
    20 * MINUTE,
  ))
    say(time, 'ERROR: Cannot bring up connection ovs-if-br-ex after 10 attempts', 9120);
  return lines;
}

function kubeletAfterBoot(gather: Gather): void {
  const held = gather.units.get('kubelet') ?? [];
  const random = gather.random.fork('kubelet-after-boot');
  const before = held.filter((entry) => entry.host !== HOST || entry.at < BOOTED - MINUTE);
  const lines: JournalEntry[] = [systemdLine(HOST, BOOTED + 12 * MINUTE + 38 * SECOND, 'Started Kubernetes Kubelet.')];
  for (const time of spread(random, BOOTED + 12 * MINUTE + 40 * SECOND, CLUSTER.gatheredAt - 6 * MINUTE, 40 * SECOND)) {
    lines.push(
      kubeletLine(
        HOST,
        time,
        3310,
        'E',
        'kubelet.go:2916',
        `"Container runtime network not ready" networkReady="${NO_CNI}"`,
      ),
    );
    lines.push(
      kubeletLine(
        HOST,
        time + 3 * SECOND,
        3310,
        'E',
        'pod_workers.go:1301',
        `"Error syncing pod, skipping" err="network is not ready: ${NOT_READY}" pod="openshift-dns/dns-default-${random.suffix(5)}" podUID="${random.uuid()}"`,
      ),
    );
  }
  gather.units.set('kubelet', [...before, ...lines]);
}

function networkPodsWait(gather: Gather): void {
  const since = BOOTED + 13 * MINUTE;
  nodeReady(find(gather, 'Node', HOST), 'False', seconds(since), 'KubeletNotReady', NOT_READY);
  const hostNetwork = gather.objects.filter(
    (o) => o.kind === 'Pod' && o['spec'].nodeName === HOST && o['spec'].hostNetwork !== true,
  );
  for (const pod of hostNetwork) waiting(pod, seconds(since), 'ContainerCreating', '');
  const ovn = gather.objects.find(
    (o) => o.kind === 'Pod' && o['spec'].nodeName === HOST && o.metadata.name.startsWith('ovnkube-node'),
  )!;
  const controller = ovn['status'].containerStatuses.find((c: { name: string }) => c.name === 'ovnkube-controller');
  Object.assign(controller, { ready: false });
  Object.assign(find(gather, 'DaemonSet', 'ovnkube-node')['status'], {
    numberAvailable: 4,
    numberReady: 4,
    numberUnavailable: 1,
  });
}

function operatorsFollow(gather: Gather): void {
  const since = BOOTED + 14 * MINUTE;
  const copied = `NodeControllerDegraded: The master nodes not ready: node "${HOST}" not ready since ${seconds(
    BOOTED + 13 * MINUTE,
  )
    .replace('T', ' ')
    .replace('Z', '')} +0000 UTC because KubeletNotReady (${NOT_READY})`;
  for (const name of ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler']) {
    operatorReports(gather, name, {
      type: 'Degraded',
      status: true,
      since: since + 3 * MINUTE,
      reason: 'NodeController_MasterNodesReady',
      message: copied,
    });
  }
  const awaiting = 'DaemonSet "/openshift-ovn-kubernetes/ovnkube-node" is not available (awaiting 1 nodes)';
  operatorReports(
    gather,
    'network',
    { type: 'Progressing', status: true, since, reason: 'Deploying', message: awaiting },
    {
      type: 'Degraded',
      status: true,
      since: since + 11 * MINUTE,
      reason: 'RolloutHung',
      message: `DaemonSet "/openshift-ovn-kubernetes/ovnkube-node" rollout is not making progress - last change ${seconds(since)}`,
    },
  );
  for (const kind of ['Etcd', 'KubeAPIServer', 'KubeControllerManager', 'KubeScheduler']) {
    setCondition(
      find(gather, kind, 'cluster'),
      condition(
        'NodeControllerDegraded',
        true,
        since,
        'MasterNodesReady',
        copied.replace('NodeControllerDegraded: ', ''),
      ),
    );
  }
}
