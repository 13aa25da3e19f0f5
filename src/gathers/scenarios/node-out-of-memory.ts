import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { find, type Gather, type JournalEntry } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { journalJson } from '../journal-forms.ts';
import { kubeletDay, kubeletLine } from '../noise/kubelet.ts';
import { pod } from '../objects/workloads.ts';
import { at, seconds, spread } from '../stamps.ts';
import { siteCluster } from './clusters.ts';
import { becameNotReady, lean, said, warns } from './node-steps.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { nodeReady } from './steps.ts';

const HOST = 'hpc-w1';
const CLUSTER = siteCluster({
  scenario: 'node-out-of-memory',
  started: '2025-07-01T06:30:00Z',
  gathered: '2025-10-09T22:15:00Z',
  name: 'hpc',
  domain: 'uni.example',
  version: '4.19.5',
  platform: 'BareMetal',
  network: '10.140.3',
  masters: ['hpc-m0', 'hpc-m1', 'hpc-m2'],
  workers: ['hpc-w0', HOST],
});
const ONSET = at('2025-10-09T20:48:15Z');
const NOT_READY = at('2025-10-09T22:04:50Z');
const PID = 3187;

/** A Java workload without limits takes all memory of a worker; the kernel kills it again and again. */
export const nodeOutOfMemory: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER, lean(2, ['analytics']));
    const victim = workload(gather);
    nodeSuffers(gather);
    const random = gather.random.fork('boot');
    const boot = { machine: random.hex(32), boot: random.hex(32), started: at('2025-09-02T05:11:09Z') };
    return { gather, beside: new Map([[`${HOST}-journalctl.ndjson`, journalJson(journal(gather, victim), boot)]]) };
  },
};

function workload(gather: Gather): string {
  const spec = {
    namespace: 'analytics',
    name: 'spark-worker',
    kind: 'statefulset',
    on: 'workers',
    containers: ['spark'],
  } as const;
  const node = CLUSTER.nodes.find((held) => held.name === HOST)!;
  const object = pod(spec, node, 'spark-worker-0', ONSET - 40 * MINUTE, gather.random.fork('spark'));
  object['spec'].containers[0].resources = {};
  object['status'].qosClass = 'BestEffort';
  Object.assign(object['status'].containerStatuses[0], {
    restartCount: 9,
    lastState: {
      terminated: {
        exitCode: 137,
        reason: 'OOMKilled',
        startedAt: seconds(NOT_READY - 9 * MINUTE),
        finishedAt: seconds(NOT_READY - 2 * MINUTE),
      },
    },
    ready: false,
    started: false,
    state: { waiting: { message: 'back-off 5m0s restarting failed container=spark', reason: 'CrashLoopBackOff' } },
  });
  gather.objects.push(object);
  return object.metadata['uid'];
}

function nodeSuffers(gather: Gather): void {
  nodeReady(
    find(gather, 'Node', HOST),
    'False',
    seconds(NOT_READY),
    'KubeletNotReady',
    'PLEG is not healthy: pleg was last seen active 3m41.7s ago; threshold is 3m0s',
  );
  becameNotReady(gather, HOST, NOT_READY);
  warns(gather, {
    namespace: 'default',
    about: ['Node', HOST],
    reason: 'SystemOOM',
    message: 'System OOM encountered, victim process: java, pid: 1740233',
    component: 'kubelet',
    host: HOST,
    first: ONSET + 2 * SECOND,
    last: NOT_READY - 2 * MINUTE,
    count: 9,
  });
}

function journal(gather: Gather, uid: string): JournalEntry[] {
  const random = gather.random.fork('journal');
  const kernel = said(HOST, 'kernel');
  const slice = `/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod${uid.replaceAll('-', '_')}.slice/crio-${random.hex(64)}.scope`;
  const node = { ...CLUSTER.nodes.find((held) => held.name === HOST)!, kubeletPid: PID };
  const lines = kubeletDay(node, random.fork('day'), ONSET - 3 * 60 * MINUTE, ONSET);
  const say = (time: Micros, level: 'I' | 'W' | 'E', where: string, text: string) =>
    lines.push(kubeletLine(HOST, time, PID, level, where, text));
  let victim = 1_740_233;
  for (const time of [ONSET, ...spread(random, ONSET + 8 * MINUTE, NOT_READY - 2 * MINUTE, 8 * MINUTE)]) {
    lines.push(
      kernel(
        time,
        'java invoked oom-killer: gfp_mask=0x140dca(GFP_HIGHUSER_MOVABLE|__GFP_COMP|__GFP_ZERO), order=0, oom_score_adj=1000',
      ),
      kernel(time + 800, 'CPU: 21 PID: 1740981 Comm: java Kdump: loaded Not tainted 5.14.0-570.23.1.el9_6.x86_64 #1'),
      kernel(
        time + 2000,
        `oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=crio-${random.hex(64)}.scope,mems_allowed=0-1,global_oom,task_memcg=${slice},task=java,pid=${victim},uid=1000820000`,
      ),
      kernel(
        time + 2100,
        `Out of memory: Killed process ${victim} (java) total-vm:271203112kB, anon-rss:${random.int(251000000, 254000000)}kB, file-rss:0kB, shmem-rss:16kB, UID:1000820000 pgtables:498112kB oom_score_adj:1000`,
      ),
    );
    say(
      time + 90 * SECOND,
      'E',
      'kubelet.go:2573',
      `"Housekeeping took longer than expected" err="housekeeping took too long" expected="1s" actual="${random.int(9, 48)}.${random.int(100, 999)}s"`,
    );
    victim += random.int(4000, 60000);
  }
  for (const time of spread(random, NOT_READY - 3 * MINUTE, CLUSTER.gatheredAt - MINUTE, 25 * SECOND))
    say(
      time,
      'E',
      'kubelet.go:2451',
      `"Skipping pod synchronization" err="PLEG is not healthy: pleg was last seen active 3m${random.int(1, 55)}.${random.int(100, 999)}s ago; threshold is 3m0s"`,
    );
  return lines;
}
