import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { addLog, type Gather, podsOf } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { bareMetalHost } from '../objects/machines.ts';
import { at, oslo, seconds, spread } from '../stamps.ts';
import { siteCluster } from './clusters.ts';
import { lean, warns } from './node-steps.ts';
import type { Made, Scenario } from './scenario-module.ts';

const HOST = 'blade-15';
const CLUSTER = siteCluster({
  scenario: 'bmc-wrong-credentials',
  started: '2025-02-03T09:00:00Z',
  gathered: '2025-02-26T16:20:00Z',
  name: 'metal',
  domain: 'lab.example',
  version: '4.17.14',
  platform: 'BareMetal',
  network: '10.5.61',
  masters: ['blade-01', 'blade-02', 'blade-03'],
  workers: ['blade-11', 'blade-12'],
});
const ADDED = at('2025-02-26T13:05:40Z');
const BMC = '172.22.2.25';
const URL = `https://${BMC}/redfish/v1/Systems/System.Embedded.1`;

/** A host is added with the password of its predecessor: ironic is refused and the host stays in registering. */
export const bmcWrongCredentials: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER, lean(3, ['openshift-machine-api']));
    const id = gather.random.fork('ironic').uuid();
    const message = `Failed to get power state for node ${id}. Error: Redfish exception occurred. Error: HTTP GET ${URL} returned code 401. Base.1.12.GeneralError: A general error has occurred. See ExtendedInfo for more information Extended information: none`;
    addHost(gather, id, message);
    ironicSays(gather, id, message);
    operatorSays(gather, message);
    return { gather, beside: new Map() };
  },
};

function addHost(gather: Gather, id: string, message: string): void {
  const random = gather.random.fork('host');
  const spec = {
    name: HOST,
    role: 'worker',
    ip: '10.5.61.73',
    mac: 'a4:bf:01:7c:22:73',
    bmc: BMC,
    joined: ADDED,
    kubeletPid: 0,
  } as const;
  const host = bareMetalHost(CLUSTER, spec, random);
  host.metadata['creationTimestamp'] = seconds(ADDED);
  delete host['spec'].consumerRef;
  host['status'] = {
    errorCount: 23,
    errorMessage: message,
    errorType: 'registration error',
    goodCredentials: {},
    hardwareProfile: '',
    lastUpdated: seconds(CLUSTER.gatheredAt - 6 * MINUTE),
    operationHistory: {
      deprovision: { end: null, start: null },
      inspect: { end: null, start: null },
      provision: { end: null, start: null },
      register: { end: null, start: seconds(ADDED + SECOND) },
    },
    operationalStatus: 'error',
    poweredOn: false,
    provisioning: { ID: id, image: { url: '' }, state: 'registering' },
    triedCredentials: {
      credentials: { name: `${HOST}-bmc-secret`, namespace: 'openshift-machine-api' },
      credentialsVersion: '812034',
    },
  };
  gather.objects.push(host);
  warns(gather, {
    namespace: 'openshift-machine-api',
    about: ['BareMetalHost', HOST],
    reason: 'RegistrationError',
    message,
    component: 'metal3-baremetal-controller',
    first: ADDED + 40 * SECOND,
    last: CLUSTER.gatheredAt - 6 * MINUTE,
    count: 23,
  });
}

function attempts(gather: Gather): Iterable<Micros> {
  return spread(gather.random.fork('attempts'), ADDED + 30 * SECOND, CLUSTER.gatheredAt - 5 * MINUTE, 8 * MINUTE);
}

function ironicSays(gather: Gather, id: string, message: string): void {
  const pod = podsOf(gather, 'openshift-machine-api', 'metal3-').find(
    (held) => !held.metadata.name.includes('baremetal'),
  )!;
  const key = `openshift-machine-api/${pod.metadata.name}/metal3-ironic`;
  for (const time of attempts(gather)) {
    const say = (after: number, level: string, where: string, text: string) =>
      addLog(gather, key, [{ at: time + after + 90, text: `${oslo(time + after)} 1 ${level} ${where} ${text}` }]);
    say(
      0,
      'WARNING',
      'sushy.connector',
      `[None req-${gather.random.fork(String(time)).uuid()} - - - - - -] Session authentication appears to have been lost at some point in time. Connectivity may have been lost during a prior session refresh. Attempting to re-authenticate.`,
    );
    say(
      SECOND,
      'ERROR',
      'ironic.drivers.modules.redfish.utils',
      `[-] For node ${id}, we received an authentication access error from address https://${BMC} with auth_type auto. The client will not be reused upon the next re-attempt. Error: HTTP GET ${URL} returned code 401: ironic.drivers.modules.redfish.utils`,
    );
    say(2 * SECOND, 'ERROR', 'ironic.conductor.utils', `[-] ${message}`);
    say(
      3 * SECOND,
      'ERROR',
      'ironic.conductor.manager',
      `[-] Failed to get power state for node ${id}. Error: Redfish exception occurred.: ironic.common.exception.RedfishError: Redfish exception occurred.`,
    );
  }
}

function operatorSays(gather: Gather, message: string): void {
  const [pod] = podsOf(gather, 'openshift-machine-api', 'metal3-baremetal-operator');
  const key = `openshift-machine-api/${pod!.metadata.name}/metal3-baremetal-operator`;
  for (const time of attempts(gather))
    addLog(gather, key, [
      {
        at: time + 5 * SECOND,
        text: `{"level":"info","ts":${((time + 5 * SECOND) / SECOND).toFixed(7)},"logger":"controllers.BareMetalHost","msg":"publishing event","baremetalhost":{"name":"${HOST}","namespace":"openshift-machine-api"},"reason":"RegistrationError","message":"${message}"}`,
      },
    ]);
}
