import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { apiInt } from '../cluster.ts';
import { etcdMembers } from '../files.ts';
import { addLog, type Gather, type JournalEntry } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { etcdLine } from '../noise/control-plane.ts';
import { kubeletLine, systemdLine } from '../noise/kubelet.ts';
import type { Random } from '../random.ts';
import { journalText } from '../render.ts';
import { at, seconds, spread } from '../stamps.ts';
import { siteCluster } from './clusters.ts';
import { fallsSilent, lean, said } from './node-steps.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { logOn, operatorReports } from './steps.ts';

const HOST = 'ctl-c';
const CLUSTER = siteCluster({
  scenario: 'clock-jump',
  started: '2024-12-02T10:00:00Z',
  gathered: '2025-03-18T11:20:00Z',
  name: 'works',
  domain: 'factory.example',
  version: '4.15.40',
  platform: 'None',
  network: '192.168.30',
  masters: ['ctl-a', 'ctl-b', HOST],
  workers: ['line-1', 'line-2'],
});
/** Its time servers were changed by hand to an old one that is four hours behind. */
const DOWN = at('2025-03-18T08:33:20Z');
const BOOTED = at('2025-03-18T09:02:51Z');
const STEPPED = BOOTED + 14 * SECOND;
const BEHIND = 250 * MINUTE + 18 * SECOND;
/** The API servers' certificates were rotated while the host was down. */
const ROTATED = at('2025-03-18T08:40:12Z');
const PID = 2455;
const chronyd = said(HOST, 'chronyd', 1093);

/** chronyd sets the clock of one master four hours back: certificates are not yet valid for it. */
export const clockJump: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER, lean(3));
    fallsSilent(gather, HOST, DOWN);
    peersMeasure(gather);
    operatorReports(gather, 'kube-controller-manager', {
      type: 'Degraded',
      status: true,
      since: DOWN + 3 * MINUTE,
      reason: 'NodeController_MasterNodesReady',
      message: `NodeControllerDegraded: The master nodes not ready: node "${HOST}" not ready since ${seconds(
        DOWN + 50 * SECOND,
      )
        .replace('T', ' ')
        .replace('Z', '')} +0000 UTC because NodeStatusUnknown (Kubelet stopped posting node status.)`,
    });
    return { gather, beside: new Map([[`${HOST}.journal`, journal(gather)]]) };
  },
};

/** The other members' probes: the drift is what their round trips measure. */
function peersMeasure(gather: Gather): void {
  const id = BigInt(etcdMembers(CLUSTER, gather.random).find((m) => m.name === HOST)!.id).toString(16);
  for (const peer of ['ctl-a', 'ctl-b']) {
    const random = gather.random.fork(`drift/${peer}`);
    const key = logOn(gather, 'openshift-etcd', 'etcd', peer, 'etcd');
    for (const time of spread(random, BOOTED + MINUTE, CLUSTER.gatheredAt - 4 * MINUTE, 70 * SECOND)) {
      const name = random.pick(['ROUND_TRIPPER_SNAPSHOT', 'ROUND_TRIPPER_RAFT_MESSAGE']);
      const drift = `4h10m${17 + random.int(0, 1)}.${random.int(100000000, 999999999)}s`;
      addLog(gather, key, [
        etcdLine(
          time,
          'warn',
          'rafthttp/probing_status.go:82',
          'prober found high clock drift',
          `"round-tripper-name":"${name}","remote-peer-id":"${id}","clock-drift":"${drift}","rtt":"${random.int(400, 900)}.${random.int(100, 999)}µs"`,
        ),
      ]);
    }
  }
}

/** What the host writes carries the host's own time: that of the others until chronyd follows the old server. */
function journal(gather: Gather): string {
  const before = [
    said(HOST, 'kernel')(
      BOOTED,
      'Linux version 5.14.0-284.80.1.el9_2.x86_64 (mockbuild@x86-64-02.build.eng.rdu2.redhat.com)',
    ),
    chronyd(
      BOOTED + 11 * SECOND,
      'chronyd version 4.3 starting (+CMDMON +NTP +REFCLOCK +RTC +PRIVDROP +SCFILTER +SIGND +ASYNCDNS +NTS +SECHASH +IPV6 +DEBUG)',
    ),
    chronyd(STEPPED - 200_000, 'Selected source 192.168.30.250'),
    chronyd(STEPPED - 100_000, `System clock wrong by -${BEHIND / SECOND}.331742 seconds`),
  ];
  return journalText(before) + journalText(afterStep(gather.random.fork('journal')));
}

function afterStep(random: Random): JournalEntry[] {
  const own = (time: Micros) => time - BEHIND;
  const api = apiInt(CLUSTER);
  const lines: JournalEntry[] = [
    chronyd(own(STEPPED), `System clock was stepped by -${BEHIND / SECOND}.331742 seconds`),
    said(HOST, 'systemd-journald', 801)(own(STEPPED + SECOND), 'Time jumped backwards, rotating.'),
    systemdLine(HOST, own(BOOTED + 40 * SECOND), 'Started Kubernetes Kubelet.'),
    chronyd(own(BOOTED + 22 * MINUTE), "Can't synchronise: no selectable sources"),
  ];
  const say = (time: Micros, where: string, text: string) =>
    lines.push(kubeletLine(HOST, own(time), PID, 'E', where, text));
  for (const time of spread(random, BOOTED + 45 * SECOND, CLUSTER.gatheredAt - 2 * MINUTE, 80 * SECOND)) {
    const invalid = `tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time ${seconds(own(time))} is before ${seconds(ROTATED)}`;
    say(
      time,
      'kubelet_node_status.go:96',
      `"Unable to register node with API server" err="Post \\"${api}/api/v1/nodes\\": ${invalid}" node="${HOST}"`,
    );
    say(
      time + 4 * SECOND,
      'controller.go:145',
      `"Failed to ensure lease exists, will retry" err="Get \\"${api}/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${HOST}?timeout=10s\\": ${invalid}" interval="7s"`,
    );
  }
  return lines;
}
