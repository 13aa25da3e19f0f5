import { addUnit, type Gather, podsOf } from '../../../src/gathers/gather.ts';
import { healthyGather } from '../../../src/gathers/healthy.ts';
import { labCluster } from '../../../src/gathers/scenarios/clusters.ts';
import { crioLine, lean, warns } from '../../../src/gathers/scenarios/node-steps.ts';
import { operatorReports, waiting } from '../../../src/gathers/scenarios/steps.ts';
import { seconds, spread } from '../../../src/gathers/stamps.ts';
import { MINUTE } from '../../../src/model/time.ts';
import { notMixed } from '../../support/two-faults.ts';

const CLUSTER = labCluster({
  scenario: 'two-registries',
  started: '2026-05-04T10:00:00Z',
  gathered: '2026-05-12T07:45:00Z',
});
const SINCE = CLUSTER.gatheredAt - 100 * MINUTE;
const LAST = CLUSTER.gatheredAt - 4 * MINUTE;
const made = () => healthyGather(CLUSTER, lean(2, ['openshift-console', 'openshift-monitoring', 'openshift-dns']));

interface Victim {
  readonly namespace: string;
  readonly pod: string;
  readonly operator: string;
}

const CONSOLE: Victim = { namespace: 'openshift-console', pod: 'console', operator: 'console' };
const MONITORING: Victim = { namespace: 'openshift-monitoring', pod: 'alertmanager-main', operator: 'monitoring' };

const notPulled = (victim: Victim, image: string, error: string, cause: string) => ({
  happens(gather: Gather) {
    const pod = podsOf(gather, victim.namespace, victim.pod)[0]!;
    waiting(pod, seconds(SINCE), 'ImagePullBackOff', `Back-off pulling image "${image}"`);
    warns(gather, {
      namespace: victim.namespace,
      about: ['Pod', pod.metadata.name],
      reason: 'Failed',
      message: `Failed to pull image "${image}": ${error}`,
      component: 'kubelet',
      host: pod['spec'].nodeName,
      first: SINCE,
      last: LAST,
      count: 26,
    });
    operatorReports(gather, victim.operator, {
      type: 'Degraded',
      status: true,
      since: SINCE + 20 * MINUTE,
      reason: 'OperandNotReady',
      message: `pod ${pod.metadata.name} is not ready: ImagePullBackOff`,
    });
  },
  cause,
  effects: [`operator-degraded-generic operator:${victim.operator}`],
});

const pinging = (registry: string, error: string): string =>
  `initializing source docker://${registry}/ocp/app:1: pinging container registry ${registry}: Get "https://${registry}/v2/": ${error}`;
const EXPIRED =
  'tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-05-12T06:05:00Z is after 2026-05-12T05:00:00Z';
const UNKNOWN = 'tls: failed to verify certificate: x509: certificate signed by unknown authority';

const silent = notPulled(
  CONSOLE,
  'mirror-a.example.com:5000/ocp/console:4.18',
  pinging('mirror-a.example.com:5000', 'dial tcp 192.0.2.90:5000: i/o timeout'),
  'image-pull-missing-or-unreachable registry:mirror-a.example.com:5000',
);
const expired = (victim: Victim) =>
  notPulled(
    victim,
    'mirror-b.example.com:8443/ocp/alertmanager:4.18',
    pinging('mirror-b.example.com:8443', EXPIRED),
    'image-pull-x509 registry:mirror-b.example.com:8443',
  );
const untrusted = notPulled(
  CONSOLE,
  // The name is the source's, and the mirror is what was asked.
  'quay.io/team/console:1',
  pinging('mirror-c.example.com', UNKNOWN),
  'image-pull-x509 registry:mirror-c.example.com',
);
const denied = (victim: Victim, registry: string) =>
  notPulled(
    victim,
    `${registry}/team/app:1`,
    `initializing source docker://${registry}/team/app:1: reading manifest 1 in ${registry}/team/app: unauthorized: authentication required`,
    `image-pull-policy-denied registry:${registry}`,
  );

notMixed('a registry out of reach and one whose certificate has expired', made, silent, expired(MONITORING));
notMixed('two registries whose certificates are refused', made, untrusted, expired(MONITORING));
notMixed('two registries that deny', made, denied(CONSOLE, 'quay.io'), denied(MONITORING, 'registry.example.com'));

/** CRI-O itself cannot pull: the journal of the host tells, by node and registry. */
const onHost = (registry: string, error: string) => ({
  happens(gather: Gather) {
    const lines = [...spread(gather.random.fork(registry), SINCE, LAST, 2 * MINUTE)].map((time) =>
      crioLine('master-0', time, 'error', pinging(registry, error).replaceAll('"', '\\"')),
    );
    addUnit(gather, 'crio', lines);
  },
  cause: `image-pull-failed registry:${registry}`,
  effects: [],
});
notMixed(
  'two registries that one host cannot pull from',
  made,
  onHost('mirror-a.example.com:5000', 'dial tcp 192.0.2.90:5000: i/o timeout'),
  onHost('mirror-b.example.com:8443', EXPIRED),
);
