import { type Cluster, platformOf } from '../cluster.ts';
import { olderThan } from '../release.ts';
import { WORKLOADS, type Workload } from './workload-catalogue.ts';

/** What runs before OVN-Kubernetes interconnect: the databases on the masters, one of them leading. */
const CENTRAL_OVN: readonly Workload[] = [
  {
    namespace: 'openshift-ovn-kubernetes',
    name: 'ovnkube-node',
    kind: 'daemonset',
    on: 'all',
    containers: ['ovn-controller', 'ovn-acl-logging', 'kube-rbac-proxy', 'kube-rbac-proxy-ovn-metrics', 'ovnkube-node'],
    logged: ['ovn-controller', 'ovnkube-node'],
  },
  {
    namespace: 'openshift-ovn-kubernetes',
    name: 'ovnkube-master',
    kind: 'daemonset',
    on: 'masters',
    containers: ['northd', 'nbdb', 'kube-rbac-proxy', 'sbdb', 'ovnkube-master', 'ovn-dbchecker'],
  },
];

const INFRA = 'openshift-kni-infra';

/** The workloads that a cluster of this platform and version runs. */
export function workloadsOf(cluster: Cluster): readonly Workload[] {
  const platform = platformOf(cluster);
  const ovn = (workload: Workload) => workload.namespace === 'openshift-ovn-kubernetes';
  const held = olderThan(cluster.version, '4.14')
    ? [...WORKLOADS.filter((workload) => !ovn(workload)), ...CENTRAL_OVN]
    : WORKLOADS;
  if (platform === 'BareMetal') return held;
  const here = held.filter(
    ({ name, namespace }) => !name.startsWith('metal3') && (platform === 'VSphere' || namespace !== INFRA),
  );
  return here.map((workload) =>
    workload.namespace === INFRA ? { ...workload, namespace: 'openshift-vsphere-infra' } : workload,
  );
}
