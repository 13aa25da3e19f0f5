import { Buffer } from 'node:buffer';
import type { Random } from './random.ts';
import type { ScenarioTruth } from './scenario.ts';
import { etcdPartition } from './scenarios/etcd-partition.ts';
import { kubeletClientCertExpired } from './scenarios/kubelet-client-cert-expired.ts';
import type { Scenario } from './scenarios/scenario-module.ts';
import { vipOutsideMachineNetwork } from './scenarios/vip-outside-machine-network.ts';

/** The log of a host that is not in the cluster, with a fault of its own. */
export interface StrayHost {
  readonly file: string;
  readonly log: Uint8Array;
  readonly cause: ScenarioTruth['rootCauses'][number];
  readonly recovery: 'in-place' | 'hardware';
}

export function strayHost(random: Random): StrayHost {
  const host = `spare-${random.int(3, 9)}`;
  return random.pick(FAULTS)(host, random);
}

const FAULTS: readonly ((host: string, random: Random) => StrayHost)[] = [
  loopingPort,
  (host) => journalOf(host, vipOutsideMachineNetwork, 'master-1-kubelet.log', 'master-1', 'kubelet-client-pem-missing'),
  (host) =>
    journalOf(host, kubeletClientCertExpired, 'worker-1-kubelet.log', 'worker-1', 'kubelet-client-cert-expired'),
  (host) => ({
    ...journalOf(host, etcdPartition, 'master-2-journal.log', 'master-2', 'nic-link-flap'),
    recovery: 'hardware',
  }),
];

function loopingPort(host: string, random: Random): StrayHost {
  const port = `0000:${random.hex(2)}:00.${random.int(0, 1)}`;
  const lines = Array.from({ length: 400 }, (_, n) => {
    const at = (60 + n * 11 + random.next()).toFixed(6).padStart(12);
    return `[${at}] mlx5_core ${port}: mlx5_query_module_id:315:(pid ${2000 + n}): query_mcia_reg failed: status: 0x3`;
  });
  return {
    file: `${host}-console.log`,
    log: Buffer.from(`[    0.000000] Linux version 5.14.0\r\n${lines.join('\r\n')}\r\n`),
    cause: { signature: 'mlx5-module-eeprom-query-loop', entities: [`nic:${host}/${port}`], status: 'active' },
    recovery: 'hardware',
  };
}

/** What lies beside another scenario's gather, under the name of this host. */
function journalOf(host: string, scenario: Scenario, file: string, from: string, signature: string): StrayHost {
  const text = Buffer.from(scenario.make().beside.get(file)!).toString('latin1');
  return {
    file: `${host}-journal.log`,
    log: Buffer.from(text.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), host), 'latin1'),
    cause: { signature, entities: [`node:${host}`], status: 'active' },
    recovery: 'in-place',
  };
}
