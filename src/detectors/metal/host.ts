import type { Entity } from '../../model/entity.ts';
import { type Resource, readText } from '../../model/resource.ts';
import { annotation, hasLabel } from '../objects/node.ts';

/** The host, and the Machine that consumes it where one does. */
export function hostEntities(host: Resource): Entity[] {
  const namespace = host.namespace ?? 'openshift-machine-api';
  const machine = readText(host.body, 'spec.consumerRef.name');
  return [
    { kind: 'baremetalhost', name: `${namespace}/${host.name}` },
    ...(machine === undefined || readText(host.body, 'spec.consumerRef.kind') !== 'Machine'
      ? []
      : [
          {
            kind: 'machine' as const,
            name: `${readText(host.body, 'spec.consumerRef.namespace') ?? namespace}/${machine}`,
          },
        ]),
  ];
}

/** A Machine, with the BareMetalHost that it was bound to. */
export function machineEntities(machine: Resource): Entity[] {
  const host = annotation(machine, 'metal3.io/BareMetalHost');
  return [
    { kind: 'machine', name: `${machine.namespace ?? 'openshift-machine-api'}/${machine.name}` },
    ...(host?.includes('/') ? [{ kind: 'baremetalhost' as const, name: host }] : []),
  ];
}

/** A host that the operator only records: nobody drives its state. */
export function isDetached(host: Resource): boolean {
  return annotation(host, 'baremetalhost.metal3.io/detached') !== undefined;
}

export function provisioningState(host: Resource): string {
  return readText(host.body, 'status.provisioning.state') ?? '';
}

/** A Machine of the control plane by its role labels. */
export function isControlPlaneMachine(machine: Resource): boolean {
  const roles = ['machine.openshift.io/cluster-api-machine-role', 'machine.openshift.io/cluster-api-machine-type'];
  return roles.some((label) => readText(machine.body, `metadata.labels."${label}"`) === 'master');
}

/** A host meant for the control plane: by the installer's label, or by the Machine that consumes it. */
export function isControlPlaneHost(host: Resource, machines: readonly Resource[]): boolean {
  if (hasLabel(host, ['installer.openshift.io/role'])) {
    return readText(host.body, 'metadata.labels."installer.openshift.io/role"') === 'control-plane';
  }
  const consumer = readText(host.body, 'spec.consumerRef.name');
  const machine = machines.find(({ name }) => name === consumer);
  return machine !== undefined ? isControlPlaneMachine(machine) : /-master-\d+$/.test(consumer ?? '');
}
