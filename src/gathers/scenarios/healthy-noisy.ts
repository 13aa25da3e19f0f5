import { HOUR, MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { addLog, addUnit, type Gather } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { etcdLine, slowApply } from '../noise/control-plane.ts';
import { kubeletLine } from '../noise/kubelet.ts';
import { seconds, spread } from '../stamps.ts';
import { labCluster } from './clusters.ts';
import { customerNamespace, freshObjects } from './noisy-objects.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { logOn, saidAt } from './steps.ts';

const CLUSTER = labCluster({
  scenario: 'healthy-noisy',
  started: '2026-01-19T10:00:00Z',
  gathered: '2026-01-22T16:30:00Z',
});
const END = CLUSTER.gatheredAt;

/** Nothing is wrong, and the logs are full of what looks wrong. */
export const healthyNoisy: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER);
    etcdHiccups(gather);
    apiMurmur(gather);
    kubeletMurmur(gather);
    kernelMurmur(gather);
    restartedOperator(gather);
    customerNamespace(gather);
    freshObjects(gather);
    return { gather, beside: new Map() };
  },
};

/** One election five hours ago, a dozen slow requests during a backup, one slow write. */
function etcdHiccups(gather: Gather): void {
  const random = gather.random.fork('etcd-hiccups');
  const backup = END - 5 * HOUR;
  for (const node of ['master-0', 'master-1', 'master-2']) {
    addLog(gather, logOn(gather, 'openshift-etcd', 'etcd-', node, 'etcd'), [
      etcdLine(
        backup,
        'info',
        'raft/node.go:340',
        `raft.node: 8f1e0c5a7b2d4e6f lost leader 91a2b3c4d5e6f708 at term 4`,
        '',
      ),
      etcdLine(
        backup + 900_000,
        'info',
        'raft/node.go:333',
        `raft.node: 8f1e0c5a7b2d4e6f elected leader a0b1c2d3e4f50617 at term 5`,
        '',
      ),
      ...[...spread(random, backup + MINUTE, backup + 4 * MINUTE, 15 * SECOND)].map((time) =>
        slowApply(time, random.int(210, 480), random),
      ),
    ]);
  }
  addLog(gather, logOn(gather, 'openshift-etcd', 'etcd-', 'master-1', 'etcd'), [
    etcdLine(
      backup + 2 * MINUTE,
      'warn',
      'wal/wal.go:805',
      'slow fdatasync',
      '"took":"1.073119s","expected-duration":"1s"',
    ),
    etcdLine(
      backup + 2 * MINUTE + 200,
      'warn',
      'etcdserver/raft.go:416',
      'leader failed to send out heartbeat on time; took too long, leader is overloaded likely from slow disk',
      '"to":"a0b1c2d3e4f50617","heartbeat-interval":"100ms","expected-duration":"200ms","exceeded-duration":"31.2ms"',
    ),
  ]);
}

function apiMurmur(gather: Gather): void {
  const random = gather.random.fork('api-murmur');
  const key = logOn(gather, 'openshift-kube-apiserver', 'kube-apiserver-', 'master-1', 'kube-apiserver');
  const day = { from: END - 9 * HOUR, to: END - 3 * MINUTE };
  addLog(gather, key, [
    ...saidAt(
      spread(random, day.from, day.to, 70 * MINUTE),
      'E',
      'authentication.go:73',
      '"Unable to authenticate the request" err="[invalid bearer token, service account token has expired]"',
      17,
    ),
    ...saidAt(
      spread(random, day.from, day.to, 80 * MINUTE),
      'W',
      'dispatcher.go:210',
      'Failed calling webhook, failing open namespace-annotator.example.com: failed calling webhook "namespace-annotator.example.com": failed to call webhook: Post "https://annotator.tools.svc:443/mutate?timeout=2s": context deadline exceeded',
      17,
    ),
    ...saidAt(
      spread(random, day.from, day.to, 3 * HOUR),
      'E',
      'status.go:71',
      '"Unhandled Error" err="apiserver received an error that is not an metav1.Status: rpctypes.EtcdError{code:0xe, desc:\\"etcdserver: leader changed\\"}: etcdserver: leader changed" logger="UnhandledError"',
      17,
    ),
  ]);
  // The time of the installation: what the bootstrap control plane leaves behind when it goes.
  const start = CLUSTER.installStarted + 25 * MINUTE;
  addLog(
    gather,
    key,
    saidAt(
      spread(random, start, start + 25 * MINUTE, 6 * SECOND),
      'W',
      'logging.go:55',
      '[core] [Channel #11 SubChannel #12]grpc: addrConn.createTransport failed to connect to {Addr: "192.0.2.15:2379", ServerName: "192.0.2.15:2379", }. Err: connection error: desc = "transport: Error while dialing: dial tcp 192.0.2.15:2379: connect: no route to host"',
      17,
    ),
  );
}

function kubeletMurmur(gather: Gather): void {
  const random = gather.random.fork('kubelet-murmur');
  for (const node of CLUSTER.nodes) {
    const say = (time: Micros, level: 'I' | 'W' | 'E', where: string, text: string) =>
      addUnit(gather, 'kubelet', [kubeletLine(node.name, time, node.kubeletPid, level, where, text)]);
    say(
      node.joined - 2 * MINUTE,
      'E',
      'kubelet.go:2448',
      '"Skipping pod synchronization" err="[container runtime status check may not have completed yet, PLEG is not healthy: pleg has yet to be successful]"',
    );
    say(
      node.joined - MINUTE,
      'I',
      'csi_plugin.go:884',
      `Failed to contact API server when waiting for CSINode publishing: csinodes.storage.k8s.io "${node.name}" is forbidden: User "system:anonymous" cannot get resource "csinodes" in API group "storage.k8s.io" at the cluster scope`,
    );
    for (const time of spread(random, END - 13 * HOUR, END - 10 * MINUTE, 4 * HOUR)) {
      say(
        time,
        'E',
        'projected.go:194',
        `Error preparing data for projected volume kube-api-access-${random.suffix(5)} for pod openshift-marketplace/redhat-operators-${random.suffix(5)}: [object "openshift-marketplace"/"kube-root-ca.crt" not registered, object "openshift-marketplace"/"openshift-service-ca.crt" not registered]`,
      );
      say(
        time + SECOND,
        'I',
        'status_manager.go:861',
        `"Pod was deleted and then recreated, skipping status update" pod="openshift-marketplace/redhat-operators-${random.suffix(5)}" oldPodUID="${random.uuid()}" podUID="${random.uuid()}"`,
      );
      say(
        time + 4 * SECOND,
        'E',
        'dns.go:153',
        '"Nameserver limits exceeded" err="Nameserver limits were exceeded, some nameservers have been omitted, the applied nameserver line is: 192.0.2.53 192.0.2.54 192.0.2.55"',
      );
    }
  }
}

/** Every host asks its empty ports a few times after the boot, and never again. */
function kernelMurmur(gather: Gather): void {
  for (const node of CLUSTER.nodes) {
    const query = (time: string, port: number) =>
      `[${time.padStart(12, ' ')}] mlx5_core 0000:3b:00.${port}: mlx5_query_module_id:315:(pid 1893): query_mcia_reg failed: status: 0x3\n`;
    gather.files.set(
      `nodes/${node.name}/dmesg`,
      [
        '[    0.000000] Linux version 5.14.0-427.66.1.el9_4.x86_64 (mockbuild@x86-64-03.build.eng.rdu2.redhat.com) #1 SMP PREEMPT_DYNAMIC\n',
        '[    1.204511] ACPI BIOS Warning (bug): 32/64X length mismatch in FADT/Gpe0Block: 128/64 (20230331/tbfadt-564)\n',
        '[    8.551902] mlx5_core 0000:3b:00.1: firmware version: 22.35.1012\n',
        query('31.118403', 1),
        query('31.118977', 1),
        query('61.402218', 1),
        '[   63.770015] br-ex: entered promiscuous mode\n',
        '[   71.000412] overlayfs: upper fs does not support RENAME_WHITEOUT.\n',
      ].join(''),
    );
  }
}

function restartedOperator(gather: Gather): void {
  const start = CLUSTER.installStarted + 32 * MINUTE;
  const pod = gather.objects.find((o) => o.kind === 'Pod' && o.metadata.name.startsWith('ingress-operator'))!;
  const status = pod['status'].containerStatuses[0];
  status.restartCount = 5;
  status.lastState = {
    terminated: { exitCode: 1, finishedAt: seconds(start), reason: 'Error', startedAt: seconds(start - MINUTE) },
  };
  gather.previous.set(`openshift-ingress-operator/${pod.metadata.name}/ingress-operator`, [
    {
      at: start,
      text: `${seconds(start)}\tERROR\toperator.main\tingress-operator/start.go:64\tfailed to create kube client\t{"error": "Get \\"https://172.30.0.1:443/api?timeout=32s\\": dial tcp 172.30.0.1:443: connect: connection refused"}`,
    },
  ]);
  const leader = logOn(
    gather,
    'openshift-kube-controller-manager',
    'kube-controller-manager-',
    'master-2',
    'kube-controller-manager',
  );
  gather.previous.set(
    leader,
    saidAt(
      [start + 9 * MINUTE],
      'E',
      'leaderelection.go:297',
      'failed to renew lease kube-system/kube-controller-manager: timed out waiting for the condition',
    ),
  );
}
