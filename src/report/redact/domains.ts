/** Domains that name software, not its owner. */
const PUBLIC = [
  'openshift.io',
  'openshift.com',
  'openshift.org',
  'k8s.io',
  'kubernetes.io',
  'redhat.com',
  'redhat.io',
  'quay.io',
  'docker.io',
  'docker.com',
  'gcr.io',
  'ghcr.io',
  'github.com',
  'golang.org',
  'google.com',
  'googleapis.com',
  'coreos.com',
  'metal3.io',
  'ovn.org',
  'cncf.io',
  'cncf.org',
  'cluster.local',
  'operatorframework.io',
  'gopkg.in',
  'uber.org',
  'kubevirt.io',
  'noobaa.io',
  'ceph.com',
  'rook.io',
  'cert-manager.io',
  'istio.io',
  'knative.dev',
  'tekton.dev',
  'argoproj.io',
  'prometheus.io',
  'grafana.com',
  'etcd.io',
  'kernel.org',
  'freedesktop.org',
  'w3.org',
  'fedoraproject.org',
  'systemd.io',
  'opencontainers.org',
  'projectcalico.org',
  'nvidia.com',
  'mellanox.com',
  'intel.com',
];

const TOP_LEVEL = new Set(
  (
    'com net org io dev local lan corp internal intranet intra localdomain home test cloud gov edu mil info biz tech app ' +
    'example invalid de fr uk nl ch at it es eu jp cn br au ca se no fi dk cz be ie nz kr us mx za ru tr il sg hk tw ae ' +
    'pt gr hu ro lu ar cl co sa qa ua sk si hr bg lt lv ee th vn ph'
  ).split(' '),
);

/** Second level of countries that register below it (`example.co.uk`). */
const SECOND_LEVEL = new Set(['co', 'com', 'ac', 'gov', 'or', 'ne', 'net', 'org', 'edu']);

export function isPublicDomain(name: string): boolean {
  const lower = name.toLowerCase();
  return PUBLIC.some((domain) => lower === domain || lower.endsWith(`.${domain}`)) || /\.svc$/.test(lower);
}

export function hasTopLevel(name: string): boolean {
  return TOP_LEVEL.has(name.slice(name.lastIndexOf('.') + 1).toLowerCase());
}

/** How many of the last labels somebody registered. */
export function registeredLabels(labels: readonly string[]): number {
  const country = labels.at(-1)!.length === 2 && SECOND_LEVEL.has(labels.at(-2) ?? '');
  return Math.min(labels.length, country ? 3 : 2);
}

/** Labels that every cluster has: they stay, for they tell what a name is for. */
export const COMMON_LABELS: ReadonlySet<string> = new Set(
  (
    'api api-int apps www registry mirror console oauth-openshift console-openshift-console downloads-openshift-console ' +
    'canary-openshift-ingress-canary bootstrap ns dns ntp mail smtp ldap vault proxy git etcd sso idp nfs s3 bmc ipmi svc'
  ).split(' '),
);
