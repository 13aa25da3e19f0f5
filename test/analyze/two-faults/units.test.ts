import type { Gather } from '../../../src/gathers/gather.ts';
import { healthyGather } from '../../../src/gathers/healthy.ts';
import { journalText } from '../../../src/gathers/render.ts';
import { labCluster } from '../../../src/gathers/scenarios/clusters.ts';
import { fallsSilent, lean, said } from '../../../src/gathers/scenarios/node-steps.ts';
import { MINUTE, SECOND } from '../../../src/model/time.ts';
import { notMixed } from '../../support/two-faults.ts';

const CLUSTER = labCluster({
  scenario: 'two-units',
  started: '2026-05-04T10:00:00Z',
  gathered: '2026-05-12T07:45:00Z',
  workers: 3,
});
const SINCE = CLUSTER.gatheredAt - 80 * MINUTE;
const made = () => healthyGather(CLUSTER, lean(3));

/** A service of one node ends again and again, systemd gives up on it, and the node falls silent. */
const givesUp = (node: string, unit: string, result: string, at = SINCE) => ({
  happens(gather: Gather) {
    const systemd = said(node, 'systemd', 1);
    const lines = [
      ...[0, 1, 2, 3, 4, 5].flatMap((turn) => [
        systemd(at + turn * 2 * SECOND, `${unit}: Main process exited, code=exited, status=1/FAILURE`),
        systemd(at + turn * 2 * SECOND + 100, `${unit}: Failed with result '${result}'.`),
        systemd(at + turn * 2 * SECOND + 200, `${unit}: Scheduled restart job, restart counter is at ${turn + 1}.`),
      ]),
      systemd(at + 12 * SECOND, `${unit}: Start request repeated too quickly.`),
    ];
    gather.files.set(`host_service_logs/workers/${node}_service.log`, journalText(lines));
    fallsSilent(gather, node, at + 20 * SECOND);
  },
  cause: `systemd-start-limit-hit unit:${unit}`,
  effects: [`node-status-unknown node:${node}`],
});

notMixed(
  'two nodes whose services fail',
  made,
  givesUp('worker-0', 'kubelet.service', 'exit-code'),
  givesUp('worker-1', 'crio.service', 'core-dump', SINCE + 3 * MINUTE),
);
