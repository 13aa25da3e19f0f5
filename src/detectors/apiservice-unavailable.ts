import { defineDetector } from '../model/detector.ts';
import { readText } from '../model/resource.ts';
import { CERTAIN } from './confidence.ts';
import { oldest } from './objects/age.ts';
import { conditionEvidence, conditionOf } from './objects/condition.ts';

/** Aggregated APIs that do not answer, one finding for each namespace that serves them. */
export const apiserviceUnavailable = defineDetector({
  about: {
    id: 'apiservice-unavailable',
    title: 'Aggregated API does not answer',
    component: 'kube-apiserver',
    severity: 'error',
    role: 'symptom',
    status: 'stable',
    causes: [
      {
        effect: 'operator-degraded-generic',
        join: ['operator'],
        strength: 'strong',
        because: 'the operator of the backend is available only while its API answers',
      },
      {
        effect: 'namespace-stuck-terminating',
        join: ['cluster'],
        strength: 'strong',
        because: 'a namespace is deleted only after every API group could be searched',
      },
      {
        effect: 'oauth-unavailable',
        join: ['cluster'],
        strength: 'likely',
        because: 'authentication needs the oauth and user APIs',
      },
      {
        effect: 'openshift-apiserver-precondition',
        join: ['cluster'],
        strength: 'strong',
        because: 'the operator looks at these APIService objects',
      },
    ],
    summary: '{apis} served by {service} do not answer: {message}',
    why: 'These API groups are served by pods, not by the API server itself. A refused connection means that they are down, a timeout that the pod network is in the way.',
    confirm: [
      { text: 'List aggregated APIs that fail', run: 'oc get apiservice | grep -v True', risk: 'safe' },
      { text: 'Look at the pods behind them', run: 'oc get pods -n {namespace} -o wide', risk: 'safe' },
    ],
    fix: [
      {
        text: 'Repair the pods behind the service, or the network between them and the control plane',
        risk: 'disruptive',
      },
      { text: 'Delete an APIService only when its product is gone for good', risk: 'destructive' },
    ],
    collect: ['pods and logs of the namespace behind the API'],
    falsePositives: ['A restart of the backend while the gather ran'],
  },
  needs: ['APIService'],
  detect({ facts, report, noData }) {
    if (facts.APIService.length === 0) return noData('no APIService was gathered');
    const failing = facts.APIService.flatMap((service) => {
      const condition = conditionOf(service, 'Available');
      return condition?.status === 'False' ? [{ service, condition }] : [];
    });
    const groups = Map.groupBy(failing, ({ service }) => readText(service.body, 'spec.service.namespace') ?? 'default');
    for (const [namespace, members] of groups) {
      const backends = new Set(
        members.map(({ service }) => readText(service.body, 'spec.service.name') ?? service.name),
      );
      const since = oldest(members.map(({ condition }) => condition.since));
      const apis = members.map(({ service }) => service.name);
      report({
        title: `Aggregated API ${apis[0]}${apis.length > 1 ? ` and ${apis.length - 1} more` : ''} does not answer`,
        confidence: CERTAIN,
        entities: [{ kind: 'namespace', name: namespace }],
        ...(since !== undefined && { firstSeen: since }),
        count: members.length,
        captures: {
          apis: apis.slice(0, 10).join(', '),
          service: `${namespace}/${[...backends].join(', ')}`,
          message: members[0]?.condition.message.slice(0, 500) ?? '',
          reason: members[0]?.condition.reason ?? '',
        },
        evidence: members.slice(0, 8).map(({ service, condition }) => conditionEvidence(service, condition)),
      });
    }
  },
});
