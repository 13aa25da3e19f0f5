import { defineDetector } from '../model/detector.ts';
import { type Resource, readText } from '../model/resource.ts';
import { MINUTE, type Micros } from '../model/time.ts';
import { CERTAIN, LIKELY } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { type ContainerState, containersOf, isPlatformNamespace } from './workloads/containers.ts';

/** Kubelet waits 5 minutes at most between restarts: who crashes in a loop did so within this time. */
const RECENT = 15 * MINUTE;
const OFTEN = 5;

/** Pods of the platform that were restarting over and over at gather time. */
export const podCrashloop = defineDetector({
  about: {
    id: 'pod-crashloop',
    title: 'Pod restarts over and over',
    component: 'workloads',
    severity: 'warning',
    role: 'symptom',
    status: 'stable',
    causes: [
      {
        effect: 'operator-degraded-generic',
        join: ['operator'],
        strength: 'strong',
        because: 'the operator sees its operand, or itself, go down again and again',
      },
      {
        effect: 'olm-csv-failed',
        join: ['namespace'],
        strength: 'strong',
        because: 'an install check waits for a ready Deployment',
      },
    ],
    summary:
      'Container {container} of {pod} was restarted {restarts} times; it last ended with {reason} (exit code {exitCode}).',
    why: 'The container exits soon after each start. What it printed before it ended is in its previous log.',
    confirm: [
      { text: 'Read why it ended', run: 'oc logs -n {namespace} {name} -c {container} --previous', risk: 'safe' },
    ],
    collect: ['previous logs of the container'],
    falsePositives: ['A pod that crashed while something it needs was away, and sits out its back-off'],
  },
  needs: ['Pod'],
  detect({ facts, gatheredAt, report, noData }) {
    if (facts.Pod.length === 0) return noData('no Pod was gathered');
    for (const pod of facts.Pod) {
      if (!isPlatformNamespace(pod.namespace) || isOneShot(pod)) continue;
      const looping = containersOf(pod).filter((state) => loops(state, gatheredAt));
      const worst = looping.reduce<ContainerState | undefined>(
        (a, b) => (a === undefined || b.restarts > a.restarts ? b : a),
        undefined,
      );
      if (worst === undefined) continue;
      const node = readText(pod.body, 'spec.nodeName');
      report({
        title: `Container ${worst.name} of ${pod.namespace}/${pod.name} keeps restarting`,
        confidence: worst.waiting === 'CrashLoopBackOff' ? CERTAIN : LIKELY,
        entities: [
          { kind: 'pod', name: `${pod.namespace}/${pod.name}` },
          ...(node === undefined ? [] : [{ kind: 'node' as const, name: node }]),
        ],
        ...(worst.terminated?.at !== undefined && { lastSeen: worst.terminated.at }),
        count: Math.max(1, worst.restarts),
        captures: {
          name: pod.name,
          namespace: pod.namespace ?? '',
          container: worst.name,
          restarts: String(worst.restarts),
          reason: worst.terminated?.reason || 'an unknown reason',
          exitCode: worst.terminated?.exitCode || 'unknown',
        },
        evidence: looping.slice(0, 4).map((state) =>
          evidenceOf(pod, `${state.path}.restartCount`, {
            text: `${state.name}: restartCount ${state.restarts}${state.waiting === undefined ? '' : `, waiting: ${state.waiting}`}${ending(state)}`,
            at: state.terminated?.at,
          }),
        ),
      });
    }
  },
});

function loops(state: ContainerState, gatheredAt: Micros | undefined): boolean {
  if (state.waiting === 'CrashLoopBackOff') return true;
  const ended = state.terminated?.at;
  return (
    !state.ready &&
    state.restarts >= OFTEN &&
    state.terminated?.exitCode !== '0' &&
    ended !== undefined &&
    gatheredAt !== undefined &&
    gatheredAt - ended < RECENT
  );
}

function ending({ terminated }: ContainerState): string {
  return terminated === undefined ? '' : `, last ended: ${terminated.reason} (exit code ${terminated.exitCode})`;
}

/** Pods that are to end: installers, pruners, jobs. */
function isOneShot(pod: Resource): boolean {
  return (
    ['Succeeded', 'Failed'].includes(readText(pod.body, 'status.phase') ?? '') ||
    /^(installer|revision-pruner)-/.test(pod.name)
  );
}
