import { expect, it } from 'vitest';
import { classify } from '../../../src/ingest/layout/classify.ts';

const KERNEL = Buffer.from('[   12.345678] i40e 0000:3b:00.0 eno1: NIC Link is Up\n');
const JOURNAL = Buffer.from('Dec 03 20:00:00 master-2 systemd[1]: Started CRI-O.\n');

function hostOf(path: string, head = KERNEL): string | undefined {
  const found = classify(path, head);
  return found.type === 'log' ? found.source.host : undefined;
}

it.each([
  ['master-4.log', 'master-4'],
  ['host10.console', 'host10'],
  ['console-worker-2.txt', 'worker-2'],
  ['worker-0_console.log', 'worker-0'],
  ['logs/master-2-dmesg.txt.gz', 'master-2'],
  ['worker-2/console.log', 'worker-2'],
  ['conserver/ocp4-infra-1.example.com', 'ocp4-infra-1.example.com'],
  ['kernel/ip-10-0-12-7.ec2.internal.log', 'ip-10-0-12-7.ec2.internal'],
  ['sosreport-master-1/sos_commands/kernel/dmesg', 'master-1'],
])('%s is a log of %s', (path, host) => {
  expect(hostOf(path)).toBe(host);
});

it.each([
  'console.log',
  'dmesg.txt',
  'node.log',
  'case-12345/dmesg',
  'day-2/dmesg',
  'dmesg-erst-7331842932',
  'masters.log',
  'logs/2024-12-03.log',
])('%s names no host', (path) => {
  expect(hostOf(path)).toBeUndefined();
});

it('does not name the host of logs that are merged of several', () => {
  expect(hostOf('must-gather/host_service_logs/masters/kubelet_service.log', JOURNAL)).toBeUndefined();
});
