import { bmcWrongCredentials } from './bmc-wrong-credentials.ts';
import { bootstrapWrongLoadBalancer } from './bootstrap-wrong-load-balancer.ts';
import { clockJump } from './clock-jump.ts';
import { cniApiUnreachable } from './cni-api-unreachable.ts';
import { cniKubeletAnonymous } from './cni-kubelet-anonymous.ts';
import { cniOvnDatabase } from './cni-ovn-database.ts';
import { diskDying } from './disk-dying.ts';
import { dnsUpstreamBlocked } from './dns-upstream-blocked.ts';
import { duplicateNodeAddress } from './duplicate-node-address.ts';
import { etcdDatabaseFull } from './etcd-database-full.ts';
import { etcdPartition } from './etcd-partition.ts';
import { etcdQuorumLost } from './etcd-quorum-lost.ts';
import { etcdSlowDisk } from './etcd-slow-disk.ts';
import { healthyAfterReboot } from './healthy-after-reboot.ts';
import { healthyInstallingTail } from './healthy-installing-tail.ts';
import { healthyNoisy } from './healthy-noisy.ts';
import { idpCertificateExpired } from './idp-certificate-expired.ts';
import { imagePullUnauthorized } from './image-pull-unauthorized.ts';
import { imagePullX509 } from './image-pull-x509.ts';
import { ingressNoWorkers } from './ingress-no-workers.ts';
import { kubeletClientCertExpired } from './kubelet-client-cert-expired.ts';
import { mcpDrift } from './mcp-drift.ts';
import { mtuTooSmall } from './mtu-too-small.ts';
import { nodeDiskFull } from './node-disk-full.ts';
import { nodeOutOfMemory } from './node-out-of-memory.ts';
import { ovnkubeCrash } from './ovnkube-crash.ts';
import { ovsConfigurationFailed } from './ovs-configuration-failed.ts';
import { runtimeStorageCorrupt } from './runtime-storage-corrupt.ts';
import type { Scenario } from './scenario-module.ts';
import { upgradeBlockedByPdb } from './upgrade-blocked-by-pdb.ts';
import { upgradeUnderWay } from './upgrade-under-way.ts';
import { vipOutsideMachineNetwork } from './vip-outside-machine-network.ts';
import { volumeAttachDenied } from './volume-attach-denied.ts';
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
  cniOvnDatabase,
  cniKubeletAnonymous,
  cniApiUnreachable,
  duplicateNodeAddress,
  nodeDiskFull,
  nodeOutOfMemory,
  runtimeStorageCorrupt,
  clockJump,
  diskDying,
  bmcWrongCredentials,
  mtuTooSmall,
  healthyAfterReboot,
  etcdDatabaseFull,
  healthyInstallingTail,
  volumeAttachDenied,
];
