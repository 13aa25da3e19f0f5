import type { Resource } from '../../model/resource.ts';

/** Static pods of a control plane node: `<prefix>-<node>` in a namespace of their own. */
export const STATIC_PODS = [
  { kind: 'Etcd', operator: 'etcd', namespace: 'openshift-etcd', prefix: 'etcd' },
  {
    kind: 'KubeAPIServer',
    operator: 'kube-apiserver',
    namespace: 'openshift-kube-apiserver',
    prefix: 'kube-apiserver',
  },
  {
    kind: 'KubeControllerManager',
    operator: 'kube-controller-manager',
    namespace: 'openshift-kube-controller-manager',
    prefix: 'kube-controller-manager',
  },
  {
    kind: 'KubeScheduler',
    operator: 'kube-scheduler',
    namespace: 'openshift-kube-scheduler',
    prefix: 'openshift-kube-scheduler',
  },
] as const;

/** Whether the API lacks a node's static pod although pods of its namespace were gathered. */
export function staticPodMissing(namespace: string, node: string, pods: readonly Resource[]): boolean {
  const prefix = STATIC_PODS.find((one) => one.namespace === namespace)?.prefix ?? '';
  const known = pods.filter((pod) => pod.namespace === namespace);
  return known.length > 0 && !known.some((pod) => pod.name === `${prefix}-${node}`);
}
