import { defineDetector } from '../model/detector.ts';
import { type Resource, readText } from '../model/resource.ts';
import { formatDuration, MINUTE, type Micros } from '../model/time.ts';
import { CERTAIN, LIKELY } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { machineEntities } from './metal/host.ts';
import { timeAt } from './objects/age.ts';

/** A host of bare metal is inspected, written and booted twice within this time. */
const JOINS = 45 * MINUTE;

/** Machines that failed, or exist for long and never became a Node. */
export const machineFailed = defineDetector({
  about: {
    id: 'machine-failed',
    title: 'Machine did not become a Node',
    component: 'machine-api',
    severity: 'warning',
    role: 'symptom',
    status: 'stable',
    causes: [
      { effect: 'workers-missing', join: ['cluster'], strength: 'likely', because: 'each worker is a Machine first' },
      {
        effect: 'control-plane-incomplete',
        join: ['machine'],
        strength: 'likely',
        because: 'a control plane Machine without a node leaves the control plane short',
      },
    ],
    summary: 'Machine {machine} is {phase} for {age} and has no Node. {error}',
    why: 'Provisioned without a Node means that the host came up but did not join: Ignition, network or certificates. Failed means that the infrastructure refused.',
    confirm: [
      { text: 'List machines with their hosts', run: 'oc get machine -n openshift-machine-api -o wide', risk: 'safe' },
      { text: 'Is a certificate request waiting?', run: 'oc get csr', risk: 'safe' },
    ],
    fix: [
      { text: 'Repair what keeps the host from joining; its console tells how far it got', risk: 'safe' },
      {
        text: 'A Failed machine never recovers: delete it, and its MachineSet makes a new one',
        run: 'oc delete machine -n openshift-machine-api {name}',
        risk: 'destructive',
      },
    ],
    collect: ['the console of the instance or host', 'logs of the machine-api controllers'],
  },
  needs: ['Machine'],
  detect({ facts, gatheredAt, report, noData }) {
    const machines = facts.Machine.filter(({ group }) => group === 'machine.openshift.io');
    if (machines.length === 0) return noData('no Machine was gathered');
    for (const machine of machines) {
      const phase = readText(machine.body, 'status.phase') ?? '';
      const born = timeAt(machine.body, 'metadata.creationTimestamp');
      if (!isStuck(machine, phase, born, gatheredAt)) continue;
      const error = readText(machine.body, 'status.errorMessage') ?? '';
      const age =
        born === undefined || gatheredAt === undefined ? 'an unknown time' : formatDuration(gatheredAt - born);
      report({
        severity: phase === 'Failed' ? 'error' : 'warning',
        title: `Machine ${machine.name} is ${phase || 'without a phase'} and has no Node`,
        confidence: phase === 'Failed' ? CERTAIN : LIKELY,
        entities: machineEntities(machine),
        captures: { name: machine.name, phase: phase || 'without a phase', age, error: error.slice(0, 500) },
        evidence: [
          evidenceOf(machine, 'status.phase', { at: born }),
          ...(error === '' ? [] : [evidenceOf(machine, 'status.errorMessage')]),
        ],
      });
    }
  },
});

function isStuck(machine: Resource, phase: string, born: Micros | undefined, gatheredAt: Micros | undefined): boolean {
  if (readText(machine.body, 'status.nodeRef.name') !== undefined) return phase === 'Failed';
  if (phase === 'Failed') return true;
  const waiting = ['', 'Provisioning', 'Provisioned'].includes(phase);
  return waiting && born !== undefined && gatheredAt !== undefined && gatheredAt - born > JOINS;
}
