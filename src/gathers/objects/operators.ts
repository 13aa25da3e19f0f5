import { HOUR, MINUTE } from '../../model/time.ts';
import { type Cluster, platformOf } from '../cluster.ts';
import { condition, type KubeObject, managedBy, meta } from '../kube.ts';
import type { Random } from '../random.ts';
import { olderThan } from '../release.ts';
import { type OperatorSpec, operators } from './operator-catalogue.ts';

/** All ClusterOperators of a bare-metal cluster, healthy. */
export function clusterOperators(cluster: Cluster, random: Random): KubeObject[] {
  return operatorsOf(cluster).map((spec) => clusterOperator(cluster, spec, random.fork(spec.name)));
}

/** Catalogd came with 4.18; where there is no bare metal, its operator says so. */
function operatorsOf(cluster: Cluster): OperatorSpec[] {
  const idle: Pick<OperatorSpec, 'available' | 'progressing' | 'degraded'> = {
    available: ['UnsupportedPlatform', 'Nothing to do on this Platform'],
    progressing: ['UnsupportedPlatform', 'Nothing to do on this Platform'],
    degraded: ['UnsupportedPlatform', 'Nothing to do on this Platform'],
  };
  return operators(cluster)
    .filter(({ name }) => name !== 'olm' || !olderThan(cluster.version, '4.18'))
    .map((spec) => (spec.name === 'baremetal' && platformOf(cluster) !== 'BareMetal' ? { ...spec, ...idle } : spec));
}

function clusterOperator(cluster: Cluster, spec: OperatorSpec, random: Random): KubeObject {
  const created = cluster.installStarted + 9 * MINUTE + random.int(0, 200) * 1_000_000;
  const settled = created + 20 * MINUTE + Math.round(random.next() * 0.4 * HOUR);
  const named = (type: string, status: boolean, text: readonly [string?, string?] = []) =>
    condition(type, status, settled, text[0] || undefined, text[1] || undefined);
  return {
    apiVersion: 'config.openshift.io/v1',
    kind: 'ClusterOperator',
    metadata: meta(random, spec.name, created, {
      annotations: {
        'exclude.release.openshift.io/internal-openshift-hosted': 'true',
        'include.release.openshift.io/self-managed-high-availability': 'true',
      },
      generation: 1,
      managedFields: [
        managedBy(
          'cluster-version-operator',
          created,
          { 'f:spec': {}, 'f:status': { '.': {}, 'f:versions': {} } },
          'config.openshift.io/v1',
        ),
      ],
      ownerReferences: [
        {
          apiVersion: 'config.openshift.io/v1',
          controller: true,
          kind: 'ClusterVersion',
          name: 'version',
          uid: cluster.id,
        },
      ],
    }),
    spec: {},
    status: {
      conditions: [
        named('Degraded', false, spec.degraded),
        named('Progressing', false, spec.progressing),
        named('Available', true, spec.available),
        named('Upgradeable', true, ['AsExpected']),
      ],
      extension: null,
      relatedObjects: [
        { group: '', name: spec.namespace, resource: 'namespaces' },
        { group: 'operator.openshift.io', name: 'cluster', resource: spec.name },
      ],
      versions: [{ name: 'operator', version: cluster.version }],
    },
  };
}
