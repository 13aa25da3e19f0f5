import type { Micros } from '../../model/time.ts';
import { type AlertSpec, prometheusRules } from '../files.ts';
import { addLog, find, type Gather, type LogEntry, podOn, podsOf } from '../gather.ts';
import { condition, type KubeObject, setCondition } from '../kube.ts';
import { klog, seconds } from '../stamps.ts';

/** Steps that several scenarios take. */

export interface Change {
  readonly type: 'Available' | 'Progressing' | 'Degraded' | 'Upgradeable';
  readonly status: boolean;
  readonly since: Micros;
  readonly reason: string;
  readonly message: string;
}

/** Sets conditions of a ClusterOperator; what is bad also stands in the summary of `must-gather.logs`. */
export function operatorReports(gather: Gather, name: string, ...changes: readonly Change[]): void {
  const operator = find(gather, 'ClusterOperator', name);
  for (const change of changes) {
    setCondition(operator, condition(change.type, change.status, change.since, change.reason, change.message));
    if (change.type === 'Degraded' && change.status)
      gather.complaints.push(`clusteroperator/${name} is degraded because ${change.message.split('\n')[0]}`);
    if (change.type === 'Available' && !change.status)
      gather.complaints.push(
        `clusteroperator/${name} is not available (${change.message.split('\n')[0]}) because ${change.reason}`,
      );
  }
}

/** The log key of an operator's only pod. */
export function operatorLog(gather: Gather, namespace: string, container: string): string {
  return `${namespace}/${podsOf(gather, namespace, container)[0]!.metadata.name}/${container}`;
}

export function operatorSays(
  gather: Gather,
  namespace: string,
  container: string,
  times: Iterable<Micros>,
  where: string,
  text: string,
): void {
  addLog(gather, operatorLog(gather, namespace, container), saidAt(times, 'E', where, text));
}

export function saidAt(
  times: Iterable<Micros>,
  level: 'I' | 'W' | 'E',
  where: string,
  text: string,
  pid = 1,
): LogEntry[] {
  return [...times].map((time) => ({ at: time + 64, text: klog(level, time, pid, where, text) }));
}

/** The log key of a node's pod of a DaemonSet or static pod. */
export function logOn(gather: Gather, namespace: string, prefix: string, node: string, container: string): string {
  return `${namespace}/${podOn(gather, namespace, prefix, node).metadata.name}/${container}`;
}

export function alertsFire(gather: Gather, ...alerts: readonly AlertSpec[]): void {
  gather.files.set('monitoring/prometheus/rules.json', prometheusRules(gather.cluster, alerts));
}

export function nodeReady(
  node: KubeObject,
  status: 'True' | 'False' | 'Unknown',
  since: string,
  reason: string,
  message: string,
): void {
  const ready = node['status'].conditions.find((held: { type: string }) => held.type === 'Ready');
  Object.assign(ready, { status, lastTransitionTime: since, reason, message });
}

/** Takes pods back to waiting: what the kubelet reports of containers that do not start. */
export function waiting(pod: KubeObject, since: string, reason: string, message: string): void {
  for (const held of pod['status'].conditions) {
    if (held.type === 'Ready' || held.type === 'ContainersReady')
      Object.assign(held, { status: 'False', reason: 'ContainersNotReady', lastTransitionTime: since });
  }
  for (const container of pod['status'].containerStatuses) {
    Object.assign(container, { ready: false, started: false, state: { waiting: { message, reason } } });
    delete container.containerID;
  }
  pod['status'].phase = 'Pending';
}

/** A pod that was created anew at `since` on another node and has got no further than its volumes. */
export function waitsForVolumes(pod: KubeObject, node: string, since: Micros): void {
  pod.metadata['creationTimestamp'] = seconds(since);
  pod['spec'].nodeName = node;
  pod['status'].startTime = seconds(since);
  waiting(pod, seconds(since), 'ContainerCreating', '');
  for (const container of pod['status'].containerStatuses) delete container.state.waiting.message;
}
