import { defineDetector } from '../model/detector.ts';
import { read, readText } from '../model/resource.ts';
import { CERTAIN } from './confidence.ts';
import { evidenceOf } from './evidence.ts';

/** What Geneve puts around a packet, and what IPsec adds. */
const OVERHEAD = 100;

/** The MTU that was asked for is not the one that the pods have. */
export const clusterMtuDiffers = defineDetector({
  about: {
    id: 'cluster-mtu-differs',
    title: 'The MTU of the cluster network is not the one that is configured',
    component: 'network configuration',
    severity: 'warning',
    role: 'cause',
    status: 'stable',
    recovery: 'in-place',
    causes: [
      {
        effect: 'mtu-mismatch',
        join: ['cluster'],
        strength: 'likely',
        because: 'the operator refuses an MTU that changes outside a migration',
      },
    ],
    summary: 'The cluster network has an MTU of {applied}; the network operator is told {wanted}.',
    why: `The MTU of a running cluster changes only by a migration with two reboots of every node. Edited directly, the operator refuses it, and nodes that join meanwhile may get the other value: large packets then vanish between them. Geneve needs ${OVERHEAD} bytes less than the machines' network carries.`,
    confirm: [
      {
        text: 'Compare what is wanted with what is',
        run: "oc get network.config cluster -o jsonpath='{.status.clusterNetworkMTU}'; oc get network.operator cluster -o jsonpath='{.spec.defaultNetwork.ovnKubernetesConfig.mtu}'",
        risk: 'safe',
      },
    ],
    fix: [
      {
        text: 'Set the operator back to the value in effect, or change it by the documented migration',
        risk: 'disruptive',
      },
    ],
    references: ['https://docs.openshift.com/container-platform/latest/networking/changing-cluster-network-mtu.html'],
  },
  needs: ['Network'],
  detect({ facts, report, noData }) {
    const named = facts.Network.filter(({ name }) => name === 'cluster');
    const live = named.find(({ group }) => group === 'config.openshift.io');
    const operator = named.find(({ group }) => group === 'operator.openshift.io');
    if (live === undefined || operator === undefined) return noData('the Network objects were not gathered');
    const migrating =
      read(operator.body, 'spec.migration.mtu') !== undefined || read(live.body, 'status.migration.mtu') !== undefined;
    const kind =
      readText(live.body, 'status.networkType') === 'OpenShiftSDN' ? 'openshiftSDNConfig' : 'ovnKubernetesConfig';
    const path = `spec.defaultNetwork.${kind}.mtu`;
    const [wanted, applied] = [read(operator.body, path), read(live.body, 'status.clusterNetworkMTU')];
    if (migrating || typeof wanted !== 'number' || typeof applied !== 'number' || wanted === applied) return;
    report({
      title: `The MTU of the cluster network is ${applied}, not ${wanted}`,
      confidence: CERTAIN,
      entities: [{ kind: 'operator', name: 'network' }],
      captures: { wanted: String(wanted), applied: String(applied) },
      evidence: [evidenceOf(operator, path), evidenceOf(live, 'status.clusterNetworkMTU')],
    });
  },
});
