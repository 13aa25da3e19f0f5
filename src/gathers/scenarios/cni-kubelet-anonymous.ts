import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { apiInt } from '../cluster.ts';
import { addLog, type Gather, type JournalEntry } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { kubeletLine, NO_CNI, systemdLine } from '../noise/kubelet.ts';
import { signingRequest } from '../objects/certificate-requests.ts';
import { journalText } from '../render.ts';
import { at, klog, spread } from '../stamps.ts';
import { siteCluster } from './clusters.ts';
import { fallsSilent, lean, networkOperatorWaits } from './node-steps.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { operatorLog } from './steps.ts';

const HOST = 'compute-2.hall3.example.org';
const CLUSTER = siteCluster({
  scenario: 'cni-kubelet-anonymous',
  started: '2024-05-06T08:00:00Z',
  gathered: '2024-11-20T15:10:00Z',
  name: 'hall3',
  domain: 'example.org',
  version: '4.14.38',
  platform: 'BareMetal',
  network: '172.20.6',
  masters: ['control-0.hall3.example.org', 'control-1.hall3.example.org', 'control-2.hall3.example.org'],
  workers: ['compute-0.hall3.example.org', 'compute-1.hall3.example.org', HOST],
});
/** Somebody emptied /var/lib/kubelet/pki "to force a new certificate" and rebooted the worker. */
const DOWN = at('2024-11-20T12:41:10Z');
const BOOTED = at('2024-11-20T12:46:33Z');
const PID = 2511;
const PEM = '/var/lib/kubelet/pki/kubelet-client-current.pem';
const BOOTSTRAPPER = 'system:serviceaccount:openshift-machine-config-operator:node-bootstrapper';

/** A kubelet without its certificate: no pod starts after the reboot, ovnkube neither, so there is no CNI configuration. */
export const cniKubeletAnonymous: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER, lean(3, ['openshift-cluster-machine-approver']));
    fallsSilent(gather, HOST, DOWN);
    networkOperatorWaits(gather, DOWN + MINUTE);
    requestsPend(gather);
    const report = 'sosreport-compute-2-2024-11-20-kqzvmtd/sos_commands';
    const beside = new Map([
      [`${report}/openshift/journalctl_--no-pager_--unit_kubelet`, journalText(kubeletJournal(gather))],
    ]);
    return { gather, beside };
  },
};

function requestsPend(gather: Gather): void {
  const random = gather.random.fork('requests');
  const approver = operatorLog(gather, 'openshift-cluster-machine-approver', 'machine-approver').replace(
    /[^/]+$/,
    'machine-approver-controller',
  );
  for (const time of spread(random, BOOTED + MINUTE, CLUSTER.gatheredAt - 3 * MINUTE, 15 * MINUTE)) {
    const name = `csr-${random.suffix(5)}`;
    gather.objects.push(
      signingRequest(random, name, time, 'kubernetes.io/kube-apiserver-client-kubelet', BOOTSTRAPPER, HOST),
    );
    addLog(gather, approver, [
      { at: time + SECOND, text: klog('I', time + SECOND, 1, 'controller.go:121', `Reconciling CSR: ${name}`) },
      {
        at: time + SECOND + 900,
        text: klog(
          'E',
          time + SECOND + 800,
          1,
          'csr_check.go:263',
          `${name}: node ${HOST} already exists, cannot approve`,
        ),
      },
    ]);
  }
}

function kubeletJournal(gather: Gather): JournalEntry[] {
  const random = gather.random.fork('journal');
  const start = BOOTED + 40 * SECOND;
  const lines: JournalEntry[] = [];
  const say = (time: Micros, level: 'I' | 'W' | 'E', where: string, text: string) =>
    lines.push(kubeletLine(HOST, time, PID, level, where, text));
  lines.push(systemdLine(HOST, start - SECOND, 'Starting Kubernetes Kubelet...'));
  say(start, 'I', 'server.go:467', `"Kubelet version" kubeletVersion="${CLUSTER.kubelet}"`);
  say(
    start + 60_000,
    'E',
    'bootstrap.go:241',
    `unable to read existing bootstrap client config from /var/lib/kubelet/kubeconfig: invalid configuration: [unable to read client-cert ${PEM} for default-auth due to open ${PEM}: no such file or directory, unable to read client-key ${PEM} for default-auth due to open ${PEM}: no such file or directory]`,
  );
  say(
    start + 80_000,
    'I',
    'bootstrap.go:101',
    '"Use the bootstrap credentials to request a cert, and set kubeconfig to point to the certificate dir"',
  );
  say(start + SECOND, 'I', 'csr.go:261', 'certificate signing request csr-7wq2x is pending');
  lines.push(systemdLine(HOST, start + 2 * SECOND, 'Started Kubernetes Kubelet.'));
  const end = CLUSTER.gatheredAt - 2 * MINUTE;
  const refused = (verb: string, resource: string, group: string, where: string) =>
    `User \\"system:anonymous\\" cannot ${verb} resource \\"${resource}\\" in API group \\"${group}\\" ${where}`;
  for (const time of spread(random, start + 5 * SECOND, end, 75 * SECOND)) {
    say(time, 'E', 'kubelet.go:2855', `"Container runtime network not ready" networkReady="${NO_CNI}"`);
    say(
      time + 3 * SECOND,
      'E',
      'kubelet_node_status.go:92',
      `"Unable to register node with API server" err="nodes is forbidden: ${refused('create', 'nodes', '', 'at the cluster scope')}" node="${HOST}"`,
    );
    say(
      time + 9 * SECOND,
      'E',
      'reflector.go:147',
      `vendor/k8s.io/client-go/informers/factory.go:150: Failed to watch *v1.CSIDriver: failed to list *v1.CSIDriver: csidrivers.storage.k8s.io is forbidden: ${refused('list', 'csidrivers', 'storage.k8s.io', 'at the cluster scope').replaceAll('\\', '')}`,
    );
    say(
      time + 11 * SECOND,
      'E',
      'controller.go:146',
      `"Failed to ensure lease exists, will retry" err="leases.coordination.k8s.io \\"${HOST}\\" is forbidden: ${refused('get', 'leases', 'coordination.k8s.io', 'in the namespace \\"kube-node-lease\\"')}" interval="7s"`,
    );
  }
  say(
    start + 10_000,
    'I',
    'kubelet_node_status.go:70',
    `"Attempting to register node" node="${HOST}" url="${apiInt(CLUSTER)}"`,
  );
  return lines;
}
