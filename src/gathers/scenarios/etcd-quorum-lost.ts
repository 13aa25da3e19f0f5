import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import type { JournalEntry, LogEntry } from '../gather.ts';
import { boots, criText, exportText } from '../host-logs.ts';
import { etcdDay, etcdLine } from '../noise/control-plane.ts';
import { kubeletDay, kubeletLine, systemdLine } from '../noise/kubelet.ts';
import { type Random, randomFrom } from '../random.ts';
import { at, klog, spread } from '../stamps.ts';
import type { Made, Scenario } from './scenario-module.ts';

const NAME = 'etcd-quorum-lost';
const CUT = at('2026-01-17T22:41:13Z');
const BOOTED = at('2026-01-17T23:20:05Z');
const SAVED = at('2026-01-17T23:58:30Z');
const HOST = 'cp1.west.example.net';
const API = 'https://api-int.west.example.net:6443';
const SELF = 'b3a1f2d07c5e9846';
const PEERS = [
  ['10.44.8.12', '5d0e77a1c94f3b28'],
  ['10.44.8.13', 'e9124bb6f0d83a57'],
] as const;

/** Two of three masters do not come back after a power cut. All there is comes from the third, by ssh. */
export const etcdQuorumLost: Scenario = {
  name: NAME,
  make(): Made {
    const random = randomFrom(NAME);
    const starts = boots(random.fork('boots'), at('2025-12-09T04:12:30Z'), BOOTED);
    const uid = (pod: string) => random.fork(pod).uuid().replaceAll('-', '');
    return {
      beside: new Map([
        ['cp1/journal.export', exportText(journal(random), starts)],
        [
          `cp1/var/log/pods/openshift-etcd_etcd-${HOST}_${uid('etcd')}/etcd/9.log`,
          criText([...etcdDay(random.fork('before'), { from: CUT - 3 * 60 * MINUTE, to: CUT }), ...campaigns(random)]),
        ],
        [
          `cp1/var/log/pods/openshift-kube-apiserver_kube-apiserver-${HOST}_${uid('kas')}/kube-apiserver/31.log`,
          criText(apiserver(random)),
        ],
      ]),
    };
  },
};

/** The journal breaks off at the cut and goes on with the next boot. */
function journal(random: Random): JournalEntry[] {
  const node = { name: HOST, role: 'master', ip: '10.44.8.11', mac: '', bmc: '', joined: 0, kubeletPid: 2817 } as const;
  return [
    ...kubeletDay(node, random.fork('day'), CUT - 60 * MINUTE, CUT),
    ...[
      'Linux version 5.14.0-427.50.1.el9_4.x86_64 (mockbuild@x86-64-01) (gcc (GCC) 11.4.1 20231218)',
      'Command line: BOOT_IMAGE=(hd0,gpt3)/boot/ostree/rhcos/vmlinuz ignition.platform.id=metal root=UUID=9f1c rw',
      'x86/fpu: Supporting XSAVE feature 0x001: "x87 floating point registers"',
      'systemd[1]: Detected architecture x86-64.',
      'XFS (sda4): Mounting V5 Filesystem 9f1c2b7e-0000-4000-a000-5c1d',
      'XFS (sda4): Starting recovery (logdev: internal)',
      'XFS (sda4): Ending recovery (logdev: internal)',
    ].map((text, index) => ({ at: BOOTED + index * 400_000, host: HOST, identifier: 'kernel', text })),
    systemdLine(HOST, BOOTED + 40 * SECOND, 'Starting Kubernetes Kubelet...'),
    systemdLine(HOST, BOOTED + 44 * SECOND, 'Started Kubernetes Kubelet.'),
    ...kubelet(random.fork('kubelet')),
  ];
}

/** Nothing answers at the API's address: its own API server never becomes ready and no other exists. */
function kubelet(random: Random): JournalEntry[] {
  const say = (time: Micros, level: 'I' | 'E', where: string, text: string) =>
    kubeletLine(HOST, time, 2744, level, where, text);
  const from = BOOTED + 50 * SECOND;
  return [
    ...[...spread(random, from, SAVED, 14 * SECOND)].map((time) =>
      say(
        time,
        'E',
        'kubelet_node_status.go:99',
        `"Unable to register node with API server" err="Post \\"${API}/api/v1/nodes\\": dial tcp 10.44.8.5:6443: connect: connection refused" node="${HOST}"`,
      ),
    ),
    ...[...spread(random, from, SAVED, 20 * SECOND)].map((time) =>
      say(
        time,
        'E',
        'controller.go:145',
        `"Failed to ensure lease exists, will retry" err="Get \\"${API}/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${HOST}?timeout=10s\\": dial tcp 10.44.8.5:6443: connect: connection refused" interval="7s"`,
      ),
    ),
    ...[...spread(random, from + 3 * MINUTE, SAVED, 45 * SECOND)].map((time) =>
      say(
        time,
        'I',
        'prober.go:107',
        `"Probe failed" probeType="Readiness" pod="openshift-etcd/etcd-${HOST}" podUID="6fd2" containerName="etcd" probeResult="failure" output="HTTP probe failed with statuscode: 503"`,
      ),
    ),
    ...[...spread(random, from + 3 * MINUTE, SAVED, 70 * SECOND)].map((time) =>
      say(
        time,
        'E',
        'pod_workers.go:1301',
        `"Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"kube-apiserver\\" with CrashLoopBackOff: \\"back-off 5m0s restarting failed container=kube-apiserver pod=kube-apiserver-${HOST}_openshift-kube-apiserver(41aa)\\"" pod="openshift-kube-apiserver/kube-apiserver-${HOST}" podUID="41aa"`,
      ),
    ),
  ];
}

/** A member alone: it asks for votes, probes its peers and answers no one. */
function campaigns(random: Random): LogEntry[] {
  const own = random.fork('campaign');
  const from = BOOTED + 70 * SECOND;
  const raft = (time: Micros, text: string) =>
    etcdLine(time, 'info', 'etcdserver/zap_raft.go:77', text, '"logger":"raft"');
  return [
    etcdLine(from, 'info', 'etcdserver/server.go:532', 'started as single-node; fast-forwarding election ticks', ''),
    ...[...spread(own, from + 2 * SECOND, SAVED, 12 * SECOND)].flatMap((time) => [
      raft(time, `${SELF} is starting a new election at term 19`),
      raft(time + 300, `${SELF} became pre-candidate at term 19`),
      raft(time + 500, `${SELF} received MsgPreVoteResp from ${SELF} at term 19`),
      ...PEERS.map(([, id], index) =>
        raft(time + 700 + index, `${SELF} [logterm: 19, index: 81204477] sent MsgPreVote request to ${id} at term 19`),
      ),
    ]),
    ...PEERS.flatMap(([ip, id]) =>
      [...spread(own.fork(ip), from, SAVED, 15 * SECOND)].map((time) =>
        etcdLine(
          time,
          'warn',
          'rafthttp/probing_status.go:68',
          'prober detected unhealthy status',
          `"round-tripper-name":"ROUND_TRIPPER_RAFT_MESSAGE","remote-peer-id":"${id}","rtt":"0s","error":"dial tcp ${ip}:2380: connect: no route to host"`,
        ),
      ),
    ),
    ...[...spread(own, from + 10 * SECOND, SAVED, 20 * SECOND)].map((time) =>
      etcdLine(time, 'warn', 'etcdhttp/health.go:172', 'serving /health false; no leader', ''),
    ),
    ...[...spread(own, from + 60 * SECOND, SAVED, 47 * SECOND)].map((time) =>
      etcdLine(
        time,
        'warn',
        'etcdserver/server.go:2161',
        'failed to publish local member to cluster through raft',
        `"local-member-id":"${SELF}","local-member-attributes":"{Name:${HOST} ClientURLs:[https://10.44.8.11:2379]}","request-path":"/0/members/${SELF}/attributes","publish-timeout":"40s","error":"etcdserver: request timed out"`,
      ),
    ),
  ];
}

/** It dials all three members, reads from none, and ends. */
function apiserver(random: Random): LogEntry[] {
  const own = random.fork('apiserver');
  const from = BOOTED + 4 * MINUTE;
  const lines: LogEntry[] = [];
  const say = (time: Micros, level: 'I' | 'W' | 'F', where: string, text: string) =>
    lines.push({ at: time + 60, text: klog(level, time, 17, where, text) });
  for (let start = from; start < SAVED - MINUTE; start += 5.4 * MINUTE) {
    say(start, 'I', 'server.go:153', 'Version: v1.30.7');
    for (const time of spread(own, start + SECOND, start + 20 * SECOND, 2.5 * SECOND))
      for (const [ip] of PEERS)
        say(
          time,
          'W',
          'logging.go:59',
          `[core] [Channel #${own.int(1, 9)} SubChannel #${own.int(10, 30)}] grpc: addrConn.createTransport failed to connect to {Addr: "${ip}:2379", ServerName: "${ip}:2379", }. Err: connection error: desc = "transport: Error while dialing: dial tcp ${ip}:2379: connect: no route to host"`,
        );
    say(
      start + 21 * SECOND,
      'F',
      'instance.go:226',
      'Error creating leases: error creating storage factory: context deadline exceeded',
    );
  }
  return lines;
}
