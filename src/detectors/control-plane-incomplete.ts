import { defineDetector } from '../model/detector.ts';
import { CLUSTER } from '../model/entity.ts';
import type { Document, Facts } from '../model/facts.ts';
import type { Evidence } from '../model/finding.ts';
import { read, readText } from '../model/resource.ts';
import { MINUTE } from '../model/time.ts';
import { CERTAIN, LIKELY } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import {
  hostEntities,
  isControlPlaneHost,
  isControlPlaneMachine,
  machineEntities,
  provisioningState,
} from './metal/host.ts';
import { oldest, timeAt } from './objects/age.ts';
import { coreNodes, isControlPlane } from './objects/node.ts';
import { controlPlaneTopology, infrastructureOf } from './objects/topology.ts';

/** Control plane nodes join one after another in the first minutes of an installation. */
const JOINING = 45 * MINUTE;

const needs = ['Infrastructure', 'Node', 'Machine', 'BareMetalHost', 'documents'] as const;
type Known = Facts<(typeof needs)[number]>;

/** A highly available control plane with fewer nodes than it was given. */
export const controlPlaneIncomplete = defineDetector({
  about: {
    id: 'control-plane-incomplete',
    title: 'Control plane has fewer nodes than it should have',
    component: 'installation',
    severity: 'critical',
    role: 'symptom',
    status: 'stable',
    causes: [
      {
        effect: 'bootstrap-not-finished',
        join: ['cluster'],
        strength: 'strong',
        because: 'the bootstrap member may leave only when three etcd members are healthy',
      },
      {
        effect: 'etcd-two-voting-members',
        join: ['cluster'],
        strength: 'strong',
        because: 'every control plane node carries one etcd member',
      },
    ],
    summary: '{present} of {expected} control plane nodes exist; missing: {missing}.',
    why: 'A control plane host never became a Node. With two etcd members both are needed for quorum, so nothing may fail any more.',
    confirm: [
      { text: 'List control plane nodes', run: 'oc get nodes -l node-role.kubernetes.io/master', risk: 'safe' },
      {
        text: 'See which host or machine did not get there',
        run: 'oc get baremetalhost,machine -n openshift-machine-api',
        risk: 'safe',
      },
    ],
    fix: [
      { text: 'Repair the provisioning of the missing host before anything else is changed', risk: 'disruptive' },
      {
        text: 'Until then neither reboot the other control plane nodes nor move their static pod manifests',
        risk: 'safe',
      },
    ],
    collect: ['BareMetalHost and Machine objects of openshift-machine-api', 'the console of the missing host'],
    falsePositives: ['A control plane node that was removed on purpose and is being replaced'],
  },
  needs,
  detect({ facts, gatheredAt, report, noData }) {
    const infrastructure = infrastructureOf(facts.Infrastructure);
    if (coreNodes(facts).length === 0) return noData('no Node was gathered');
    const topology = controlPlaneTopology(facts.Infrastructure);
    const wanted = installedReplicas(facts.documents.get('install-config') ?? []);
    if (topology === undefined && wanted === undefined) return noData('the control plane topology is unknown');
    const nodes = coreNodes(facts).filter(isControlPlane);
    const expected = expectedReplicas(topology, wanted?.replicas);
    // Without a single control plane node the gather holds a selection of nodes, or is of a hosted cluster.
    if (expected === undefined || nodes.length === 0 || nodes.length >= expected) return;
    const born =
      timeAt(infrastructure?.body, 'metadata.creationTimestamp') ??
      oldest(nodes.map((node) => timeAt(node.body, 'metadata.creationTimestamp')));
    if (born !== undefined && gatheredAt !== undefined && gatheredAt - born < JOINING) return;
    const missing = missingHosts(facts);
    const names = missing.map(({ name }) => name);
    report({
      title: `${nodes.length} of ${expected} control plane nodes exist`,
      confidence: missing.length > 0 ? CERTAIN : LIKELY,
      entities: [CLUSTER, ...missing.flatMap(({ entities }) => entities)],
      captures: {
        present: String(nodes.length),
        expected: String(expected),
        nodes: nodes.map(({ name }) => name).join(', '),
        missing: names.join(', ') || 'unknown',
      },
      evidence: [
        ...(infrastructure === undefined ? [] : [evidenceOf(infrastructure, 'status.controlPlaneTopology')]),
        ...(infrastructure === undefined && wanted !== undefined ? [wanted.evidence] : []),
        ...nodes.map((node) => evidenceOf(node, 'metadata.name')),
        ...missing.map(({ evidence }) => evidence),
      ],
    });
  },
});

/** Without the Infrastructure object the install-config tells. */
function expectedReplicas(topology: string | undefined, installed: number | undefined): number | undefined {
  if (topology === 'DualReplica' || topology === 'HighlyAvailableArbiter') return 2;
  if (topology === undefined) return installed;
  return topology === 'HighlyAvailable' ? (installed ?? 3) : undefined;
}

function installedReplicas(
  installConfigs: readonly Document[],
): { readonly replicas: number; readonly evidence: Evidence } | undefined {
  for (const document of installConfigs) {
    const replicas = read(document.body, 'controlPlane.replicas');
    if (typeof replicas === 'number' && Number.isInteger(replicas) && replicas >= 3 && replicas <= 5)
      return { replicas, evidence: evidenceOf(document, 'controlPlane.replicas') };
  }
  return undefined;
}

/** Hosts and Machines of the control plane that no Node came from. */
function missingHosts(facts: Known) {
  const hosts = facts.BareMetalHost.filter(
    (host) => isControlPlaneHost(host, facts.Machine) && !provisioningState(host).endsWith('provisioned'),
  ).map((host) => ({
    name: host.name,
    entities: hostEntities(host),
    evidence: evidenceOf(host, 'status.provisioning.state'),
  }));
  if (hosts.length > 0) return hosts;
  return facts.Machine.filter(
    (machine) => isControlPlaneMachine(machine) && readText(machine.body, 'status.nodeRef.name') === undefined,
  ).map((machine) => ({
    name: machine.name,
    entities: machineEntities(machine),
    evidence: evidenceOf(machine, 'status.phase'),
  }));
}
