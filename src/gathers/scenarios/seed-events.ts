import type { KubeObject } from '../kube.ts';
import { event } from '../objects/events.ts';
import type { Random } from '../random.ts';
import { at } from '../stamps.ts';

/** What the API still remembered at gather time: events live three hours. */
export function seedEvents(random: Random): KubeObject[] {
  const host = (
    reason: string,
    message: string,
    type: 'Normal' | 'Warning',
    first: string,
    last: string,
    count: number,
  ) =>
    event(random.fork(`${reason}/${first}`), {
      namespace: 'openshift-machine-api',
      about: ['BareMetalHost', 'master-2'],
      reason,
      message,
      type,
      component: 'metal3-baremetal-controller',
      first: at(first),
      last: at(last),
      count,
    });
  const etcd = (
    about: string,
    reason: string,
    message: string,
    component: string,
    first: string,
    last: string,
    count: number,
  ) =>
    event(random.fork(`${about}/${reason}/${message.length}`), {
      namespace: 'openshift-etcd',
      about: ['Pod', about],
      reason,
      message,
      type: 'Warning',
      component,
      host: 'master-1',
      first: at(first),
      last: at(last),
      count,
    });
  return [
    host(
      'InspectionStarted',
      'Hardware inspection started',
      'Normal',
      '2025-12-03T20:10:11Z',
      '2025-12-03T23:49:02Z',
      8,
    ),
    host(
      'InspectionError',
      'Inspection failed: timeout reached while inspecting the node',
      'Warning',
      '2025-12-03T20:41:20Z',
      '2025-12-03T23:47:51Z',
      7,
    ),
    event(random.fork('metal3-killing'), {
      namespace: 'openshift-machine-api',
      about: ['Pod', 'metal3-5c7d9f8b64-x2k4q'],
      reason: 'Killing',
      message: 'Stopping container metal3-ironic',
      component: 'kubelet',
      host: 'master-0',
      first: at('2025-12-04T00:00:07Z'),
    }),
    etcd(
      'etcd-guard-master-1',
      'Unhealthy',
      'Readiness probe failed: Get "https://10.46.120.22:9980/readyz": context deadline exceeded',
      'kubelet',
      '2025-12-03T18:12:31Z',
      '2025-12-03T18:12:31Z',
      1,
    ),
    event(random.fork('installer-6'), {
      namespace: 'openshift-etcd-operator',
      about: ['Deployment', 'etcd-operator'],
      reason: 'PodCreated',
      message: 'Created Pod/installer-6-master-1 -n openshift-etcd because it was missing',
      component: 'openshift-cluster-etcd-operator-installer-controller',
      first: at('2025-12-03T23:36:31Z'),
    }),
    event(random.fork('guard'), {
      namespace: 'openshift-etcd-operator',
      about: ['Deployment', 'etcd-operator'],
      reason: 'OperatorStatusChanged',
      message:
        'Status for clusteroperator/etcd changed: Degraded changed from False to True ("GuardControllerDegraded: Missing operand on node master-1")',
      component: 'openshift-cluster-etcd-operator-status-controller-statussyncer_etcd',
      first: at('2025-12-03T23:43:12Z'),
    }),
  ];
}
