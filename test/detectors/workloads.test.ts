import { describe, expect, it } from 'vitest';
import { apiserviceUnavailable } from '../../src/detectors/apiservice-unavailable.ts';
import { podCrashloop } from '../../src/detectors/pod-crashloop.ts';
import { webhookServiceWithoutEndpoints } from '../../src/detectors/webhook-service-without-endpoints.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

describe('pod-crashloop', () => {
  const pod = (name: string, container: string, more = '') => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: openshift-dns}
spec: {nodeName: worker-1}
status: {phase: Running, containerStatuses: [{name: dns, ${container}}]${more}}
`;
  const LOOPING =
    'ready: false, restartCount: 31, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {reason: OOMKilled, exitCode: 137, finishedAt: "2025-12-03T23:50:00Z"}}';
  const run = (text: string) => detect(podCrashloop, facts({ resources: text }), '2025-12-03T23:59:00Z').findings;

  it('names container, count and the last end', () => {
    const [finding] = run(pod('dns-default-x', LOOPING));
    expect(entitiesOf(finding)).toEqual(['pod:openshift-dns/dns-default-x', 'node:worker-1']);
    expect(finding).toMatchObject({ count: 31, captures: { container: 'dns', reason: 'OOMKilled', exitCode: '137' } });
    expect(finding?.evidence[0]?.text).toBe(
      'dns: restartCount 31, waiting: CrashLoopBackOff, last ended: OOMKilled (exit code 137)',
    );
  });

  it('sees a container between two crashes', () => {
    expect(run(pod('x', LOOPING.replace('waiting: {reason: CrashLoopBackOff}', 'running: {}')))).toHaveLength(1);
  });

  it('looks at init containers', () => {
    expect(
      run(pod('x', 'ready: false', `, initContainerStatuses: [{name: init, ${LOOPING}}]`))[0]?.captures?.['container'],
    ).toBe('init');
  });

  it.each([
    [
      'restarted often, but long ago',
      pod(
        'x',
        'ready: true, restartCount: 31, lastState: {terminated: {reason: Error, exitCode: 1, finishedAt: "2025-12-03T10:00:00Z"}}',
      ),
    ],
    ['is an installer', pod('installer-6-master-1', LOOPING)],
    ['is done', pod('x', LOOPING).replace('Running', 'Failed')],
    ['belongs to a user', pod('x', LOOPING).replace('openshift-dns', 'shop')],
    ['is being created', pod('x', 'ready: false, restartCount: 0, state: {waiting: {reason: ContainerCreating}}')],
  ])('is silent about a pod that %s', (_name, text) => {
    expect(run(text)).toEqual([]);
  });
});

describe('webhook-service-without-endpoints', () => {
  const webhook = (policy: string) => `
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: {name: annotations-remover}
webhooks:
- name: annotations-remover.kubevirt.io
  failurePolicy: ${policy}
  rules: [{operations: [CREATE], resources: [pods]}]
  clientConfig: {service: {namespace: openshift-cnv, name: remover, path: /mutate}}
---`;
  const service = (name: string) =>
    `\napiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: openshift-cnv}\nspec: {type: ClusterIP}\n---`;
  const endpoints = (name: string, subsets: string) =>
    `\napiVersion: v1\nkind: Endpoints\nmetadata: {name: ${name}, namespace: openshift-cnv}\nsubsets: ${subsets}\n---`;
  const run = (text: string) => detect(webhookServiceWithoutEndpoints, facts({ resources: text }));

  it('finds a service that is gone', () => {
    const { findings } = run(webhook('Fail') + service('other'));
    expect(findings.map(entitiesOf)).toEqual([['webhook:annotations-remover.kubevirt.io', 'namespace:openshift-cnv']]);
    expect(findings[0]?.captures).toMatchObject({
      state: 'service does not exist',
      configurationKind: 'mutatingwebhookconfiguration',
    });
  });

  it('finds a service whose pods are not ready', () => {
    const { findings } = run(
      webhook('Fail') + service('remover') + endpoints('remover', '[{notReadyAddresses: [{ip: 10.128.0.4}]}]'),
    );
    expect(findings[0]?.title).toBe('Webhook annotations-remover.kubevirt.io: its service has no ready endpoints');
  });

  it.each([
    ['it is served', webhook('Fail') + service('remover') + endpoints('remover', '[{addresses: [{ip: 10.128.0.4}]}]')],
    ['its failure is ignored', webhook('Ignore') + service('other')],
  ])('is silent where %s', (_name, text) => {
    expect(run(text)).toEqual({ findings: [], noData: [] });
  });

  it('does not judge a namespace that was not gathered', () => {
    expect(run(webhook('Fail'))).toMatchObject({
      findings: [],
      noData: ['namespace openshift-cnv of webhook annotations-remover.kubevirt.io was not gathered'],
    });
  });
});

describe('apiservice-unavailable', () => {
  const api = (name: string, status: string, service = 'api') => `
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: ${name}}
spec: {service: {namespace: openshift-apiserver, name: ${service}}}
status: {conditions: [{type: Available, status: "${status}", reason: FailedDiscoveryCheck, message: i/o timeout, lastTransitionTime: "2025-12-03T22:00:00Z"}]}
---`;
  const run = (text: string) => detect(apiserviceUnavailable, facts({ resources: text })).findings;

  it('puts the APIs of one namespace together', () => {
    const findings = run(
      api('v1.image.openshift.io', 'False') +
        api('v1.apps.openshift.io', 'False') +
        api('v1.build.openshift.io', 'True'),
    );
    expect(findings.map(entitiesOf)).toEqual([['namespace:openshift-apiserver']]);
    expect(findings[0]).toMatchObject({
      count: 2,
      captures: { apis: 'v1.image.openshift.io, v1.apps.openshift.io', service: 'openshift-apiserver/api' },
    });
  });

  it('is silent while all answer', () => {
    expect(run(api('v1.image.openshift.io', 'True'))).toEqual([]);
  });
});
