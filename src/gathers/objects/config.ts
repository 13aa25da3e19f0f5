import { HOUR, MINUTE } from '../../model/time.ts';
import { type Cluster, masters, platformOf, workers } from '../cluster.ts';
import { condition, type KubeObject, managedBy, meta } from '../kube.ts';
import type { Random } from '../random.ts';
import { releaseOf } from '../release.ts';
import { seconds } from '../stamps.ts';
import { infrastructure } from './infrastructure.ts';
import { installConfig } from './install-config.ts';

/** Cluster-wide configuration: version, infrastructure, networks, DNS, proxy, install-config. */
export function configObjects(cluster: Cluster, random: Random): KubeObject[] {
  return [
    clusterVersion(cluster, random),
    infrastructure(cluster, random),
    network(cluster, random),
    {
      apiVersion: 'config.openshift.io/v1',
      kind: 'DNS',
      metadata: meta(random, 'cluster', cluster.installStarted),
      spec: { baseDomain: `${cluster.name}.${cluster.domain}`, platformSpec: { aws: null, type: '' } },
      status: {},
    },
    {
      apiVersion: 'config.openshift.io/v1',
      kind: 'Ingress',
      metadata: meta(random, 'cluster', cluster.installStarted),
      spec: { domain: `apps.${cluster.name}.${cluster.domain}`, loadBalancer: { platform: { type: '' } } },
      status: { defaultPlacement: workers(cluster).length > 0 ? 'Workers' : 'ControlPlane' },
    },
    {
      apiVersion: 'config.openshift.io/v1',
      kind: 'Proxy',
      metadata: meta(random, 'cluster', cluster.installStarted),
      spec: { trustedCA: { name: '' } },
      status: {},
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: meta(random, 'cluster-config-v1', cluster.installStarted + 2 * MINUTE, { namespace: 'kube-system' }),
      data: { 'install-config': installConfig(cluster) },
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: meta(random, 'kube-root-ca.crt', cluster.installStarted + 3 * MINUTE, { namespace: 'kube-system' }),
      data: { 'ca.crt': '-----BEGIN CERTIFICATE-----\nMIIDMjCCAhqgAwIBAgIIMINIATURE\n-----END CERTIFICATE-----\n' },
    },
    ...(platformOf(cluster) === 'BareMetal' ? [provisioning(cluster, random)] : []),
  ];
}

function clusterVersion(cluster: Cluster, random: Random): KubeObject {
  const image = `quay.io/openshift-release-dev/ocp-release@sha256:${random.hex(64)}`;
  const { minor } = releaseOf(cluster.version);
  const done = cluster.installCompleted;
  const since = done ?? cluster.installStarted + HOUR;
  return {
    apiVersion: 'config.openshift.io/v1',
    kind: 'ClusterVersion',
    metadata: meta(random, 'version', cluster.installStarted + MINUTE, {
      generation: 2,
      managedFields: [
        managedBy(
          'cluster-bootstrap',
          cluster.installStarted + MINUTE,
          { 'f:spec': { '.': {}, 'f:channel': {}, 'f:clusterID': {} } },
          'config.openshift.io/v1',
        ),
      ],
    }),
    spec: { channel: `stable-${minor}`, clusterID: cluster.id },
    status: {
      availableUpdates: null,
      conditions: [
        condition(
          'RetrievedUpdates',
          false,
          since,
          'VersionNotFound',
          `Unable to retrieve available updates: currently reconciling cluster version ${cluster.version} not found in the "stable-${minor}" channel`,
        ),
        condition(
          'ReleaseAccepted',
          true,
          cluster.installStarted + 2 * MINUTE,
          'PayloadLoaded',
          `Payload loaded version="${cluster.version}" image="${image}" architecture="amd64"`,
        ),
        condition(
          'Available',
          done !== undefined,
          since,
          undefined,
          done === undefined ? undefined : `Done applying ${cluster.version}`,
        ),
        condition('Failing', false, since),
        condition(
          'Progressing',
          done === undefined,
          since,
          undefined,
          done === undefined ? `Working towards ${cluster.version}` : `Cluster version is ${cluster.version}`,
        ),
      ],
      desired: {
        channels: ['candidate', 'fast', 'stable'].map((stream) => `${stream}-${minor}`),
        image,
        version: cluster.version,
      },
      history: [
        {
          completionTime: done === undefined ? null : seconds(done),
          image,
          startedTime: seconds(cluster.installStarted + MINUTE),
          state: done === undefined ? 'Partial' : 'Completed',
          verified: false,
          version: cluster.version,
        },
      ],
      observedGeneration: 2,
      versionHash: 'LAWJJ1vGQ4M=',
    },
  };
}

function network(cluster: Cluster, random: Random): KubeObject {
  const ranges = {
    clusterNetwork: [{ cidr: cluster.clusterNetwork, hostPrefix: 23 }],
    networkType: 'OVNKubernetes',
    serviceNetwork: [cluster.serviceNetwork],
  };
  return {
    apiVersion: 'config.openshift.io/v1',
    kind: 'Network',
    metadata: meta(random, 'cluster', cluster.installStarted),
    spec: {
      ...ranges,
      externalIP: { policy: {} },
      networkDiagnostics: { mode: '', sourcePlacement: {}, targetPlacement: {} },
    },
    status: { ...ranges, clusterNetworkMTU: 1400 },
  };
}

function provisioning(cluster: Cluster, random: Random): KubeObject {
  return {
    apiVersion: 'metal3.io/v1alpha1',
    kind: 'Provisioning',
    metadata: meta(random, 'provisioning-configuration', cluster.installStarted + 3 * MINUTE, {
      finalizers: ['provisioning.metal3.io'],
      generation: 1,
    }),
    spec: {
      preProvisioningOSDownloadURLs: {},
      provisioningMacAddresses: masters(cluster).map((node) => node.mac),
      provisioningNetwork: 'Disabled',
      provisioningOSDownloadURL: '',
      watchAllNamespaces: false,
    },
    status: {
      generations: [
        {
          group: 'apps',
          hash: '',
          lastGeneration: 1,
          name: 'metal3',
          namespace: 'openshift-machine-api',
          resource: 'deployments',
        },
      ],
      observedGeneration: 1,
      readyReplicas: 0,
    },
  };
}
