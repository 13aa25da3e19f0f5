import type { DetectorInput } from '../model/detector.ts';
import { defineDetector } from '../model/detector.ts';
import type { Entity } from '../model/entity.ts';
import { CERTAIN, LIKELY } from './confidence.ts';
import { endpointHealth, etcdMembers, memberAt, memberEntities } from './etcd/members.ts';
import { etcdCondition, type Stated } from './etcd/operator.ts';

const ETCD: Entity = { kind: 'operator', name: 'etcd' };

const needs = ['Etcd', 'documents'] as const;
type Input = DetectorInput<(typeof needs)[number]>;

/** Members of etcd that did not answer, or never started, at gather time. */
export const etcdMembersDegraded = defineDetector({
  about: {
    id: 'etcd-members-degraded',
    title: 'etcd member is unhealthy',
    component: 'etcd',
    severity: 'error',
    role: 'symptom',
    status: 'stable',
    causes: [
      {
        effect: 'etcd-quorum-lost',
        join: ['cluster'],
        strength: 'likely',
        because: 'quorum is lost as soon as half of the members are gone',
      },
      {
        effect: 'etcd-endpoints-degraded',
        join: ['cluster'],
        strength: 'strong',
        because: 'the operator needs every endpoint',
      },
      {
        effect: 'operator-degraded-generic',
        join: ['operator'],
        strength: 'strong',
        because: 'the etcd operator reports every member that does not answer',
      },
      {
        effect: 'etcd-defrag-failed',
        join: ['cluster'],
        strength: 'strong',
        because: 'defragmentation waits for healthy members',
      },
      {
        effect: 'kas-etcd-connection-failing',
        join: ['cluster'],
        strength: 'likely',
        because: 'API servers keep trying the endpoint',
      },
      {
        effect: 'critical-alert-firing',
        join: ['cluster'],
        strength: 'strong',
        because: 'etcdMembersDown watches exactly this',
      },
    ],
    summary: 'etcd member {member} is unhealthy: {error}.',
    why: 'The member does not answer, or was added and never started. As long as a majority answers the API works, with less or no reserve.',
    confirm: [
      {
        text: 'Ask every member',
        run: 'oc rsh -n openshift-etcd -c etcdctl etcd-{node} etcdctl endpoint health --cluster',
        risk: 'safe',
      },
      {
        text: 'Is its container running?',
        run: 'oc debug node/{node} -- chroot /host crictl ps -a --name etcd',
        risk: 'safe',
      },
    ],
    fix: [
      {
        text: 'Find out why this member does not answer before restarting any other: quorum may depend on them',
        risk: 'safe',
      },
    ],
    collect: ['etcd_info of a new must-gather', 'logs of the etcd pod on that node, current and previous'],
    falsePositives: [
      'A control plane node that was rebooting while the gather ran',
      'A collector that could not reach one endpoint within its five seconds',
    ],
  },
  needs,
  detect(input) {
    const { facts, noData } = input;
    const health = endpointHealth(facts.documents);
    const stated = etcdCondition(facts.Etcd, 'EtcdMembersDegraded');
    if (health === undefined && stated === undefined)
      return noData('neither etcd endpoint health nor the Etcd operator object was gathered');
    const unhealthy = stated?.condition.status === 'True' ? stated : undefined;
    const reported = fromEndpoints(input, unhealthy);
    for (const [, name, state] of unhealthy?.condition.message.matchAll(
      /(?<![A-Za-z0-9.-])([A-Za-z0-9.-]{1,253}) (is unhealthy|has not started)/g,
    ) ?? [])
      fromOperator(input, name as string, state as string, unhealthy as Stated, reported);
  },
});

/** Reports members whose endpoint failed; returns their names. */
function fromEndpoints({ facts, names, report }: Input, stated: Stated | undefined): Set<string> {
  const members = etcdMembers(facts.documents) ?? [];
  const reported = new Set<string>();
  for (const { endpoint, healthy, error, evidence } of endpointHealth(facts.documents) ?? []) {
    if (healthy) continue;
    const member = memberAt(endpoint, members) ?? {
      id: endpoint,
      name: '',
      urls: [endpoint],
      learner: false,
      evidence,
    };
    const entities = memberEntities(member, names);
    const name = entities[0]?.name ?? endpoint;
    if (reported.has(name)) continue;
    reported.add(name);
    const confirmed = stated?.condition.message.includes(name) ?? false;
    report({
      title: `etcd member ${name} did not answer`,
      confidence: confirmed ? CERTAIN : LIKELY,
      entities: [...entities, ETCD],
      ...(confirmed && stated?.condition.since !== undefined && { firstSeen: stated.condition.since }),
      captures: { member: name, error: error || 'no answer' },
      evidence: [evidence, ...(confirmed && stated !== undefined ? [stated.evidence] : [])],
    });
  }
  return reported;
}

function fromOperator(
  { names, report }: Input,
  name: string,
  state: string,
  stated: Stated,
  reported: ReadonlySet<string>,
) {
  if (reported.has(name) || name === 'members') return;
  report({
    title: `etcd member ${name} ${state}`,
    confidence: LIKELY,
    entities: [{ kind: 'etcd-member', name }, { kind: 'node', name: names.node(name) }, ETCD],
    ...(stated.condition.since !== undefined && { firstSeen: stated.condition.since }),
    captures: { member: name, error: state },
    evidence: [stated.evidence],
  });
}
