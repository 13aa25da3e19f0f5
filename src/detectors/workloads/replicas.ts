import type { Evidence } from '../../model/finding.ts';
import { type Resource, read, readList, readText } from '../../model/resource.ts';
import { MINUTE, type Micros } from '../../model/time.ts';
import { evidenceOf } from '../evidence.ts';
import { timeAt } from '../objects/age.ts';
import { conditionOf } from '../objects/condition.ts';

/** Controllers answer within seconds; the objects of one gather are minutes apart. */
const ANSWERS = 10 * MINUTE;

/** Whether an object names the given one as its controller. */
export function ownedBy(resource: Resource, kind: string, name: string): boolean {
  return readList(resource.body, 'metadata.ownerReferences').some(
    (owner) => readText(owner, 'kind') === kind && readText(owner, 'name') === name,
  );
}

export interface FrozenWorkload {
  readonly resource: Resource;
  readonly evidence: Evidence;
}

/** A workload whose controller did not see its latest generation. */
export function unobserved(workloads: readonly Resource[]): FrozenWorkload[] {
  return workloads.flatMap((resource) => {
    const generation = read(resource.body, 'metadata.generation');
    const observed = read(resource.body, 'status.observedGeneration');
    if (typeof generation !== 'number' || typeof observed !== 'number' || observed >= generation) return [];
    return [{ resource, evidence: evidenceOf(resource, 'status.observedGeneration') }];
  });
}

/**
 * A ReplicaSet that wants pods, has none at all, and does not say that their creation failed.
 * Judged only in namespaces whose pods were gathered, and not while the ReplicaSet is young.
 */
export function podless(
  sets: readonly Resource[],
  pods: readonly Resource[],
  gatheredAt: Micros | undefined,
): FrozenWorkload[] {
  const namespaces = new Set(pods.map(({ namespace }) => namespace));
  const owners = new Set(
    pods.flatMap((pod) =>
      readList(pod.body, 'metadata.ownerReferences').map((owner) => `${pod.namespace}/${readText(owner, 'name')}`),
    ),
  );
  return sets.flatMap((resource) => {
    const wanted = read(resource.body, 'spec.replicas');
    const born = timeAt(resource.body, 'metadata.creationTimestamp');
    if (typeof wanted !== 'number' || wanted < 1 || !namespaces.has(resource.namespace)) return [];
    if (owners.has(`${resource.namespace}/${resource.name}`)) return [];
    if (conditionOf(resource, 'ReplicaFailure')?.status === 'True') return [];
    if (born === undefined || gatheredAt === undefined || gatheredAt - born < ANSWERS) return [];
    return [{ resource, evidence: evidenceOf(resource, 'spec.replicas') }];
  });
}
