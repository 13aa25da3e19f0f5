import { MINUTE } from '../../model/time.ts';
import { healthyGather } from '../healthy.ts';
import type { Random } from '../random.ts';
import { at } from '../stamps.ts';
import { siteCluster } from './clusters.ts';
import { fallsSilent, lean, networkOperatorWaits } from './node-steps.ts';
import type { Made, Scenario } from './scenario-module.ts';

const HOST = 'r2u14.dc1.example.com';
const CLUSTER = siteCluster({
  scenario: 'disk-dying',
  started: '2024-02-12T08:00:00Z',
  gathered: '2024-09-30T06:10:00Z',
  name: 'dc1',
  domain: 'example.com',
  version: '4.14.36',
  platform: 'BareMetal',
  network: '10.18.44',
  masters: ['r1u10.dc1.example.com', 'r1u11.dc1.example.com', 'r1u12.dc1.example.com'],
  workers: ['r2u13.dc1.example.com', HOST],
});
const LAST_SEEN = at('2024-09-30T04:51:30Z');
/** Seconds after the kernel's start at which the drive stopped answering. */
const FAILED = 5_184_220;

/** The NVMe drive under a worker stops answering: the file system shuts itself down and the node falls silent. */
export const diskDying: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER, lean(2));
    fallsSilent(gather, HOST, LAST_SEEN);
    networkOperatorWaits(gather, LAST_SEEN + 2 * MINUTE);
    return { gather, beside: new Map([['r2u14-serial-console.log', console_(gather.random.fork('console'))]]) };
  },
};

/** What the BMC recorded of the serial console: the kernel's clock and nothing else. */
function console_(random: Random): string {
  const head = ['\r', 'Red Hat Enterprise Linux CoreOS 414.92.202408281442-0\r', `${HOST} login: \r`];
  const said: { readonly after: number; readonly text: string }[] = [];
  const say = (after: number, text: string) => said.push({ after, text });
  for (let index = 0; index < 6; index++)
    say(-86 + index * 2.1, `nvme nvme0: I/O ${random.int(100, 900)} QID ${random.int(1, 32)} timeout, aborting`);
  for (let index = 0; index < 6; index++) say(-56 + index * 1.3, 'nvme nvme0: Abort status: 0x371');
  say(-41, `nvme nvme0: I/O ${random.int(100, 900)} QID 9 timeout, reset controller`);
  say(-4, 'nvme nvme0: controller is down; will reset: CSTS=0x3, PCI_STATUS=0x10');
  say(28, 'nvme nvme0: Device not ready; aborting reset, CSTS=0x1');
  say(29, 'nvme nvme0: Removing after probe failure status: -19');
  for (let index = 0; index < 14; index++) {
    const sector = random.int(1_000_000, 900_000_000);
    say(
      29.4 + index * 0.2,
      `I/O error, dev nvme0n1, sector ${sector} op 0x1:(WRITE) flags 0x103000 phys_seg ${random.int(1, 9)} prio class 2`,
    );
    if (index % 4 === 0)
      say(
        29.5 + index * 0.2,
        `Buffer I/O error on dev nvme0n1p4, logical block ${Math.floor(sector / 8)}, lost async page write`,
      );
  }
  say(33, 'XFS (nvme0n1p4): log I/O error -5');
  say(33.1, 'XFS (nvme0n1p4): Filesystem has been shut down due to log error (0x2).');
  say(33.2, 'XFS (nvme0n1p4): Please unmount the filesystem and rectify the problem(s).');
  for (let index = 0; index < 9; index++)
    say(
      34 + index * 30,
      'systemd-journald[1043]: Failed to write entry to /var/log/journal/9d1c5f/system.journal (22 items, 731 bytes), ignoring: Read-only file system',
    );
  say(160, `systemd[1]: crio.service: Watchdog timeout (limit 1min)!`);
  say(212, 'INFO: task kworker/u129:3:2871123 blocked for more than 122 seconds.');
  say(213, '"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.');
  const lines = said
    .sort((a, b) => a.after - b.after)
    .map(({ after, text }) => `[${(FAILED + after).toFixed(6).padStart(12)}] ${text}\r`);
  return `${[...head, ...lines].join('\n')}\n`;
}
