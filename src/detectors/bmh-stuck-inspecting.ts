import { defineDetector } from '../model/detector.ts';
import { readText } from '../model/resource.ts';
import { formatDuration, formatTime, MINUTE } from '../model/time.ts';
import { CERTAIN, LIKELY } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { hostEntities, isDetached, provisioningState } from './metal/host.ts';
import { timeAt } from './objects/age.ts';

/** Ironic gives an inspection 30 minutes (`inspect_wait_timeout`) before it fails and the operator starts anew. */
const PATIENCE = 30 * MINUTE;

/** A BareMetalHost whose inspection has been running for longer than any inspection takes. */
export const bmhStuckInspecting = defineDetector({
  about: {
    id: 'bmh-stuck-inspecting',
    title: 'BareMetalHost does not get out of inspection',
    component: 'metal3',
    severity: 'critical',
    role: 'symptom',
    status: 'stable',
    causes: [
      {
        effect: 'control-plane-incomplete',
        join: ['host'],
        strength: 'strong',
        because: 'a control plane host that is never inspected is never provisioned and never joins',
      },
      {
        effect: 'machine-failed',
        join: ['host'],
        strength: 'strong',
        because: 'the Machine waits for its host',
      },
    ],
    summary: '{baremetalhost} has been inspecting for {age} without handing in an inventory.',
    why:
      'The host boots a ramdisk that must report its hardware. When no report comes, Ironic gives up after half an hour and the operator starts again, ' +
      'so the state keeps returning to inspecting.',
    confirm: [
      { text: 'See state, errors and power of the host', run: 'oc get {baremetalhost} -o yaml', risk: 'safe' },
      {
        text: 'Read what the ramdisk sent before it stopped',
        run: 'oc logs -n openshift-machine-api deploy/metal3 -c metal3-ramdisk-logs',
        risk: 'safe',
      },
      { text: 'Watch the console of the host through its BMC while it is inspecting', risk: 'safe' },
    ],
    fix: [
      {
        text: 'Remove what stops the ramdisk (a hardware loop, no DHCP lease, unmounted virtual media), then ask for another inspection',
        run: 'oc annotate baremetalhost {host} -n {namespace} inspect.metal3.io="" --overwrite',
        risk: 'disruptive',
      },
      { text: 'Keep the metal3 pod: its Ironic database and the ramdisk logs are gone with it', risk: 'safe' },
    ],
    collect: [
      'the BMC or serial console of the host while it is inspecting',
      'logs of the metal3 pod, containers metal3-ironic and metal3-ramdisk-logs',
    ],
    falsePositives: ['A very large machine may need more than 30 minutes; its second inspection then ends'],
  },
  needs: ['BareMetalHost'],
  detect({ facts, gatheredAt, report, noData }) {
    if (facts.BareMetalHost.length === 0) return noData('no BareMetalHost was gathered');
    for (const host of facts.BareMetalHost) {
      if (provisioningState(host) !== 'inspecting' || isDetached(host)) continue;
      const start =
        timeAt(host.body, 'status.operationHistory.inspect.start') ?? timeAt(host.body, 'metadata.creationTimestamp');
      const end = timeAt(host.body, 'status.operationHistory.inspect.end');
      if (start === undefined || gatheredAt === undefined) {
        noData(`nothing tells how long ${host.name} has been inspecting`);
        continue;
      }
      const age = gatheredAt - start;
      if (age <= PATIENCE || (end !== undefined && end >= start && gatheredAt - end <= PATIENCE)) continue;
      const error = readText(host.body, 'status.errorMessage') ?? '';
      report({
        title: `BareMetalHost ${host.name} has been inspecting for ${formatDuration(age)}`,
        confidence: age > 2 * PATIENCE ? CERTAIN : LIKELY,
        entities: hostEntities(host),
        captures: {
          host: host.name,
          namespace: host.namespace ?? 'openshift-machine-api',
          age: formatDuration(age),
          since: formatTime(start),
          poweredOn: readText(host.body, 'status.poweredOn') ?? 'unknown',
          ...(error !== '' && { error }),
        },
        evidence: [
          evidenceOf(host, 'status.provisioning.state'),
          evidenceOf(host, 'status.operationHistory.inspect.start', { at: start }),
          ...(error === '' ? [] : [evidenceOf(host, 'status.errorMessage')]),
        ],
      });
    }
  },
});
