import { defineDetector } from '../model/detector.ts';
import type { Resource } from '../model/resource.ts';
import { read } from '../model/resource.ts';
import { MINUTE, type Micros } from '../model/time.ts';
import { CERTAIN } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { hostEntities, isDetached, provisioningState } from './metal/host.ts';
import { newest, timeAt } from './objects/age.ts';

const ON_STATES = ['inspecting', 'provisioning', 'provisioned', 'externally provisioned'];
/** A power change takes a few minutes to come back from a BMC. */
const SETTLES = 10 * MINUTE;

/** A BareMetalHost that should be powered on and is recorded as off. */
export const bmhPoweredonMismatch = defineDetector({
  about: {
    id: 'bmh-poweredon-mismatch',
    title: 'BareMetalHost is recorded as powered off although it should run',
    component: 'metal3',
    severity: 'warning',
    role: 'symptom',
    status: 'stable',
    causes: [
      {
        effect: 'bmh-stuck-inspecting',
        join: ['baremetalhost'],
        strength: 'weak',
        because: 'a host that is really off never boots the inspection ramdisk; often only the recorded state is wrong',
      },
    ],
    summary: '{baremetalhost} should be on, its recorded power state is off ({state}).',
    why: 'Ironic reads the power state from the BMC. When the two disagree, the BMC answers wrongly or not at all, or a power command got lost.',
    confirm: [
      {
        text: 'Compare wish and record',
        run: 'oc get baremetalhost {host} -n {namespace} -o jsonpath="{.spec.online} {.status.poweredOn}"',
        risk: 'safe',
      },
      { text: 'Ask the BMC itself for the power state', risk: 'safe' },
    ],
    fix: [
      {
        text: 'Switch the host off at its BMC, set spec.online to false, wait until both agree, then set it to true',
        risk: 'disruptive',
      },
    ],
    collect: ['the power state that the BMC shows, and its event log'],
  },
  needs: ['BareMetalHost'],
  detect({ facts, gatheredAt, report, noData }) {
    if (facts.BareMetalHost.length === 0) return noData('no BareMetalHost was gathered');
    for (const host of facts.BareMetalHost) {
      if (!mismatched(host)) continue;
      const changed = lastChange(host);
      if (changed !== undefined && gatheredAt !== undefined && gatheredAt - changed < SETTLES) continue;
      report({
        title: `BareMetalHost ${host.name} should be on and is recorded as off`,
        confidence: CERTAIN,
        entities: hostEntities(host),
        captures: {
          host: host.name,
          namespace: host.namespace ?? 'openshift-machine-api',
          state: provisioningState(host),
        },
        evidence: [evidenceOf(host, 'status.poweredOn'), evidenceOf(host, 'spec.online')],
      });
    }
  },
});

function mismatched(host: Resource): boolean {
  return (
    read(host.body, 'spec.online') === true &&
    read(host.body, 'status.poweredOn') === false &&
    ON_STATES.includes(provisioningState(host)) &&
    !isDetached(host)
  );
}

function lastChange(host: Resource): Micros | undefined {
  const operations = ['inspect', 'provision', 'register'].map((name) =>
    timeAt(host.body, `status.operationHistory.${name}.start`),
  );
  return timeAt(host.body, 'status.lastUpdated') ?? newest(operations);
}
