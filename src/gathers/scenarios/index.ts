import { bootstrapWrongLoadBalancer } from './bootstrap-wrong-load-balancer.ts';
import { dnsUpstreamBlocked } from './dns-upstream-blocked.ts';
import { etcdPartition } from './etcd-partition.ts';
import { etcdQuorumLost } from './etcd-quorum-lost.ts';
import { etcdSlowDisk } from './etcd-slow-disk.ts';
import { healthyNoisy } from './healthy-noisy.ts';
import { idpCertificateExpired } from './idp-certificate-expired.ts';
import { imagePullUnauthorized } from './image-pull-unauthorized.ts';
import { imagePullX509 } from './image-pull-x509.ts';
import { ingressNoWorkers } from './ingress-no-workers.ts';
import { kubeletClientCertExpired } from './kubelet-client-cert-expired.ts';
import { mcpDrift } from './mcp-drift.ts';
import { ovnkubeCrash } from './ovnkube-crash.ts';
import { ovsConfigurationFailed } from './ovs-configuration-failed.ts';
import type { Scenario } from './scenario-module.ts';
import { upgradeBlockedByPdb } from './upgrade-blocked-by-pdb.ts';
import { upgradeUnderWay } from './upgrade-under-way.ts';
import { vipOutsideMachineNetwork } from './vip-outside-machine-network.ts';
import { volumeMultiAttach } from './volume-multi-attach.ts';
import { webhookBlocksPods } from './webhook-blocks-pods.ts';

export const SCENARIOS: readonly Scenario[] = [
  vipOutsideMachineNetwork,
  healthyNoisy,
  etcdSlowDisk,
  kubeletClientCertExpired,
  ingressNoWorkers,
  mcpDrift,
  ovsConfigurationFailed,
  webhookBlocksPods,
  imagePullX509,
  ovnkubeCrash,
  etcdPartition,
  upgradeUnderWay,
  etcdQuorumLost,
  bootstrapWrongLoadBalancer,
  idpCertificateExpired,
  imagePullUnauthorized,
  upgradeBlockedByPdb,
  volumeMultiAttach,
  dnsUpstreamBlocked,
];
