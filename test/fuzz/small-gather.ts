import { Buffer } from 'node:buffer';
import { buildScenario } from '../../src/gathers/build.ts';
import { SCENARIOS } from '../../src/gathers/scenarios/index.ts';
import type { TarEntry } from '../ingest/open/archives.ts';

const KEPT = [
  /\/timestamp$/,
  /\/clusterversions\//,
  /\/infrastructures/,
  /\/core\/nodes\/master-[01]\.yaml$/,
  /\/clusteroperators\.yaml$/,
  /\/openshift-etcd\/core\/(?:pods|events)\.yaml$/,
  /\/openshift-etcd\/pods\/etcd-master-1\/etcd\/etcd\/logs\/current\.log$/,
  /\/etcd_info\//,
  /\/host_service_logs\/masters\/kubelet_service\.log$/,
];
const LONGEST = 12 * 1024;

/** The members of a gather small enough to be analysed thousands of times: `etcd-slow-disk`, with the ends of its logs. */
export function smallGather(): TarEntry[] {
  const scenario = SCENARIOS.find(({ name }) => name === 'etcd-slow-disk')!;
  return [...buildScenario(scenario)]
    .filter(([path]) => KEPT.some((kept) => kept.test(path)))
    .map(([name, bytes]) => ({ name, body: name.endsWith('.log') ? lastLines(bytes) : bytes }));
}

function lastLines(bytes: Uint8Array): Uint8Array {
  const tail = Buffer.from(bytes).subarray(-LONGEST);
  return tail.length < LONGEST ? tail : tail.subarray(tail.indexOf('\n') + 1);
}
