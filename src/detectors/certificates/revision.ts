/**
 * Whether a Secret or ConfigMap is a numbered copy of a revision (`etcd-all-certs-7`), which static pod operators keep long
 * after it has gone out of use. The certificates of etcd end in their node's name (`etcd-serving-master-0`), and have none.
 */
export function isRevision(name: string): boolean {
  return /-\d+$/.test(name) && !/^etcd-(?:serving|peer|serving-metrics)-/.test(name);
}
