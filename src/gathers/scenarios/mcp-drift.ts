import { HOUR, MINUTE } from '../../model/time.ts';
import { addLog, find, type Gather } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { condition, setCondition } from '../kube.ts';
import { rendered } from '../objects/nodes.ts';
import { at, klog, spread } from '../stamps.ts';
import { labCluster } from './clusters.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { logOn, operatorReports, operatorSays } from './steps.ts';

const CLUSTER = labCluster({
  scenario: 'mcp-drift',
  started: '2025-11-03T06:00:00Z',
  gathered: '2025-11-20T19:10:00Z',
});
const NODE = 'master-2';
/** Long enough ago that no event tells of it any more. */
const DRIFTED = at('2025-11-20T09:37:12Z');

/** Somebody edited a managed file on a master by hand; the machine config daemon refuses to go on. */
export const mcpDrift: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER);
    const config = rendered(CLUSTER, 'master');
    const drift = `unexpected on-disk state validating against ${config}: content mismatch for file "/etc/chrony.conf"`;
    const random = gather.random.fork('drift');
    Object.assign(find(gather, 'Node', NODE).metadata['annotations'], {
      'machineconfiguration.openshift.io/reason': drift,
      'machineconfiguration.openshift.io/state': 'Degraded',
    });
    addLog(
      gather,
      logOn(gather, 'openshift-machine-config-operator', 'machine-config-daemon', NODE, 'machine-config-daemon'),
      [
        {
          at: DRIFTED,
          text: klog(
            'E',
            DRIFTED,
            3011,
            'on_disk_validation.go:245',
            'content mismatch for file "/etc/chrony.conf" (-want +got):',
          ),
        },
        ...[...spread(random, DRIFTED, CLUSTER.gatheredAt - 2 * MINUTE, 12 * MINUTE)].flatMap((time) => [
          {
            at: time + 60,
            text: klog(
              'E',
              time,
              3011,
              'daemon.go:649',
              `Preflight config drift check failed: ${drift.slice(drift.indexOf('content'))}`,
            ),
          },
          {
            at: time + 90,
            text: klog(
              'E',
              time + 30,
              3011,
              'writer.go:231',
              `Marking Degraded due to: "${drift.replaceAll('"', '\\"')}"`,
            ),
          },
        ]),
      ],
    );
    poolDegrades(gather, drift);
    return { gather, beside: new Map() };
  },
};

function poolDegrades(gather: Gather, drift: string): void {
  const since = DRIFTED + 40_000_000;
  const pool = find(gather, 'MachineConfigPool', 'master');
  setCondition(
    pool,
    condition(
      'NodeDegraded',
      true,
      since,
      '1 nodes are reporting degraded status on sync',
      `Node ${NODE} is reporting: "${drift.replaceAll('"', '\\"')}"`,
    ),
  );
  setCondition(pool, condition('Degraded', true, since, '', ''));
  setCondition(pool, condition('Updated', false, since, '', ''));
  Object.assign(pool['status'], {
    degradedMachineCount: 1,
    readyMachineCount: 2,
    unavailableMachineCount: 1,
    updatedMachineCount: 2,
  });
  const failed = `error during syncRequiredMachineConfigPools: [context deadline exceeded, error required MachineConfigPool master is not ready, retrying. Status: (pool degraded: true total: 3, ready 2, updated: 2, unavailable: 1)]`;
  operatorReports(
    gather,
    'machine-config',
    {
      type: 'Degraded',
      status: true,
      since: since + 32 * MINUTE,
      reason: 'RequiredPoolsFailed',
      message: `Failed to resync ${CLUSTER.version} because: ${failed}`,
    },
    {
      type: 'Upgradeable',
      status: false,
      since: since + 10 * MINUTE,
      reason: 'DegradedPool',
      message:
        'One or more machine config pools are degraded, please see `oc get mcp` for further details and resolve before upgrading',
    },
  );
  const times = [...spread(gather.random.fork('mco'), since + HOUR / 2, CLUSTER.gatheredAt - 2 * MINUTE, 20 * MINUTE)];
  operatorSays(
    gather,
    'openshift-machine-config-operator',
    'machine-config-operator',
    times,
    'operator.go:364',
    `"Unhandled Error" err="${failed}" logger="UnhandledError"`,
  );
}
