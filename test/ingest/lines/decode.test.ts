import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SourceDecoder } from '../../../src/ingest/lines/decoder.ts';
import type { Source } from '../../../src/model/source.ts';
import { readLog, told } from './read-log.ts';

interface Case {
  readonly format: string;
  readonly source?: Partial<Source>;
  readonly line: string;
  /** Time | host identifier pid | message. */
  readonly told: string;
}

const KLOG = 'I1203 20:00:00.123456    2511 prober.go:107] "Probe failed" probeType="Readiness"';
const CONTAINER: Partial<Source> = { kind: 'container' };

const CASES: readonly Case[] = [
  {
    format: 'container',
    source: CONTAINER,
    line: `2024-12-03T20:00:00.123999001Z ${KLOG}`,
    told: `2024-12-03T20:00:00.123999Z | - - - | ${KLOG}`,
  },
  {
    format: 'container',
    source: CONTAINER,
    line: '2024-12-03T20:00:01.5Z <133>Dec  3 20:00:01 haproxy[12]: Server masters/master-2 is DOWN',
    told: '2024-12-03T20:00:01.5Z | - - - | <133>Dec  3 20:00:01 haproxy[12]: Server masters/master-2 is DOWN',
  },
  {
    format: 'cri',
    line: '2024-12-03T13:59:58.120345678+02:00 stderr F {"level":"info","ts":"2024-12-03T11:59:58.119922Z"}',
    told: '2024-12-03T11:59:58.120345Z | - - - | {"level":"info","ts":"2024-12-03T11:59:58.119922Z"}',
  },
  { format: 'klog', line: KLOG, told: `yearless 12-03T20:00:00.123456Z | - - - | ${KLOG}` },
  {
    format: 'json',
    line: '{"level":"info","ts":1733256331.5008872,"logger":"controllers.BareMetalHost","msg":"start"}',
    told: '2024-12-03T20:05:31.500887Z | - - - | {"level":"info","ts":1733256331.5008872,"logger":"controllers.BareMetalHost","msg":"start"}',
  },
  {
    format: 'json',
    line: '{"level":"info","ts":1.7332563315e+09,"msg":"start"}',
    told: '2024-12-03T20:05:31.5Z | - - - | {"level":"info","ts":1.7332563315e+09,"msg":"start"}',
  },
  {
    format: 'zap-console',
    line: '2024-12-03T20:00:00.123Z\tERROR\toperator.init\tcontroller.go:266\tReconciler error\t{"error":"x"}',
    told: '2024-12-03T20:00:00.123Z | - - - | 2024-12-03T20:00:00.123Z\tERROR\toperator.init\tcontroller.go:266\tReconciler error\t{"error":"x"}',
  },
  {
    format: 'etcd-json',
    line: '{"level":"warn","ts":"2024-12-03T19:58:12.004102Z","caller":"wal/wal.go:805","msg":"slow fdatasync"}',
    told: '2024-12-03T19:58:12.004102Z | - - - | {"level":"warn","ts":"2024-12-03T19:58:12.004102Z","caller":"wal/wal.go:805","msg":"slow fdatasync"}',
  },
  {
    format: 'capnslog',
    line: '2020-10-20 12:15:22.088482 W | etcdserver: read-only range request took too long (388ms) to execute',
    told: '2020-10-20T12:15:22.088482Z | - - - | 2020-10-20 12:15:22.088482 W | etcdserver: read-only range request took too long (388ms) to execute',
  },
  {
    format: 'audit',
    line: '{"kind":"Event","apiVersion":"audit.k8s.io/v1","requestObject":{"time":"2001-01-01T00:00:00Z"},"requestReceivedTimestamp":"2024-12-03T20:00:04.000112Z","stageTimestamp":"2024-12-03T20:00:09.000112Z"}',
    told: '2024-12-03T20:00:04.000112Z | - - - | {"kind":"Event","apiVersion":"audit.k8s.io/v1","requestObject":{"time":"2001-01-01T00:00:00Z"},"requestReceivedTimestamp":"2024-12-03T20:00:04.000112Z","stageTimestamp":"2024-12-03T20:00:09.000112Z"}',
  },
  {
    format: 'auditd',
    line: 'type=SYSCALL msg=audit(1364481363.243:24287): arch=c000003e syscall=2',
    told: '2013-03-28T14:36:03.243Z | - - - | type=SYSCALL msg=audit(1364481363.243:24287): arch=c000003e syscall=2',
  },
  {
    format: 'journal-short',
    line: `Dec 03 20:00:00 master-2 kubenswrapper[2511]: ${KLOG}`,
    told: `yearless 12-03T20:00:00Z | master-2 kubenswrapper 2511 | ${KLOG}`,
  },
  {
    format: 'journal-short-precise',
    line: 'Dec 03 20:00:00.123789 master-2 kernel: sd 0:2:0:0: [sda] tag#811 FAILED Result: hostbyte=DID_OK',
    told: 'yearless 12-03T20:00:00.123789Z | master-2 kernel - | sd 0:2:0:0: [sda] tag#811 FAILED Result: hostbyte=DID_OK',
  },
  {
    format: 'journal-short',
    line: 'Feb 29 23:59:59 master-2 agent[3101]: [42B blob data]',
    told: 'yearless 02-29T23:59:59Z | master-2 agent 3101 | [42B blob data]',
  },
  {
    format: 'journal-short-iso',
    line: '2024-12-03T21:00:01+01:00 master-2 kernel: NIC Link is Down',
    told: '2024-12-03T20:00:01Z | master-2 kernel - | NIC Link is Down',
  },
  {
    format: 'journal-short-iso-precise',
    line: '2024-12-03T20:00:00.123789+0000 master-2 systemd[1]: Stopping Kubernetes Kubelet...',
    told: '2024-12-03T20:00:00.123789Z | master-2 systemd 1 | Stopping Kubernetes Kubelet...',
  },
  {
    format: 'journal-short-iso-precise',
    line: '2024-11-11T04:11:54.150551+0000 kernel: Linux version 5.14.0-284.92.1.el9_2.x86_64',
    told: '2024-11-11T04:11:54.150551Z | - kernel - | Linux version 5.14.0-284.92.1.el9_2.x86_64',
  },
  {
    format: 'journal-short-full',
    line: `Tue 2024-12-03 21:00:00 CET master-2 kubelet.service[2511]: ${KLOG}`,
    told: `2024-12-03T20:00:00Z | master-2 kubelet 2511 | ${KLOG}`,
  },
  {
    format: 'journal-short-unix',
    line: '1733256001.004512 master-2 kernel: NIC Link is Down',
    told: '2024-12-03T20:00:01.004512Z | master-2 kernel - | NIC Link is Down',
  },
  {
    format: 'journal-short-monotonic',
    line: '[28740.123789] master-2 kubenswrapper[2511]: text',
    told: 'monotonic 28740.123789 | master-2 kubenswrapper 2511 | text',
  },
  {
    format: 'dmesg',
    line: '[1123456.789012] INFO: task etcd:4711 blocked for more than 122 seconds.',
    told: 'monotonic 1123456.789012 | - - - | INFO: task etcd:4711 blocked for more than 122 seconds.',
  },
  {
    format: 'dmesg',
    line: '[    0.000000][    T0] Linux version 5.14.0',
    told: 'monotonic 0 | - - - | Linux version 5.14.0',
  },
  {
    format: 'dmesg',
    line: 'kern  :info  : [   12.345678] pci 0000:3b:00.0: enabling device',
    told: 'monotonic 12.345678 | - - - | pci 0000:3b:00.0: enabling device',
  },
  {
    format: 'dmesg-ctime',
    line: '[Tue Dec  3 20:00:01 2024] sd 0:2:0:0: [sda] tag#811 FAILED',
    told: '2024-12-03T20:00:01Z | - - - | sd 0:2:0:0: [sda] tag#811 FAILED',
  },
  {
    format: 'dmesg-iso',
    line: '2024-12-03T21:00:01,004512+01:00 sd 0:2:0:0: [sda] tag#811 FAILED',
    told: '2024-12-03T20:00:01.004512Z | - - - | sd 0:2:0:0: [sda] tag#811 FAILED',
  },
  {
    format: 'oslo',
    line: '2024-12-03 20:05:31.399 1 ERROR ironic.drivers.modules.redfish.utils [-] Failed to establish session',
    told: '2024-12-03T20:05:31.399Z | - - - | 2024-12-03 20:05:31.399 1 ERROR ironic.drivers.modules.redfish.utils [-] Failed to establish session',
  },
  {
    format: 'vlog',
    line: '2024-12-03T20:00:02.509Z|00302|timeval(ovn_pinctrl0)|WARN|Unreasonably long 1612ms poll interval',
    told: '2024-12-03T20:00:02.509Z | - - - | 2024-12-03T20:00:02.509Z|00302|timeval(ovn_pinctrl0)|WARN|Unreasonably long 1612ms poll interval',
  },
  {
    format: 'logrus',
    source: { kind: 'installer' },
    line: 'time="2024-10-01T10:30:02+02:00" level=error msg="Bootstrap failed to complete"',
    told: '2024-10-01T08:30:02Z | - - - | time="2024-10-01T10:30:02+02:00" level=error msg="Bootstrap failed to complete"',
  },
  {
    format: 'syslog',
    line: 'Dec  3 20:00:01 bastion haproxy[12]: Server masters/master-2 is DOWN',
    told: 'yearless 12-03T20:00:01Z | bastion haproxy 12 | Server masters/master-2 is DOWN',
  },
  {
    format: 'syslog-wire',
    line: '<133>Dec  3 20:00:01 haproxy[12]: Server masters/master-2 is DOWN',
    told: 'yearless 12-03T20:00:01Z | - haproxy 12 | Server masters/master-2 is DOWN',
  },
  {
    format: 'syslog-wire',
    line: '<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog 17 ID47 [a@1 x="] \\" y"][b@2] An event',
    told: '2003-10-11T22:14:15.003Z | mymachine.example.com evntslog 17 | An event',
  },
  {
    format: 'keepalived',
    line: 'Tue Dec  3 20:00:07 2024: (lab_API_0) Entering MASTER STATE',
    told: '2024-12-03T20:00:07Z | - - - | Tue Dec  3 20:00:07 2024: (lab_API_0) Entering MASTER STATE',
  },
  {
    format: 'coredns',
    line: '[ERROR] plugin/errors: 2 api.lab.example.com. A: read udp: i/o timeout',
    told: 'none | - - - | [ERROR] plugin/errors: 2 api.lab.example.com. A: read udp: i/o timeout',
  },
  {
    format: 'gather',
    source: { kind: 'gather' },
    line: '[must-gather      ] OUT 2024-12-03T20:15:01.998120034Z namespace/openshift-must-gather-x7k2p created',
    told: '2024-12-03T20:15:01.99812Z | - - - | namespace/openshift-must-gather-x7k2p created',
  },
  {
    format: 'ramdisk',
    source: { kind: 'container', container: 'metal3-ramdisk-logs' },
    line: '2024-12-03T20:05:40.0103Z openshift-worker-1_9b1f4c1e-0000-4000-8000-000000000031_inspect.tar.gz: Dec 03 19:37:02 localhost ironic-agent[1801]: no callback address',
    told: '2024-12-03T19:37:02Z | openshift-worker-1 ironic-agent 1801 | no callback address',
  },
  {
    format: 'windows',
    source: { kind: 'journal', path: 'x/host_service_logs/windows/log_files/kubelet/kubelet.log' },
    line: `win-1 ${KLOG}`,
    told: `yearless 12-03T20:00:00.123456Z | win-1 - - | ${KLOG}`,
  },
  {
    format: 'iso-text',
    line: '2016-10-25T12:37:23.297265-07:00 INFO periodic_scheduler[13707]: cleanup_logs: job completed',
    told: '2016-10-25T19:37:23.297265Z | - - - | 2016-10-25T12:37:23.297265-07:00 INFO periodic_scheduler[13707]: cleanup_logs: job completed',
  },
  { format: 'text', line: '2024-13-45T99:00:00Z no such day', told: 'none | - - - | 2024-13-45T99:00:00Z no such day' },
];

describe('each form of line is told and taken apart', () => {
  test.each(CASES)('$format: $line', ({ format, source, line, told: expected }) => {
    const log = readLog(`${line}\n`, source === undefined ? {} : { source });
    expect(log.summary.format).toBe(format);
    expect(log.lines.map(({ decoded }) => told(decoded))).toEqual([expected]);
  });
});

describe('lines without a time of their own', () => {
  test('belong to the line before, across regions, though only they are decoded', () => {
    const filler = `E1203 20:00:04.000212    2511 controller.go:145] ${'x'.repeat(1000)}\n`.repeat(270);
    const log = readLog(`${filler}goroutine 1 [running]:\n\tmain.go:12\n`);
    expect(log.regions.length).toBeGreaterThan(1);
    expect(told(log.lines.at(-1)!.decoded)).toBe('yearless 12-03T20:00:04.000212Z | - - - | \tmain.go:12');
  });

  test('continue a journal message with its writer', () => {
    const log = readLog(
      'Dec 03 20:00:03 master-2 sh[3100]: first line\n                                   second line\n',
    );
    expect(told(log.lines[1]!.decoded)).toBe('yearless 12-03T20:00:03Z | master-2 sh 3100 | second line');
  });

  test('of a console are read without CR, NUL and colours before them', () => {
    const log = readLog(
      '\x1b[2J\x1b[01;01HGRUB loading.\r\n[    0.000000] Linux version 5.14.0\r\n\0\0localhost login: \0\r\n',
      { source: { kind: 'console' } },
    );
    expect(log.summary.format).toBe('console');
    expect(log.lines.map(({ decoded }) => told(decoded))).toEqual([
      'none | - - - | GRUB loading.',
      'monotonic 0 | - - - | Linux version 5.14.0',
      'monotonic 0 | - - - | localhost login: \0',
    ]);
  });

  test('with another form than the rest are read in that form', () => {
    const log = readLog(`${`${KLOG}\n`.repeat(20)}time="2024-12-03T20:00:10Z" level=info msg="x"\n`);
    expect(log.summary.format).toBe('klog');
    expect(told(log.lines.at(-1)!.decoded)).toMatch(/^2024-12-03T20:00:10Z \|/);
  });
});

test('what a line says does not hang on which lines were decoded before it', () => {
  const line = fc.constantFrom(
    'Dec 03 20:00:03 master-2 sh[3100]: first',
    'Dec 03 20:00:04 master-1 kernel: other',
    '    indented',
    'goroutine 1 [running]:',
    '-- Reboot --',
    '',
  );
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), fc.array(fc.nat(29)), (lines, picks) => {
      const bytes = Buffer.from(`${lines.join('\n')}\n`);
      const starts = lines.map((_, at) => lines.slice(0, at).reduce((sum, { length }) => sum + length + 1, 0));
      const decodeAll = (order: readonly number[]): Map<number, string> => {
        const decoder = new SourceDecoder('journal-short', { path: 'a', kind: 'journal' });
        decoder.enter(bytes, 0);
        return new Map(order.map((at) => [at, told(decoder.decode(lines[at]!, starts[at]))]));
      };
      const inOrder = decodeAll(lines.map((_, at) => at));
      for (const [at, text] of decodeAll(picks.filter((at) => at < lines.length))) expect(text).toBe(inOrder.get(at));
    }),
  );
});

test('a host that calls itself localhost is the one that the path names', () => {
  const line = 'Dec 03 20:00:03 localhost systemd[1]: Reached target Basic System.\n';
  const own = readLog(line, { source: { kind: 'journal', host: 'master-2.lab.example.com' } });
  expect(own.lines[0]!.decoded.host).toBe('master-2.lab.example.com');
  expect(own.summary.hosts.map(({ host }) => host)).toEqual(['master-2.lab.example.com']);
  const merged = readLog(line, { source: { kind: 'journal', merged: true } });
  expect(merged.lines[0]!.decoded.host).toBeUndefined();
});
