import type { Evidence } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import { type Condition, conditionEvidence, conditionOf } from '../objects/condition.ts';

export interface Stated {
  readonly condition: Condition;
  readonly evidence: Evidence;
}

/** A condition of the Etcd operator object (`operator.openshift.io/Etcd`, `cluster`). */
export function etcdCondition(etcds: readonly Resource[], type: string): Stated | undefined {
  const etcd = etcds.find(({ name }) => name === 'cluster');
  const condition = etcd === undefined ? undefined : conditionOf(etcd, type);
  if (etcd === undefined || condition === undefined) return undefined;
  return { condition, evidence: conditionEvidence(etcd, condition) };
}
