import type { Report, ReportFinding } from '../../src/model/report.ts';

/** Text that tries to do something: move the cursor, reorder, hide, become HTML or Markdown. */
export const HOSTILE =
  '\u001b[2J\u001b[31mred\u001b[0m \u0000nul \u202Etxt.exe\u202C zero\u200Bwidth <script>alert(1)</script> ' +
  '| `` ``` ```` **bold** [link](javascript:alert(1)) ![img](http://evil.example/x.png) <!-- www.evil.example ' +
  '\u001b]0;title\u0007 \u009b31m &amp; 節点 🔥 \ud800';

const GATHER = 'must-gather.local.42/quay-io-sha256-abc';

function finding(id: string, signature: string, title: string, rest: Partial<ReportFinding>): ReportFinding {
  return {
    id,
    signature,
    title,
    severity: 'error',
    role: 'symptom',
    status: 'active',
    confidence: 0.9,
    entities: [],
    count: 1,
    captures: {},
    evidence: [],
    ...rest,
  };
}

const FINDINGS: ReportFinding[] = [
  finding('f-vip', 'vip-not-in-machine-network', 'API VIP 10.46.124.13 lies outside every machine network', {
    severity: 'critical',
    role: 'cause',
    confidence: 0.97,
    entities: [{ kind: 'vip', name: '10.46.124.13' }],
    firstSeen: '2025-12-02T19:00:05Z',
    lastSeen: '2025-12-04T00:40:00Z',
    captures: { vip: '10.46.124.13', networks: '10.46.120.0/24' },
    evidence: [
      {
        source: `${GATHER}/cluster-scoped-resources/config.openshift.io/infrastructures.yaml`,
        line: 31,
        pointer: '/spec/platformSpec/baremetal/machineNetworks',
        text: 'machineNetworks: [10.46.120.0/24]',
        repeats: 1,
      },
      {
        source: `${GATHER}/namespaces/openshift-network-operator/pods/network-operator-6d9b9c8f5-x2x7p/network-operator/network-operator/logs/current.log`,
        line: 812,
        at: '2025-12-02T19:00:05.123456Z',
        until: '2025-12-04T00:39:58Z',
        text: `2025-12-02T19:00:05.123456Z Error on validating API VIPs and Machine Networks ${HOSTILE}`,
        repeats: 1403,
      },
    ],
  }),
  finding('f-nic', 'mlx5-module-eeprom-query-loop', 'ConnectX port asks an absent module for its identity, forever', {
    severity: 'critical',
    role: 'cause',
    confidence: 0.83,
    entities: [{ kind: 'nic', name: 'master-2/0000:5e:00.1' }],
    firstSeen: '2025-12-02T20:11:00Z',
    lastSeen: '2025-12-03T23:59:59Z',
    count: 104_233,
    evidence: [
      {
        source: 'console-master-2.log',
        line: 77,
        text: 'mlx5_core 0000:5e:00.1: mlx5_query_module_id:315:(pid 1211): query_mcia_reg failed: status: 0x3',
        repeats: 104_233,
      },
    ],
  }),
  finding('f-cert', 'kubelet-client-pem-missing', 'The kubelet of master-1 has no client certificate', {
    severity: 'critical',
    role: 'cause',
    confidence: 0.71,
    status: 'recovered',
    entities: [{ kind: 'node', name: 'master-1' }],
    firstSeen: '2025-12-03T21:55:35.453854Z',
    lastSeen: '2025-12-04T02:00:00Z',
    evidence: [
      {
        source: 'journal-master-1.txt',
        line: 1,
        at: '2025-12-03T21:55:35.453854Z',
        text: 'Dec 03 21:55:35 master-1 kubenswrapper[701002]: User "system:anonymous" cannot get resource "csinodes"',
        repeats: 3,
      },
    ],
  }),
  finding('f-co', 'network-operator-degraded', 'ClusterOperator network is degraded', {
    entities: [{ kind: 'operator', name: 'network' }],
    firstSeen: '2025-12-02T19:00:08Z',
    evidence: [
      {
        source: `${GATHER}/cluster-scoped-resources/config.openshift.io/clusteroperators/network.yaml`,
        line: 40,
        text: 'reason: SyncInfrastructureSpecAndStatus',
        repeats: 1,
      },
    ],
  }),
  finding('f-bmh', 'bmh-inspecting', 'BareMetalHost master-2 is being inspected again and again', {
    entities: [{ kind: 'baremetalhost', name: 'openshift-machine-api/master-2' }],
    firstSeen: '2025-12-02T20:41:00Z',
  }),
  finding('f-mirror', 'etcd-mirror-pod-missing', 'No mirror pod of etcd on master-1, though its container runs', {
    entities: [{ kind: 'pod', name: 'openshift-etcd/etcd-master-1' }],
    firstSeen: '2025-12-03T21:58:00Z',
  }),
  finding('f-guard', 'guard-missing-operand', 'The etcd guard misses its operand on master-1', {
    severity: 'warning',
    entities: [{ kind: 'operator', name: 'etcd' }],
    firstSeen: '2025-12-03T22:00:00Z',
  }),
  finding('f-frozen', 'workload-controllers-frozen', `Deployment metal3 has no pod ${HOSTILE}`, {
    severity: 'warning',
    entities: [{ kind: 'namespace', name: 'openshift-machine-api' }],
    count: 2,
    evidence: [{ source: `${GATHER}/a|b.yaml`, line: 9, text: HOSTILE, repeats: 1 }],
  }),
  finding('f-noise', 'operator-status-conflict', 'Status updates collide', {
    severity: 'info',
    role: 'context',
    entities: [
      { kind: 'operator', name: 'kube-controller-manager' },
      { kind: 'namespace', name: 'openshift-kube-controller-manager-operator' },
    ],
    count: 12,
    lastSeen: '2025-12-02T20:06:21.832634Z',
  }),
  finding('f-wide', 'odd-name', `節点の障害が発生しました、とても長い名前の所見です ${HOSTILE}`, {
    severity: 'warning',
    role: 'context',
    entities: [{ kind: 'node', name: `evil${HOSTILE}` }],
    count: 1_234_567,
    lastSeen: '2025-12-03T10:00:00Z',
  }),
];

/** A report in the likeness of a real incident: three independent root causes, chains, gaps, and hostile text. */
export function reportFixture(): Report {
  return structuredClone<Report>({
    schemaVersion: 1,
    tool: { name: 'inquest', version: '0.1.0', signatures: { count: 212, digest: '0123456789abcdef0123456789abcdef' } },
    generatedAt: '2025-12-05T08:00:00Z',
    durationMs: 2345,
    inputs: [
      { path: 'must-gather.tar.gz', kind: 'must-gather', bytes: 734_003_200, members: 20_411, truncated: false },
      { path: 'console-master-2.log', kind: 'log', bytes: 9_000_000, members: 1, truncated: true },
    ],
    cluster: {
      id: '6f3a1c1e-0000-4000-8000-000000000001',
      version: '4.18.14',
      platform: 'BareMetal',
      topology: 'HighlyAvailable',
      networkType: 'OVNKubernetes',
      apiVIPs: ['10.46.124.13'],
      ingressVIPs: ['10.46.124.14'],
      machineNetworks: ['10.46.120.0/24'],
      nodes: [
        { name: 'master-0', roles: ['control-plane', 'master'], ready: true, version: 'v1.31.8' },
        { name: 'master-1', roles: ['control-plane', 'master'], ready: false, version: 'v1.31.8' },
      ],
      operators: [
        { name: 'dns', available: true, progressing: false, degraded: false },
        {
          name: 'network',
          available: true,
          progressing: false,
          degraded: true,
          since: '2025-12-02T19:00:08Z',
          message: "VIP '10.46.124.13' cannot be found in any machine network\nsecond | line",
        },
        { name: 'etcd', available: true, progressing: true, degraded: true, message: HOSTILE },
      ],
    },
    window: { from: '2025-12-02T18:30:00Z', to: '2025-12-04T00:40:00Z', gatheredAt: '2025-12-04T00:40:00Z' },
    verdict: {
      status: 'failed',
      recovery: 'reinstall',
      summary:
        'Three independent faults. The API VIP is outside the machine networks, which cannot be changed after installation; master-2 never joined because of its network card; master-1 lost its client certificate.',
    },
    rootCauses: [
      {
        rank: 1,
        finding: 'f-vip',
        signature: 'vip-not-in-machine-network',
        title: 'API VIP 10.46.124.13 lies outside every machine network',
        confidence: 0.97,
        status: 'active',
        entities: [{ kind: 'vip', name: '10.46.124.13' }],
        explains: ['f-co'],
        because: ['infrastructure/cluster lists 10.46.120.0/24 only', 'ClusterOperator network says so itself'],
        alternatives: [
          {
            signature: 'machine-network-edited',
            title: 'Somebody edited the machine networks later',
            confidence: 0.12,
            decidedBy: 'managedFields of infrastructure/cluster',
          },
        ],
        remediation: [
          {
            text: 'Add the missing CIDR, if the VIP lies in the subnet of the nodes',
            run: 'oc patch infrastructure/cluster --type=json -p \'[{"op":"add","path":"/spec/platformSpec/baremetal/machineNetworks/-","value":"10.46.124.0/24"}]\'',
            risk: 'disruptive',
          },
          { text: 'Otherwise reinstall with a VIP inside the machine networks', risk: 'destructive' },
        ],
        verify: [{ text: 'Watch the operator recover', run: 'oc get co network -w', risk: 'safe' }],
        collectNext: ['The install-config.yaml that the cluster was installed with'],
        summary: 'The network operator refuses to reconcile while the VIP is in none of the machine networks.',
        why: 'Every reconcile validates the VIPs against the machine networks first.',
        recovery: 'reinstall',
      },
      {
        rank: 2,
        finding: 'f-nic',
        signature: 'mlx5-module-eeprom-query-loop',
        title: 'ConnectX port asks an absent module for its identity, forever',
        confidence: 0.83,
        status: 'active',
        entities: [{ kind: 'nic', name: 'master-2/0000:5e:00.1' }],
        explains: ['f-bmh'],
        because: ['The console repeats the query every 0.2 s'],
        alternatives: [],
        remediation: [{ text: 'Reseat or replace the module, or disable the port', risk: 'disruptive' }],
        verify: [
          {
            text: 'Inspect the host again',
            run: 'oc annotate bmh/master-2 -n openshift-machine-api inspect.metal3.io= --overwrite && oc get bmh -n openshift-machine-api -w',
            risk: 'safe',
          },
        ],
        collectNext: [],
        recovery: 'hardware',
      },
      {
        rank: 3,
        finding: 'f-cert',
        signature: 'kubelet-client-pem-missing',
        title: 'The kubelet of master-1 has no client certificate',
        confidence: 0.71,
        status: 'recovered',
        entities: [{ kind: 'node', name: 'master-1' }],
        explains: ['f-mirror', 'f-guard', 'f-gone'],
        because: [`Requests arrive as system:anonymous ${HOSTILE}`],
        alternatives: [],
        remediation: [
          {
            text: 'Let the node ask for a new certificate and approve it twice',
            run: 'oc get csr -o go-template=\'{{range .items}}{{if not .status}}{{.metadata.name}}{{"\\n"}}{{end}}{{end}}\' | xargs --no-run-if-empty oc adm certificate approve',
            risk: 'disruptive',
          },
        ],
        verify: [],
        collectNext: ['The journal of master-1 from before 2025-12-03 21:55 UTC'],
        recovery: 'in-place',
      },
    ],
    findings: FINDINGS,
    edges: [
      { cause: 'f-vip', effect: 'f-co', strength: 0.95, lagMs: 2877, because: ['the operator validates the VIP'] },
      { cause: 'f-nic', effect: 'f-bmh', strength: 0.8, lagMs: 1_800_000, because: ['inspection waits for the ports'] },
      { cause: 'f-cert', effect: 'f-mirror', strength: 0.9, lagMs: 145_000, because: ['shares node master-1'] },
      { cause: 'f-mirror', effect: 'f-guard', strength: 0.9, because: ['the guard looks for the mirror pod'] },
      { cause: 'f-guard', effect: 'f-cert', strength: 0.1, because: ['a cycle that no report should hold'] },
    ],
    unexplained: ['f-frozen', 'f-absent'],
    timeline: [
      {
        at: '2025-12-02T19:00:05Z',
        until: '2025-12-04T00:40:00Z',
        lane: 'operator network',
        kind: 'finding',
        severity: 'critical',
        text: 'VIP outside the machine networks',
        finding: 'f-vip',
      },
      { at: '2025-12-03T21:55:35Z', lane: 'node master-1', kind: 'log', severity: 'error', text: HOSTILE },
    ],
    coverage: {
      bytes: 5_368_709_120,
      files: 20_412,
      lines: 41_000_000,
      bySource: [{ kind: 'container', files: 1200, bytes: 4_000_000_000, lines: 30_000_000 }],
      skipped: [
        { source: 'a/core.1', reason: 'binary' },
        { source: 'a/core.2', reason: 'binary' },
        { source: `a/${HOSTILE}`, reason: `limit ${HOSTILE}` },
      ],
      missing: [
        {
          what: 'Journal of master-1',
          why: 'its kubelet refused the request',
          matters: 'it would tell when the certificate went',
        },
      ],
      notes: ['Times without a year were placed by the gather time', HOSTILE],
    },
    outcomes: [
      { signature: 'vip-not-in-machine-network', outcome: 'hit' },
      { signature: 'etcd-quorum-lost', outcome: 'clear' },
      { signature: 'kcm-lease-stale', outcome: 'no-data', reason: 'no leases in the input' },
      { signature: 'broken-detector', outcome: 'failed', reason: HOSTILE },
    ],
  });
}
