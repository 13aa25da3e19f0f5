import type { Gather } from '../../../src/gathers/gather.ts';
import { addLog, podsOf } from '../../../src/gathers/gather.ts';
import { healthyGather } from '../../../src/gathers/healthy.ts';
import { bareMetalHost } from '../../../src/gathers/objects/machines.ts';
import { labCluster } from '../../../src/gathers/scenarios/clusters.ts';
import { lean } from '../../../src/gathers/scenarios/node-steps.ts';
import { oslo, seconds, spread } from '../../../src/gathers/stamps.ts';
import { MINUTE } from '../../../src/model/time.ts';
import { notMixed } from '../../support/two-faults.ts';

const CLUSTER = labCluster({
  scenario: 'two-hosts',
  started: '2026-05-04T10:00:00Z',
  gathered: '2026-05-12T07:45:00Z',
  workers: 3,
});
const SINCE = CLUSTER.gatheredAt - 100 * MINUTE;
const made = () => healthyGather(CLUSTER, lean(2, ['openshift-machine-api']));

/** A host that was just added, in the state that its trouble leaves it in. */
function added(gather: Gather, name: string, bmc: string, trouble: { type: string; message: string; state: string }) {
  const random = gather.random.fork(name);
  const spec = {
    name,
    role: 'worker',
    ip: '',
    mac: `a4:bf:01:7c:22:${bmc.slice(-2)}`,
    bmc,
    joined: SINCE,
    kubeletPid: 0,
  } as const;
  const host = bareMetalHost(CLUSTER, spec, random);
  const id = host['status'].provisioning.ID as string;
  delete host['spec'].consumerRef;
  host.metadata['creationTimestamp'] = seconds(SINCE);
  Object.assign(host['status'], {
    errorCount: 12,
    errorType: trouble.type,
    errorMessage: trouble.message.replaceAll('ID', id),
    operationalStatus: 'error',
    poweredOn: false,
  });
  host['status'].provisioning.state = trouble.state;
  gather.objects.push(host);
  return id;
}

function ironicSays(gather: Gather, text: string): void {
  const pod = podsOf(gather, 'openshift-machine-api', 'metal3-').find(
    (one) => !one.metadata.name.includes('operator'),
  )!;
  const times = [...spread(gather.random.fork(text), SINCE, CLUSTER.gatheredAt - 4 * MINUTE, 6 * MINUTE)];
  addLog(
    gather,
    `openshift-machine-api/${pod.metadata.name}/metal3-ironic`,
    times.map((time) => ({ at: time, text: `${oslo(time)} 1 ERROR ${text}` })),
  );
}

const refused = (name: string, bmc: string) => ({
  happens(gather: Gather) {
    const id = added(gather, name, bmc, {
      type: 'registration error',
      message: `Failed to get power state for node ID. Error: HTTP GET https://${bmc}/redfish/v1/Systems/System.Embedded.1 returned code 401.`,
      state: 'registering',
    });
    ironicSays(
      gather,
      `ironic.drivers.modules.redfish.utils [-] For node ${id}, we received an authentication access error from address https://${bmc} with auth_type auto. The client will not be reused upon the next re-attempt.`,
    );
  },
  cause: `redfish-auth-error baremetalhost:openshift-machine-api/${name}`,
  effects: [`bmh-registration-error baremetalhost:openshift-machine-api/${name}`],
});

const silent = (name: string, bmc: string) => ({
  happens(gather: Gather) {
    const id = added(gather, name, bmc, {
      type: 'registration error',
      message: `Failed to get power state for node ID. Error: Redfish exception occurred. Error: Unable to connect to https://${bmc}.`,
      state: 'registering',
    });
    ironicSays(
      gather,
      `ironic.drivers.modules.redfish.utils [-] For node ${id}, got a connection error from Redfish at address "https://${bmc}" using auth type "auto". Error: Unable to connect to https://${bmc}. Error: HTTPSConnectionPool(host='${bmc}', port=443): Max retries exceeded`,
    );
  },
  cause: `redfish-connection-error baremetalhost:openshift-machine-api/${name}`,
  effects: [`bmh-registration-error baremetalhost:openshift-machine-api/${name}`],
});

/** Only the address of the BMC says which host is meant. */
const silentWithoutId = (name: string, bmc: string) => ({
  ...silent(name, bmc),
  happens(gather: Gather) {
    added(gather, name, bmc, {
      type: 'registration error',
      message: `connection to ${bmc} timed out`,
      state: 'registering',
    });
    ironicSays(gather, `ironic [-] Failed to connect to Redfish at ${bmc}: timed out`);
  },
});

const powerless = (name: string, bmc: string) => ({
  happens(gather: Gather) {
    const id = added(gather, name, bmc, {
      type: 'power management error',
      message: 'failed to change power state',
      state: 'provisioned',
    });
    ironicSays(gather, `ironic.conductor.utils [-] Timed out after 60 secs waiting for power on on node ${id}.`);
  },
  cause: `ironic-power-state-failed baremetalhost:openshift-machine-api/${name}`,
  effects: [`bmh-power-management-error baremetalhost:openshift-machine-api/${name}`],
});

notMixed(
  'a wrong password and a BMC that cannot be reached',
  made,
  refused('blade-15', '172.22.2.25'),
  silent('blade-16', '172.22.2.26'),
);
notMixed('two wrong passwords', made, refused('blade-15', '172.22.2.25'), refused('blade-16', '172.22.2.26'));
notMixed(
  'two BMCs that cannot be reached, told by address',
  made,
  silentWithoutId('blade-15', '172.22.2.25'),
  silentWithoutId('blade-16', '172.22.2.26'),
);
notMixed(
  'a wrong password and a server that does not go on',
  made,
  refused('blade-15', '172.22.2.25'),
  powerless('blade-16', '172.22.2.26'),
);
