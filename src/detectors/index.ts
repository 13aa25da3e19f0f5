import type { Detector } from '../model/detector.ts';
import { apiserviceUnavailable } from './apiservice-unavailable.ts';
import { bmhPoweredonMismatch } from './bmh-poweredon-mismatch.ts';
import { bmhStuckInspecting } from './bmh-stuck-inspecting.ts';
import { certificateExpired } from './certificate-expired.ts';
import { certificateExpiresSoon } from './certificate-expires-soon.ts';
import { clusterMtuDiffers } from './cluster-mtu-differs.ts';
import { connectivityOutagePattern } from './connectivity-outage-pattern.ts';
import { controlPlaneIncomplete } from './control-plane-incomplete.ts';
import { criticalAlertFiring } from './critical-alert-firing.ts';
import { csrApprovedNotIssued } from './csr-approved-not-issued.ts';
import { csrPending } from './csr-pending.ts';
import { duplicateNodeAddress } from './duplicate-node-address.ts';
import { etcdAlarmActive } from './etcd-alarm-active.ts';
import { etcdDbLarge } from './etcd-db-large.ts';
import { etcdFragmented } from './etcd-fragmented.ts';
import { etcdMemberLagging } from './etcd-member-lagging.ts';
import { etcdMemberMismatch } from './etcd-member-mismatch.ts';
import { etcdMembersDegraded } from './etcd-members-degraded.ts';
import { etcdMirrorPodMissing } from './etcd-mirror-pod-missing.ts';
import { etcdObjectFlood } from './etcd-object-flood.ts';
import { etcdQuorumLost } from './etcd-quorum-lost.ts';
import { etcdTwoVotingMembers } from './etcd-two-voting-members.ts';
import { hostLogCollectionGap } from './host-log-collection-gap.ts';
import { ironicBmhDuplicateMac } from './ironic-bmh-duplicate-mac.ts';
import { issuerNotTrusted } from './issuer-not-trusted.ts';
import { kubeletFirstRotationWindow } from './kubelet-first-rotation-window.ts';
import { kubeletVersionSkew } from './kubelet-version-skew.ts';
import { machineFailed } from './machine-failed.ts';
import { mcoPoolPaused } from './mco-pool-paused.ts';
import { mcpUpdateStalled } from './mcp-update-stalled.ts';
import { metal3PodMissing } from './metal3-pod-missing.ts';
import { networkOverlap } from './network-overlap.ts';
import { noSchedulableWorkers } from './no-schedulable-workers.ts';
import { nodeMtuDiffers } from './node-mtu-differs.ts';
import { nodeOvnAnnotationsMissing } from './node-ovn-annotations-missing.ts';
import { nodeStatusUnknown } from './node-status-unknown.ts';
import { operatorDegradedGeneric } from './operator-degraded-generic.ts';
import { pdbBlocksDrain } from './pdb-blocks-drain.ts';
import { podCrashloop } from './pod-crashloop.ts';
import { restartStorm } from './restart-storm.ts';
import { servingCaMismatch } from './serving-ca-mismatch.ts';
import { staleControlPlaneStatus } from './stale-control-plane-status.ts';
import { staticPodRevisionStuck } from './static-pod-revision-stuck.ts';
import { unexpectedTaint } from './unexpected-taint.ts';
import { upgradeUnfinished } from './upgrade-unfinished.ts';
import { vipDuplicated } from './vip-duplicated.ts';
import { vipEqualsNicAddress } from './vip-equals-nic-address.ts';
import { vipEqualsNodeAddress } from './vip-equals-node-address.ts';
import { vipHolders } from './vip-holders.ts';
import { vipNotInMachineNetwork } from './vip-not-in-machine-network.ts';
import { warningAlertFiring } from './warning-alert-firing.ts';
import { webhookServiceWithoutEndpoints } from './webhook-service-without-endpoints.ts';
import { workersMissing } from './workers-missing.ts';
import { workloadControllersFrozen } from './workload-controllers-frozen.ts';

/** All detectors, sorted by id. */
export const detectors: readonly Detector[] = [
  apiserviceUnavailable,
  bmhPoweredonMismatch,
  bmhStuckInspecting,
  certificateExpired,
  certificateExpiresSoon,
  clusterMtuDiffers,
  connectivityOutagePattern,
  controlPlaneIncomplete,
  criticalAlertFiring,
  csrApprovedNotIssued,
  csrPending,
  duplicateNodeAddress,
  etcdAlarmActive,
  etcdDbLarge,
  etcdFragmented,
  etcdMemberLagging,
  etcdMemberMismatch,
  etcdMembersDegraded,
  etcdMirrorPodMissing,
  etcdObjectFlood,
  etcdQuorumLost,
  etcdTwoVotingMembers,
  hostLogCollectionGap,
  ironicBmhDuplicateMac,
  issuerNotTrusted,
  kubeletFirstRotationWindow,
  kubeletVersionSkew,
  machineFailed,
  mcoPoolPaused,
  mcpUpdateStalled,
  metal3PodMissing,
  networkOverlap,
  noSchedulableWorkers,
  nodeMtuDiffers,
  nodeOvnAnnotationsMissing,
  nodeStatusUnknown,
  operatorDegradedGeneric,
  pdbBlocksDrain,
  podCrashloop,
  restartStorm,
  servingCaMismatch,
  staleControlPlaneStatus,
  staticPodRevisionStuck,
  unexpectedTaint,
  upgradeUnfinished,
  vipDuplicated,
  vipEqualsNicAddress,
  vipEqualsNodeAddress,
  vipHolders,
  vipNotInMachineNetwork,
  warningAlertFiring,
  webhookServiceWithoutEndpoints,
  workersMissing,
  workloadControllersFrozen,
];
