import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { apiInt } from '../cluster.ts';
import type { JournalEntry } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { journalExport } from '../journal-forms.ts';
import { kubeletLine, NO_CNI, systemdLine } from '../noise/kubelet.ts';
import type { Random } from '../random.ts';
import { at, spread } from '../stamps.ts';
import { siteCluster } from './clusters.ts';
import { fallsSilent, lean, networkManager, networkOperatorWaits, said } from './node-steps.ts';
import type { Made, Scenario } from './scenario-module.ts';

const HOST = 'w-rack7-04';
const CLUSTER = siteCluster({
  scenario: 'cni-api-unreachable',
  started: '2025-01-13T10:00:00Z',
  gathered: '2025-06-25T20:45:00Z',
  name: 'north',
  domain: 'telco.example',
  version: '4.16.21',
  platform: 'BareMetal',
  network: '10.33.7',
  masters: ['m-rack1-01', 'm-rack2-01', 'm-rack3-01'],
  workers: ['w-rack5-02', HOST],
});
/** The worker was moved to another rack; the port of the new switch does not carry the machine network. */
const DOWN = at('2025-06-25T17:20:00Z');
const BOOTED = at('2025-06-25T18:31:12Z');
const PID = 3022;
const KERNEL_ZERO = BOOTED - 19 * SECOND;

/** A node that cannot reach the API VIP: it has a link and an address, and every connection ends in `no route to host`. */
export const cniApiUnreachable: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER, lean(2));
    fallsSilent(gather, HOST, DOWN);
    networkOperatorWaits(gather, DOWN + 2 * MINUTE);
    const random = gather.random.fork('journal');
    const boot = { machine: random.hex(32), boot: random.hex(32), started: KERNEL_ZERO };
    const entries = [...startsUp(), ...kubeletJournal(random)];
    return { gather, beside: new Map([[`${HOST}.export`, journalExport(entries, boot)]]) };
  },
};

function startsUp(): JournalEntry[] {
  const kernel = said(HOST, 'kernel');
  return [
    kernel(
      BOOTED - 18 * SECOND,
      'Linux version 5.14.0-427.40.1.el9_4.x86_64 (mockbuild@x86-64-02.build.eng.rdu2.redhat.com)',
    ),
    kernel(
      BOOTED - 9 * SECOND,
      'ice 0000:31:00.0 ens2f0: NIC Link is up 25 Gbps Full Duplex, Requested FEC: RS-FEC, Negotiated FEC: RS-FEC',
    ),
    networkManager(
      HOST,
      BOOTED - 4 * SECOND,
      'info',
      "device (br-ex): state change: ip-config -> ip-check (reason 'none', managed-type: 'full')",
    ),
    networkManager(HOST, BOOTED - 3 * SECOND, 'info', 'device (br-ex): Activation: successful, device activated.'),
    said(HOST, 'configure-ovs.sh', 1602)(BOOTED - SECOND, '+ echo "Brought up connection br-ex successfully"'),
    systemdLine(HOST, BOOTED, 'Starting Kubernetes Kubelet...'),
  ];
}

function kubeletJournal(random: Random): JournalEntry[] {
  const api = apiInt(CLUSTER);
  const noRoute = `dial tcp ${CLUSTER.apiVIP}:6443: connect: no route to host`;
  const lines: JournalEntry[] = [];
  const say = (time: Micros, level: 'I' | 'W' | 'E', where: string, text: string) =>
    lines.push(kubeletLine(HOST, time, PID, level, where, text));
  say(BOOTED + SECOND, 'I', 'server.go:484', `"Kubelet version" kubeletVersion="${CLUSTER.kubelet}"`);
  lines.push(systemdLine(HOST, BOOTED + 2 * SECOND, 'Started Kubernetes Kubelet.'));
  const from = BOOTED + 4 * SECOND;
  for (const time of [from, ...spread(random, from + MINUTE, CLUSTER.gatheredAt - 2 * MINUTE, 90 * SECOND)]) {
    say(
      time,
      'E',
      'kubelet_node_status.go:95',
      `"Unable to register node with API server" err="Post \\"${api}/api/v1/nodes\\": ${noRoute}" node="${HOST}"`,
    );
    say(
      time + 3 * SECOND,
      'E',
      'controller.go:145',
      `"Failed to ensure lease exists, will retry" err="Get \\"${api}/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${HOST}?timeout=10s\\": ${noRoute}" interval="7s"`,
    );
    say(time + 8 * SECOND, 'E', 'kubelet.go:2916', `"Container runtime network not ready" networkReady="${NO_CNI}"`);
    say(
      time + 12 * SECOND,
      'I',
      'csi_plugin.go:884',
      `Failed to contact API server when waiting for CSINode publishing: Get "${api}/apis/storage.k8s.io/v1/csinodes/${HOST}": ${noRoute}`,
    );
    say(
      time + 15 * SECOND,
      'E',
      'eviction_manager.go:282',
      `"Eviction manager: failed to get summary stats" err="failed to get node info: node \\"${HOST}\\" not found"`,
    );
  }
  return lines;
}
