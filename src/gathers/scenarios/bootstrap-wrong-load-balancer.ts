import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import type { JournalEntry } from '../gather.ts';
import { type Random, randomFrom } from '../random.ts';
import { at, klog, seconds, shortPrecise, spread } from '../stamps.ts';
import type { Made, Scenario } from './scenario-module.ts';

const NAME = 'bootstrap-wrong-load-balancer';
const BUNDLE = 'log-bundle-20260310142233';
const HOST = 'boot.edge.example.com';
const STARTED = at('2026-03-10T13:14:02Z');
const GAVE_UP = at('2026-03-10T14:19:31Z');
const COLLECTED = at('2026-03-10T14:22:33Z');
const CONFIG = 'https://api-int.edge.example.com:22623/config/master';

/** The load balancer does not forward the machine config port: the control plane hosts never get past Ignition. */
export const bootstrapWrongLoadBalancer: Scenario = {
  name: NAME,
  make(): Made {
    const random = randomFrom(NAME);
    const bundle = (path: string, text: string): [string, string] => [`${BUNDLE}/${path}`, text];
    return {
      beside: new Map([
        ['.openshift_install.log', installerLog()],
        ['ctl-0-console.log', ctlConsole(random.fork('console'))],
        bundle('bootstrap/journals/bootkube.log', journalShort(bootkube(random.fork('bootkube')))),
        bundle('bootstrap/journals/kubelet.log', journalShort(kubelet(random.fork('kubelet')))),
        bundle('bootstrap/journals/release-image.log', journalShort(releaseImage())),
        bundle('bootstrap/services/release-image.json', services('release-image', true)),
        bundle('bootstrap/services/bootkube.json', services('bootkube', false)),
        bundle('bootstrap/network/ip-route.txt', 'default via 10.60.1.1 dev ens192 proto static metric 100\n'),
        bundle('failed-units.txt', 'bootkube.service loaded failed failed Bootstrap a Kubernetes cluster\n'),
        bundle('gather.log', gatherLog()),
        bundle('resources/nodes.json', list([])),
        bundle('resources/csr.json', list([])),
        bundle('resources/pods.json', list([pendingPod(random.fork('pod'))])),
      ]),
    };
  },
};

const say = (time: Micros, identifier: string, pid: number, text: string): JournalEntry => ({
  at: time,
  host: 'boot',
  identifier,
  pid,
  text,
});

/** journalctl -o short: seconds, no year. */
function journalShort(entries: readonly JournalEntry[]): string {
  return [...entries]
    .sort((a, b) => a.at - b.at)
    .map((e) => `${shortPrecise(e.at).slice(0, 15)} ${e.host} ${e.identifier}[${e.pid}]: ${e.text}\n`)
    .join('');
}

const AWAITED = [
  'openshift-kube-apiserver/kube-apiserver',
  'openshift-kube-scheduler/openshift-kube-scheduler',
  'openshift-kube-controller-manager/kube-controller-manager',
  'openshift-cluster-version/cluster-version-operator',
];

/** The temporary control plane comes up; the one that should replace it has no host to run on. */
function bootkube(random: Random): JournalEntry[] {
  const steps = [
    'Rendering Cluster Version Operator Manifests...',
    'Rendering Cluster Config Manifests...',
    'Rendering etcd manifests...',
    'Rendering Machine Config Operator manifests...',
    'Waiting for CEO to finish...',
    'etcdctl health check successful: https://localhost:2379 is healthy',
    'Starting cluster-bootstrap...',
    'Starting temporary bootstrap control plane...',
    'Waiting up to 20m0s for the Kubernetes API',
    'Still waiting for the Kubernetes API: Get "https://localhost:6443/readyz": dial tcp [::1]:6443: connect: connection refused',
    'API is up',
    'Created "00_cluster-version-operator.yaml" clusterversions.v1.config.openshift.io/version -n openshift-cluster-version',
    'Created "99_openshift-machineconfig_99-master-ssh.yaml" machineconfigs.v1.machineconfiguration.openshift.io/99-master-ssh -n',
  ].map((text, index) => say(STARTED + (70 + index * 16) * SECOND, 'bootkube.sh', 3310, text));
  const waiting = [...spread(random, STARTED + 6 * MINUTE, GAVE_UP - 2 * MINUTE, 5 * MINUTE)].flatMap((time) =>
    AWAITED.map((pod, index) =>
      say(
        time + index * 1000,
        'bootkube.sh',
        3310,
        `        Pod Status:${pod}        ${pod.includes('version') ? 'Pending' : 'DoesNotExist'}`,
      ),
    ),
  );
  const end = GAVE_UP - MINUTE;
  return [
    ...steps,
    ...waiting,
    say(end, 'bootkube.sh', 3310, 'Error: error while checking pod status: context deadline exceeded'),
    say(end + SECOND, 'bootkube.sh', 3310, 'Tearing down temporary bootstrap control plane...'),
    say(end + 3 * SECOND, 'systemd', 1, 'bootkube.service: Main process exited, code=exited, status=1/FAILURE'),
    say(end + 3 * SECOND, 'systemd', 1, "bootkube.service: Failed with result 'exit-code'."),
  ];
}

function kubelet(random: Random): JournalEntry[] {
  const line = (time: Micros, level: 'I' | 'E', where: string, text: string) =>
    say(time, 'kubenswrapper', 2204, klog(level, time, 2204, where, text));
  return [
    line(STARTED + 40 * SECOND, 'I', 'server.go:486', '"Kubelet version" kubeletVersion="v1.30.7"'),
    line(
      STARTED + 41 * SECOND,
      'I',
      'kubelet.go:405',
      '"Kubelet is running in standalone mode, will skip API server sync"',
    ),
    ...[...spread(random, STARTED + 2 * MINUTE, GAVE_UP, 3 * MINUTE)].map((time) =>
      line(
        time,
        'I',
        'kubelet.go:2453',
        `"SyncLoop (PLEG): event for pod" pod="openshift-machine-config-operator/bootstrap-machine-config-operator-${HOST}" event={"ID":"${random.hex(32)}","Type":"ContainerStarted","Data":"${random.hex(64)}"}`,
      ),
    ),
  ];
}

function releaseImage(): JournalEntry[] {
  return [
    say(STARTED + 8 * SECOND, 'systemd', 1, 'Starting Download the OpenShift Release Image...'),
    say(
      STARTED + 9 * SECOND,
      'release-image-download.sh',
      1702,
      'Pulling quay.io/openshift-release-dev/ocp-release@sha256:0d5a...',
    ),
    say(STARTED + 31 * SECOND, 'systemd', 1, 'Finished Download the OpenShift Release Image.'),
  ];
}

function services(name: string, done: boolean): string {
  const entry = (phase: string, time: Micros, more = {}) => ({ timestamp: seconds(time), phase, ...more });
  const end = name === 'bootkube' ? GAVE_UP - MINUTE : STARTED + 31 * SECOND;
  return `${JSON.stringify([
    entry('service start', STARTED + 8 * SECOND),
    ...(name === 'bootkube'
      ? ['resolve-api-url', 'resolve-api-int-url', 'check-api-url', 'check-api-int-url'].flatMap((stage, index) => [
          entry('stage start', STARTED + (60 + index) * SECOND, { stage }),
          entry('stage end', STARTED + (60 + index) * SECOND, { stage, result: 'success' }),
        ])
      : []),
    entry('service end', end, {
      result: done ? 'success' : 'failure',
      ...(done
        ? {}
        : {
            errorMessage: 'Error: error while checking pod status: context deadline exceeded',
            errorLine: '637 /usr/local/bin/bootkube.sh',
          }),
    }),
  ])}\n`;
}

/** What `openshift-install wait-for bootstrap-complete` and the gathering after it wrote. */
function installerLog(): string {
  const line = (time: Micros, level: string, msg: string) =>
    `time="${seconds(time)}" level=${level} msg=${JSON.stringify(msg)}\n`;
  const waits = STARTED + 3 * MINUTE;
  return [
    line(waits, 'debug', 'OpenShift Installer 4.17.15'),
    line(waits, 'debug', 'Built from commit 6f1c2d07be3a4e9895d1b0f3c77a0e8d92641b35'),
    line(waits, 'debug', 'Loading Agent Hosts...'),
    line(
      waits + SECOND,
      'info',
      'Waiting up to 20m0s (until 1:37PM UTC) for the Kubernetes API at https://api.edge.example.com:6443...',
    ),
    line(
      waits + 2 * SECOND,
      'debug',
      'Still waiting for the Kubernetes API: Get "https://api.edge.example.com:6443/version": EOF',
    ),
    line(waits + 95 * SECOND, 'info', 'API v1.30.7 up'),
    line(waits + 95 * SECOND, 'info', 'Waiting up to 1h0m0s (until 2:19PM UTC) for bootstrapping to complete...'),
    line(GAVE_UP, 'error', 'Bootstrap failed to complete: timed out waiting for the condition'),
    line(
      GAVE_UP,
      'error',
      'Failed to wait for bootstrapping to complete. This error usually happens when there is a problem with control plane hosts that prevents the control plane operators from creating the control plane.',
    ),
    line(GAVE_UP + MINUTE, 'debug', 'OpenShift Installer 4.17.15'),
    line(GAVE_UP + MINUTE, 'info', 'Pulling debug logs from the bootstrap machine'),
    line(COLLECTED + 8 * SECOND, 'info', `Bootstrap gather logs captured here "/home/ops/edge/${BUNDLE}.tar.gz"`),
  ].join('');
}

function gatherLog(): string {
  return [
    'Gathering bootstrap service records ...',
    'Gathering bootstrap journals ...',
    'Gathering bootstrap networking ...',
    'Gathering cluster resources ...',
    'Gather remote logs',
    ...['10.60.1.21', '10.60.1.22', '10.60.1.23'].flatMap((ip) => [
      `Collecting info from ${ip}`,
      `ssh: connect to host ${ip} port 22: Connection refused`,
    ]),
    `Log bundle written to /var/home/core/${BUNDLE}.tar.gz`,
    '',
  ].join('\n');
}

/** The serial console of a control plane host: its initial ramdisk asks for a configuration and is refused. */
function ctlConsole(random: Random): string {
  const lines: string[] = [];
  const print = (at: number, text: string) => lines.push(`[${at.toFixed(6).padStart(12)}] ${text}`);
  print(0, 'Linux version 5.14.0-427.50.1.el9_4.x86_64 (mockbuild@x86-64-01)');
  print(3.1, 'vmxnet3 0000:0b:00.0 ens192: NIC Link is Up 10000 Mbps');
  print(
    9.4,
    'NetworkManager[702]: <info>  [1773148931.4410] device (ens192): Activation: successful, device activated.',
  );
  print(11.2, 'ignition[881]: Ignition 2.19.0');
  print(11.3, 'ignition[881]: Stage: fetch');
  print(11.4, 'ignition[881]: fetched user config from "guestinfo.ignition.config.data"');
  let clock = 11.5;
  for (let attempt = 1; attempt <= 640; attempt++) {
    clock += Math.min(5, 0.2 * 2 ** Math.min(attempt, 5)) + random.next() * 0.05;
    print(clock, `ignition[881]: GET ${CONFIG}: attempt #${attempt}`);
    print(
      clock + 0.004,
      `ignition[881]: GET error: Get "${CONFIG}": dial tcp 10.60.1.9:22623: connect: connection refused`,
    );
    if (attempt % 12 === 0)
      lines.push(
        `\u001b[K[\u001b[0;1;31m*\u001b[0m\u001b[0;31m*    \u001b[0m] A start job is running for Ignition (fetch) (${Math.floor(clock / 60)}min ${Math.floor(clock % 60)}s / no limit)`,
      );
  }
  return `${lines.join('\r\n')}\r\n`;
}

function list(items: object[]): string {
  return `${JSON.stringify({ apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } }, null, 4)}\n`;
}

function pendingPod(random: Random): object {
  const since = seconds(STARTED + 5 * MINUTE);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      creationTimestamp: since,
      name: `cluster-version-operator-${random.suffix(10)}-${random.suffix(5)}`,
      namespace: 'openshift-cluster-version',
      uid: random.uuid(),
    },
    spec: { containers: [{ name: 'cluster-version-operator' }], hostNetwork: true },
    status: {
      conditions: [
        {
          lastProbeTime: null,
          lastTransitionTime: since,
          message: 'no nodes available to schedule pods',
          reason: 'Unschedulable',
          status: 'False',
          type: 'PodScheduled',
        },
      ],
      phase: 'Pending',
      qosClass: 'Burstable',
    },
  };
}
