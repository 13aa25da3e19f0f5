/** What is true of one input of the corpus, stated by hand from its index and from the data itself. */
export interface Truth {
  /** Path below the corpus; what stands under it belongs to it. */
  readonly input: string;
  /** Said of the input as a whole. A gather that holds operators and nodes and lacks nothing is `healthy`. */
  readonly status: 'healthy' | 'degraded' | 'failed' | 'inconclusive';
  /** Signatures of all root causes, in order of rank. */
  readonly causes?: readonly string[];
  /** The input tells nothing about which of the causes comes first. */
  readonly unranked?: true;
  /** What else must be found. Errors that stand neither here nor under `causes` are false alarms. */
  readonly finds?: readonly Find[];
  /** A line of the corpus's index, or of the data, that says so. */
  readonly because: string;
}

export interface Find {
  readonly signature: string;
  /** Names of entities that findings of this signature must be about. */
  readonly about?: readonly string[];
  /** Where it stands written, as one of the lines of evidence. */
  readonly line?: number;
  readonly count?: number;
  readonly status?: 'active' | 'recovered';
  /** Signature of a root cause that must explain it. */
  readonly by?: string;
}

const CLEAN = 'openshift+must-gather-clean/test/files';
const WATCH = 'vrutkovs+resourcewatch-3nodes';
const UPI = 'therevoman+ocp4-upi-helpernode';
const MLX = 'linux-mailinglist-archives+linux-rdma';
const CASES = 'gangmuk+k8s-failure-reproduction/failure_cases';

const GATHERS: readonly Truth[] = [
  {
    input: `${CLEAN}/must-gather-aws.tar.xz`,
    status: 'healthy',
    because:
      '31 operators Available, none Degraded. The slow requests and lost leaders are over; the unixs endpoint and PLEG are traps',
  },
  {
    input: `${CLEAN}/must-gather-vsphere.tar.xz`,
    status: 'healthy',
    because: 'Healthy; 14 dropped Raft messages while it was installed, and alerts that are only pending',
  },
  {
    input: `${CLEAN}/azure-ci-job.tar.xz`,
    status: 'inconclusive',
    because: 'Artefacts of a CI job, not a must-gather; build-log.txt: all four tests "result": "passed"',
  },
  {
    input: 'Sheetalpamecha+must-gather-analyzer/must-gather-full.local.6171629414503736950.tar.gz',
    status: 'inconclusive',
    because: 'A storage gather without operators or pods; "network is not ready" while nodes join is normal',
  },
  {
    input: 'Sheetalpamecha+must-gather-analyzer/must-gather-minimal.local.332864113535894218.tar.gz',
    status: 'inconclusive',
    because: 'The same with two boots of each node: first boot, pivot, reboot',
  },
  {
    input: 'openshift+insights-operator/docs/insights-archive-sample.tar.gz',
    status: 'degraded',
    causes: ['failed-scheduling'],
    finds: [{ signature: 'operator-degraded-generic', about: ['ingress'], by: 'failed-scheduling' }],
    because:
      'ingress.json:38 PodsScheduled=False. Its records are of several clusters and years, so a heartbeat of 2021 is not a silent kubelet',
  },
  {
    input: `${WATCH}/snapshot-20230308T114308Z-aa4537707d.tar.gz`,
    status: 'failed',
    causes: ['network-operator-unavailable'],
    finds: [
      {
        signature: 'node-network-not-ready',
        about: ['vrutkovs-mrmwt-master-0.c.openshift-gce-devel.internal'],
        by: 'network-operator-unavailable',
      },
      { signature: 'operator-degraded-generic', about: ['network'], by: 'network-operator-unavailable' },
    ],
    because:
      'Masters have no CNI configuration, network is Degraded and Unavailable. The index says three; two registered 5 s earlier, which is no fault yet',
  },
  {
    input: `${WATCH}/snapshot-20230308T115009Z-455b91d296.tar.gz`,
    status: 'failed',
    // The conditions of the latter two name no cause, and no worker is needed for a packageserver or a guard pod.
    causes: ['workers-missing', 'operator-degraded-generic', 'operator-degraded-generic'],
    finds: [
      {
        signature: 'operator-degraded-generic',
        about: ['machine-api', 'ingress', 'authentication', 'operator-lifecycle-manager-packageserver', 'etcd'],
      },
      { signature: 'operator-degraded-generic', about: ['machine-api', 'ingress'], by: 'workers-missing' },
    ],
    because:
      'machine-api: "minimum worker replica count (2) not yet met: current running replicas 0"; ingress and what needs it follow',
  },
  {
    input: `${WATCH}/snapshot-20230308T122336Z-HEAD.tar.gz`,
    status: 'healthy',
    because: 'Healthy end state, 0 Degraded: the control for the two before it',
  },
  { input: 'RedHatQE+must-gather-explorer', status: 'inconclusive', because: 'Two nodes and two pods, healthy' },
  ...['must-gather-01', 'must-gather-02'].map(
    (name): Truth => ({
      input: `openshift+library-go/pkg/manifestclienttest/testdata/${name}`,
      status: 'inconclusive',
      because: 'Cut down to a few kinds; shows nothing',
    }),
  ),
  { input: 'gmeghnag+omc', status: 'inconclusive', because: 'Synthetic kinds of archives; shows nothing' },
  {
    input: 'fumbles+openshift-must-gather-analyzer',
    status: 'inconclusive',
    because: 'One edited node, one log cut short',
  },
];

const INSTALLATIONS: readonly Truth[] = [
  ...(
    [
      ['bootkube.log', 12],
      ['bootkube_230525.log', 12],
    ] as const
  ).map(
    ([name, count]): Truth => ({
      input: `Jaslite+Smart/${name}`,
      status: 'failed',
      causes: ['bootstrap-control-plane-absent'],
      finds: [{ signature: 'bootstrap-control-plane-absent', count }],
      because:
        'The index blames the kind IPAddress "to the last line". The data do not: it is created a minute later ("Created 99_openshift-machine-api_claim…", bootkube.log:6673), and each round then ends with "error while checking pod status", kube-apiserver DoesNotExist. What kept the masters away is not in it',
    }),
  ),
  {
    input: 'Jaslite+Smart/kubelet.log',
    status: 'inconclusive',
    because:
      'kubelet.log:1030 is the only CrashLoopBackOff, a back-off of 10 s in the first minutes of the bootstrap; nothing after it',
  },
  {
    input: `${UPI}/ocp4-bad/.openshift_install.log`,
    status: 'failed',
    causes: ['installer-api-wait-timeout'],
    finds: [{ signature: 'installer-api-wait-timeout', line: 817 }],
    because:
      ':817 fatal "waiting for Kubernetes API: context deadline exceeded"; why the API stayed away is not in the log',
  },
  {
    input: `${UPI}/config-4.2.0/.openshift_install.log`,
    status: 'inconclusive',
    because: '4.2.0, succeeded: the control for the one before',
  },
  {
    input: `${UPI}/sriov`,
    status: 'inconclusive',
    because: 'Logs of a network operator that does its work; in no row of the index',
  },
  {
    input: 'hupiper+openshift4-upi-homelab/.openshift_install.log',
    status: 'failed',
    causes: ['installer-api-name-unresolved'],
    finds: [
      { signature: 'installer-api-name-unresolved', line: 1948 },
      { signature: 'installer-api-wait-timeout', line: 1951, by: 'installer-api-name-unresolved' },
    ],
    because: ':1948 "lookup api.ocp43... on 10.11.5.4:53", :1951 fatal',
  },
  {
    input: 'VeerMuchandi+ocp4upifiles/.openshift_install.log',
    status: 'inconclusive',
    finds: [{ signature: 'installer-api-wait-timeout', line: 533, status: 'recovered' }],
    because: ':533 API wait; a later attempt in the same log went on',
  },
  {
    input: 'vfabi+filestorage/openshift_install.log',
    status: 'failed',
    causes: ['installer-boot-image-missing'],
    finds: [
      { signature: 'installer-boot-image-missing', line: 43 },
      { signature: 'installer-provisioning-failed', line: 50, by: 'installer-boot-image-missing' },
    ],
    because: ':43 GCP image object not found, :50 Terraform',
  },
  {
    input: 'kenmoini+rh-sso-demo/.openshift_install.log',
    status: 'failed',
    causes: ['installer-vcenter-unreachable'],
    finds: [{ signature: 'installer-vcenter-unreachable', line: 194 }],
    because: ':194 "unable to connect to vCenter"',
  },
  {
    input: 'cpietra+openshift/.openshift_install.log',
    status: 'inconclusive',
    finds: [{ signature: 'install-config-invalid', line: 22, status: 'recovered' }],
    because: ':22 install-config unmarshal; a later attempt in the same log went on',
  },
  { input: 'noushi+ocp4upi/.openshift_install.log', status: 'inconclusive', because: 'success (30m4s)' },
];

const JOURNALS: readonly Truth[] = [
  { input: 'KDE+kjournald', status: 'inconclusive', because: 'A desktop-like board, three boots, no cluster' },
  {
    input: 'fluent-plugin-systemd+fluent-plugin-systemd/test/fixture/test.journal',
    status: 'inconclusive',
    because: 'A workstation of 2013, no cluster',
  },
  {
    input: 'fluent-plugin-systemd+fluent-plugin-systemd/test/fixture/corrupt/test.badmsg.journal',
    status: 'inconclusive',
    because: 'The same with one damaged byte',
  },
  {
    input: 'Velocidex+velociraptor',
    status: 'inconclusive',
    because: 'Four journals of three entries, two of them cut',
  },
  { input: 'derived-journalctl-252', status: 'inconclusive', because: 'What journalctl prints of the journals above' },
  { input: 'systemd+systemd-stable', status: 'inconclusive', because: 'Inputs of unit tests in the export format' },
  { input: 'tstack+lnav', status: 'inconclusive', because: 'Formats of logs, a few lines each' },
];

const LOGS: readonly Truth[] = [
  {
    input: 'canonical+hotsos/sosreport-openstack.tar.xz',
    status: 'inconclusive',
    finds: [{ signature: 'kernel-pids-fork-rejected', about: ['compute4'] }],
    because: 'An OpenStack host, no cluster; its kernel log has "cgroup: fork rejected by pids controller"',
  },
  {
    input: 'canonical+hotsos/sosreport-rabbitmq.tar.xz',
    status: 'inconclusive',
    because: 'RabbitMQ closes a connection: no matter of a cluster',
  },
  {
    input: `${CASES}/C7`,
    status: 'degraded',
    causes: ['taint-eviction-loop'],
    finds: [{ signature: 'taint-eviction-loop', count: 187 }],
    because: 'C7 infinite taint loop: TaintManagerEviction 187 times',
  },
  {
    input: `${CASES}/C8`,
    status: 'degraded',
    causes: ['descheduler-eviction-loop'],
    finds: [{ signature: 'descheduler-eviction-loop', count: 27 }],
    because: 'C8 scheduler/descheduler loop: RemovePodsViolatingTopologySpreadConstraint 27 times',
  },
  { input: 'clineberry+keycloak-in-kind-stuff', status: 'inconclusive', because: 'A healthy kind cluster' },
  {
    input: 'skykying+scripts/logs/kubelet.log',
    status: 'degraded',
    causes: ['kubelet-register-failed'],
    finds: [
      { signature: 'kubelet-register-failed' },
      { signature: 'kubelet-node-not-found', about: ['localhost'], line: 338 },
    ],
    because:
      ':338 "node \\"localhost\\" not found" then thousands, because "nodes is forbidden: User \\"kubelet-client\\" cannot create resource"',
  },
  {
    input: 'skykying+scripts/logs/kube-apiserver.log',
    status: 'inconclusive',
    because:
      ':950 "Unable to remove old endpoints" is what an API server prints when it starts; it serves the rest of the log',
  },
  {
    input: 'stevet284+rancher_logs/kubelet.log',
    status: 'inconclusive',
    finds: [{ signature: 'kubelet-container-backoff', about: ['cattle-system/cattle-cluster-agent-8647c64fdd-ljjwk'] }],
    because: ':1237 cattle-cluster-agent CrashLoopBackOff, to the last line; a workload, and no fault of the kubelet',
  },
  { input: 'VenRoot+logs', status: 'inconclusive', because: 'Negative controls, no cluster' },
  {
    input: 'liggitt+audit2rbac/testdata/demo.log',
    status: 'inconclusive',
    because: 'Audit of 2017; one user is refused once',
  },
  { input: 'log2timeline+plaso', status: 'inconclusive', because: 'Dialects of syslog, part synthetic' },
  { input: 'logpai+loghub', status: 'inconclusive', because: 'Machines that are no cluster of ours' },
];

const KERNELS: readonly Truth[] = [
  {
    input: `${MLX}/mlx5-cmd-timeout-shutdown.dmesg`,
    status: 'inconclusive',
    because: 'One answer that came late while a test kernel was shut down for kexec',
  },
  ...['mlx5-error-cqe', 'mlx5-error-cqe-syndrome'].map(
    (name): Truth => ({
      input: `${MLX}/${name}.dmesg`,
      status: 'inconclusive',
      because: 'One or two failed work requests; the driver mends its queue, so three an hour count',
    }),
  ),
  {
    input: `${MLX}/mlx5-fatal-error-3.dmesg`,
    status: 'degraded',
    causes: ['mlx5-health-compromised'],
    because: '"poll_health:803: Fatal error 3 detected"',
  },
  {
    input: `${MLX}/mlx5-hv-pci-eject.dmesg`,
    status: 'degraded',
    // No host stands in these lines, so nothing joins the adapter with the driver that gave it up.
    causes: ['driver-probe-failed', 'mlx5-fw-preinit-timeout'],
    unranked: true,
    because:
      '"Firmware over 120000 MS in pre-initializing state, aborting", then "probe of 468b:00:02.0 failed with error -16"',
  },
  {
    input: `${MLX}/mlx5-load-failed.dmesg`,
    status: 'degraded',
    causes: ['driver-probe-failed'],
    because: '"Failed to create EQs", "probe of 0000:0b:00.0 failed with error -22", and so for 0b:00.1',
  },
  {
    input: `${MLX}/mlx5-poll_health-fatal-error.dmesg`,
    status: 'degraded',
    // Neither time nor host stands in these lines, so nothing joins the port with the adapter behind it.
    causes: ['mlx5-health-compromised', 'pcie-hotplug-link-down'],
    unranked: true,
    finds: [{ signature: 'mlx5-health-recovery-failed', by: 'mlx5-health-compromised' }],
    because:
      '"pciehp: Slot(2-4): Link Down", then the adapter behind it: "Fatal error 1 detected", "PCI slot is unavailable"',
  },
  {
    input: 'abrt+satyr',
    status: 'inconclusive',
    because: 'Oopses cut out of bug reports, in files that no name calls kernel logs; in no row of the index',
  },
];

export const TRUTHS: readonly Truth[] = [...GATHERS, ...INSTALLATIONS, ...JOURNALS, ...LOGS, ...KERNELS];

/** Nothing to analyse, or analysed by another test. */
export const OTHER_FILES = [
  'INDEX.md',
  'distilled/',
  'openshift+must-gather-clean/LICENSE',
  'gangmuk+k8s-failure-reproduction/readme.md',
];
