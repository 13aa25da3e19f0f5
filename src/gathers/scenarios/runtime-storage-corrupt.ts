import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { find, type Gather, type JournalEntry } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { kubeletLine, systemdLine } from '../noise/kubelet.ts';
import { journalText } from '../render.ts';
import { at, seconds, spread } from '../stamps.ts';
import { siteCluster } from './clusters.ts';
import { becameNotReady, crioLine, lean, networkOperatorWaits, said } from './node-steps.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { nodeReady } from './steps.ts';

const HOST = 'infra-03';
const CLUSTER = siteCluster({
  scenario: 'runtime-storage-corrupt',
  started: '2023-09-18T07:00:00Z',
  gathered: '2024-06-03T10:05:00Z',
  name: 'legacy',
  domain: 'corp.example',
  version: '4.12.56',
  platform: 'BareMetal',
  network: '10.77.2',
  masters: ['master-01', 'master-02', 'master-03'],
  workers: ['infra-01', 'infra-02', HOST],
});
/** A controller reset loses what the page cache held; the layers that CRI-O lists are no longer all on the disk. */
const BOOTED = at('2024-06-03T07:52:18Z');
const PID = 2688;
const REPORT = 'sosreport-infra-03-03821177-2024-06-03-pwrbxle/sos_commands';

/** CRI-O's storage is damaged after a hard reset: its lists name layers that are gone, and it ends at each start. */
export const runtimeStorageCorrupt: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER, lean(3));
    nodeIsDown(gather);
    const random = gather.random.fork('layers');
    const layers = Array.from({ length: 4 }, () => random.hex(64));
    return {
      gather,
      beside: new Map([
        [`${REPORT}/crio/journalctl_--no-pager_--unit_crio`, journalText(crioJournal(gather, layers))],
        [`${REPORT}/openshift/journalctl_--no-pager_--unit_kubelet`, journalText(kubeletJournal(gather, layers))],
        [`${REPORT}/kernel/dmesg_-T`, dmesg()],
      ]),
    };
  },
};

const STATE =
  '[container runtime is down, PLEG is not healthy: pleg was last seen active 2h9m47.31s ago; threshold is 3m0s]';

function nodeIsDown(gather: Gather): void {
  const since = BOOTED + 70 * SECOND;
  nodeReady(find(gather, 'Node', HOST), 'False', seconds(since), 'KubeletNotReady', STATE);
  becameNotReady(gather, HOST, since);
  networkOperatorWaits(gather, since + MINUTE);
  const own = gather.units.get('kubelet') ?? [];
  gather.units.set(
    'kubelet',
    own.filter((entry) => entry.host !== HOST || entry.at < BOOTED - 2 * MINUTE),
  );
}

function dmesg(): string {
  return [
    '[Mon Jun  3 07:52:00 2024] Linux version 4.18.0-372.96.1.el8_6.x86_64 (mockbuild@x86-vm-08.build.eng.bos.redhat.com)',
    '[Mon Jun  3 07:52:08 2024] XFS (sda4): Mounting V5 Filesystem',
    '[Mon Jun  3 07:52:09 2024] XFS (sda4): Starting recovery (logdev: internal)',
    '[Mon Jun  3 07:52:09 2024] XFS (sda4): Ending recovery (logdev: internal)',
    '',
  ].join('\n');
}

function crioJournal(gather: Gather, layers: readonly string[]): JournalEntry[] {
  const random = gather.random.fork('crio');
  const lines: JournalEntry[] = [];
  for (const time of spread(random, BOOTED + 5 * SECOND, CLUSTER.gatheredAt - 2 * MINUTE, 4 * MINUTE)) {
    const layer = random.pick(layers);
    lines.push(
      systemdLine(HOST, time, 'Starting Container Runtime Interface for OCI (CRI-O)...'),
      crioLine(
        HOST,
        time + SECOND,
        'info',
        'Starting CRI-O, version: 1.25.5-10.1.rhaos4.12.git6005903.el8, git: unknown(clean)',
      ),
      crioLine(
        HOST,
        time + 2 * SECOND,
        'warning',
        `Could not restore sandbox ${random.hex(64)}: failed to mount container ${random.hex(64)}: layer not known`,
      ),
      crioLine(
        HOST,
        time + 3 * SECOND,
        'error',
        `Failed to open layer ${layer}: error creating read-write layer with ID \\"${layer}\\": Stat /var/lib/containers/storage/overlay/${layer}: no such file or directory`,
      ),
      crioLine(HOST, time + 4 * SECOND, 'fatal', `Failed to restore images: layer not known`),
      systemdLine(HOST, time + 5 * SECOND, 'crio.service: Main process exited, code=exited, status=1/FAILURE'),
      systemdLine(HOST, time + 5 * SECOND + 90, "crio.service: Failed with result 'exit-code'."),
      systemdLine(HOST, time + 5 * SECOND + 180, 'Failed to start Container Runtime Interface for OCI (CRI-O).'),
    );
  }
  return lines;
}

function kubeletJournal(gather: Gather, layers: readonly string[]): JournalEntry[] {
  const random = gather.random.fork('kubelet');
  const lines: JournalEntry[] = [said(HOST, 'systemd', 1)(BOOTED + 30 * SECOND, 'Started Kubernetes Kubelet.')];
  const say = (time: Micros, where: string, text: string) => lines.push(kubeletLine(HOST, time, PID, 'E', where, text));
  const refused =
    'rpc error: code = Unavailable desc = connection error: desc = \\"transport: Error while dialing dial unix /var/run/crio/crio.sock: connect: connection refused\\"';
  let minutes = 3;
  for (const time of spread(random, BOOTED + 40 * SECOND, CLUSTER.gatheredAt - 2 * MINUTE, 80 * SECOND)) {
    say(time, 'remote_runtime.go:597', `"Status from runtime service failed" err="${refused}"`);
    say(time + 200, 'kubelet.go:2394', `"Container runtime sanity check failed" err="${refused}"`);
    say(time + 5 * SECOND, 'generic.go:205', `"GenericPLEG: Unable to retrieve pods" err="${refused}"`);
    if (time > BOOTED + 4 * MINUTE) {
      minutes = Math.round((time - BOOTED) / MINUTE);
      say(
        time + 6 * SECOND,
        'kubelet.go:2022',
        `"Skipping pod synchronization" err="[container runtime is down, PLEG is not healthy: pleg was last seen active ${minutes}m${random.int(1, 59)}.${random.int(10, 99)}s ago; threshold is 3m0s]"`,
      );
    }
  }
  say(
    BOOTED + 35 * SECOND,
    'kuberuntime_manager.go:782',
    `"CreatePodSandbox for pod failed" err="rpc error: code = Unknown desc = error creating pod sandbox: error creating read-write layer with ID \\"${layers[0]}\\": layer not known" pod="openshift-dns/node-resolver-${random.suffix(5)}"`,
  );
  return lines;
}
