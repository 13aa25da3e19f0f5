import { MINUTE } from '../../model/time.ts';
import type { Cluster, NodeSpec } from '../cluster.ts';
import { at } from '../stamps.ts';

export const STARTED = at('2025-12-02T18:30:00Z');
export const GATHERED = at('2025-12-04T00:40:00Z');
/** From here on nothing is signed, nothing recreated, no node marked: the controllers hold no lease. */
export const CONTROLLERS_STOPPED = at('2025-12-03T18:26:41.402113Z');
/** The last sign of life of master-1's kubelet with a certificate. */
export const LAST_HEARTBEAT = at('2025-12-03T18:27:02Z');
export const GUARD_DEGRADED = at('2025-12-03T23:41:12Z');

export const VIP_ERROR =
  "Error on validating API VIPs and Machine Networks: VIP '10.46.124.13' cannot be found in any machine network";
export const SYNC_ERROR = `Error while synchronizing spec and status of infrastructures.config.openshift.io/cluster: ${VIP_ERROR}`;

export const ABSENT: NodeSpec = {
  name: 'master-2',
  role: 'master',
  ip: '10.46.120.23',
  mac: 'b8:3f:d2:7a:11:23',
  bmc: '10.46.119.23',
  joined: STARTED + 50 * MINUTE,
  kubeletPid: 0,
};

export const CLUSTER: Cluster = {
  scenario: 'vip-outside-machine-network',
  name: 'ocp',
  domain: 'example.com',
  id: '5b0c1f0e-6f2a-4c1b-9a57-0d9a1c7e4b21',
  infraId: 'ocp-7xk2p',
  version: '4.18.14',
  kubelet: 'v1.31.8',
  apiVIP: '10.46.124.13',
  ingressVIP: '10.46.124.14',
  machineNetwork: '10.46.120.0/24',
  gateway: '10.46.120.1',
  serviceNetwork: '172.25.0.0/16',
  clusterNetwork: '10.128.0.0/14',
  installStarted: STARTED,
  gatheredAt: GATHERED,
  nodes: [
    {
      name: 'master-0',
      role: 'master',
      ip: '10.46.120.21',
      mac: 'b8:3f:d2:7a:11:21',
      bmc: '10.46.119.21',
      joined: STARTED + 26 * MINUTE,
      kubeletPid: 2731,
    },
    {
      name: 'master-1',
      role: 'master',
      ip: '10.46.120.22',
      mac: 'b8:3f:d2:7a:11:22',
      bmc: '10.46.119.22',
      joined: STARTED + 28 * MINUTE,
      kubeletPid: 2694,
    },
  ],
};
