/**
 * Which ClusterOperators cannot work without another: their pods need its network, their objects its API, their routes
 * its routers. Only direct needs; chains follow from them.
 */
const NEEDED_BY: Readonly<Record<string, readonly string[]>> = {
  etcd: ['kube-apiserver'],
  'kube-apiserver': ['openshift-apiserver', 'authentication', 'kube-controller-manager', 'kube-scheduler'],
  'kube-controller-manager': ['machine-approver'],
  network: [
    'dns',
    'ingress',
    'openshift-apiserver',
    'authentication',
    'monitoring',
    'image-registry',
    'console',
    'operator-lifecycle-manager-packageserver',
  ],
  dns: ['ingress', 'authentication', 'console', 'monitoring'],
  ingress: ['authentication', 'console', 'insights'],
  'openshift-apiserver': ['openshift-controller-manager', 'openshift-samples'],
  authentication: ['console'],
  // Routers, monitoring and the registry run on the workers that it makes.
  'machine-api': ['cluster-autoscaler', 'control-plane-machine-set', 'ingress', 'monitoring', 'image-registry'],
  storage: ['image-registry', 'monitoring'],
  'image-registry': ['openshift-samples'],
  'operator-lifecycle-manager': [
    'operator-lifecycle-manager-catalog',
    'operator-lifecycle-manager-packageserver',
    'marketplace',
  ],
  monitoring: ['insights'],
};

/** Does the second operator directly need the first? */
export function isDownstream(upstream: string, downstream: string): boolean {
  return NEEDED_BY[upstream]?.includes(downstream) ?? false;
}
