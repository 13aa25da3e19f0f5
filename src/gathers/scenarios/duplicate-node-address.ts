import { MINUTE, SECOND } from '../../model/time.ts';
import { etcdInfo, etcdMembers } from '../files.ts';
import type { Gather, JournalEntry } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { systemdLine } from '../noise/kubelet.ts';
import { journalText } from '../render.ts';
import { at, spread } from '../stamps.ts';
import { siteCluster } from './clusters.ts';
import { fallsSilent, lean, networkManager, said } from './node-steps.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { operatorReports } from './steps.ts';

const HOST = 'cp2';
const CLUSTER = siteCluster({
  scenario: 'duplicate-node-address',
  started: '2025-04-02T09:00:00Z',
  gathered: '2025-08-19T13:40:00Z',
  name: 'branch',
  domain: 'bank.example',
  version: '4.18.9',
  platform: 'BareMetal',
  network: '192.168.77',
  masters: ['cp1', HOST, 'cp3'],
  workers: [],
});
/** While cp2 was down for a memory change, the DHCP pool gave its address to a printer. */
const DOWN = at('2025-08-19T11:58:20Z');
const BOOTED = at('2025-08-19T12:22:04Z');
const PRINTER = '3C:EC:EF:12:9A:04';

/** A control plane node comes back and finds its address in use: br-ex gets none, and the node stays away. */
export const duplicateNodeAddress: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER, lean(2));
    fallsSilent(gather, HOST, DOWN);
    memberIsMissing(gather);
    return { gather, beside: new Map([[`${HOST}-journal.log`, journalText(journal(gather))]]) };
  },
};

function memberIsMissing(gather: Gather): void {
  const members = etcdMembers(CLUSTER, gather.random).map((m) => ({ ...m, healthy: m.name !== HOST }));
  for (const [path, text] of etcdInfo(members, 6, 402_118)) gather.files.set(path, text);
  operatorReports(gather, 'etcd', {
    type: 'Degraded',
    status: true,
    since: DOWN + 3 * MINUTE,
    reason: 'EtcdMembers_UnhealthyMembers::NodeController_MasterNodesReady',
    message: `EtcdMembersDegraded: 2 of 3 members are available, ${HOST} is unhealthy\nNodeControllerDegraded: The master nodes not ready: node "${HOST}" not ready since 2025-08-19 11:59:10 +0000 UTC because NodeStatusUnknown (Kubelet stopped posting node status.)`,
  });
}

function journal(gather: Gather): JournalEntry[] {
  const random = gather.random.fork('journal');
  const { ip } = CLUSTER.nodes[1]!;
  const lines: JournalEntry[] = [
    said(HOST, 'kernel')(
      BOOTED,
      'Linux version 5.14.0-427.66.1.el9_4.x86_64 (mockbuild@x86-64-01.build.eng.rdu2.redhat.com)',
    ),
    said(HOST, 'kernel')(
      BOOTED + 14 * SECOND,
      'i40e 0000:18:00.0 eno1: NIC Link is Up, 10 Gbps Full Duplex, Flow Control: None',
    ),
    systemdLine(HOST, BOOTED + 20 * SECOND, 'Starting Configures OVS with proper host networking configuration...'),
  ];
  const first = BOOTED + 25 * SECOND;
  for (const time of [first, ...spread(random, first + 2 * MINUTE, CLUSTER.gatheredAt - 4 * MINUTE, 130 * SECOND)]) {
    lines.push(
      said(HOST, 'configure-ovs.sh', 1877)(time, '+ nmcli conn up ovs-if-br-ex'),
      networkManager(
        HOST,
        time + SECOND,
        'info',
        "device (br-ex): state change: config -> ip-config (reason 'none', managed-type: 'full')",
      ),
      networkManager(
        HOST,
        time + 2 * SECOND,
        'warn',
        `device (br-ex): IP address ${ip} cannot be configured because it is already in use in the network by host ${PRINTER}`,
      ),
      networkManager(
        HOST,
        time + 3 * SECOND,
        'info',
        "device (br-ex): state change: ip-config -> failed (reason 'ip-config-unavailable', managed-type: 'full')",
      ),
      networkManager(
        HOST,
        time + 3 * SECOND + 400,
        'warn',
        "device (br-ex): Activation: failed for connection 'ovs-if-br-ex'",
      ),
      said(
        HOST,
        'configure-ovs.sh',
        1877,
      )(time + 63 * SECOND, 'ERROR: Cannot bring up connection ovs-if-br-ex after 10 attempts'),
      said(HOST, 'configure-ovs.sh', 1877)(time + 64 * SECOND, '+ handle_exit_error'),
      systemdLine(
        HOST,
        time + 70 * SECOND,
        'ovs-configuration.service: Main process exited, code=exited, status=3/NOTIMPLEMENTED',
      ),
      systemdLine(HOST, time + 70 * SECOND + 100, "ovs-configuration.service: Failed with result 'exit-code'."),
      systemdLine(
        HOST,
        time + 70 * SECOND + 200,
        'Failed to start Configures OVS with proper host networking configuration.',
      ),
    );
  }
  return lines;
}
