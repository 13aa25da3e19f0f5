import { describe, expect, it } from 'vitest';
import { judgeReport } from '../../src/gathers/judge.ts';
import { type ScenarioTruth, scenarioSchema } from '../../src/gathers/scenario.ts';
import type { Report } from '../../src/model/report.ts';
import { reportOn, seedTree, withFile, without } from '../support/seed-variants.ts';

/** The seed incident as it might have gone, or as it might have been gathered; what a right report says of each. */

const seed = seedTree();

type Cause = ScenarioTruth['rootCauses'][number];

const VIP: Cause = {
  signature: 'vip-not-in-machine-network',
  entities: ['vip:10.46.124.13'],
  status: 'active',
  rank: 1,
  minConfidence: 0.8,
};
const NIC: Cause = {
  signature: 'mlx5-module-eeprom-query-loop',
  entities: ['nic:master-2/0000:3b:00.1'],
  status: 'active',
  minConfidence: 0.6,
};
const CERTIFICATE: Cause = {
  signature: 'kubelet-client-pem-missing',
  entities: ['node:master-1'],
  status: 'active',
  minConfidence: 0.8,
};
const CONTROLLERS: Cause = {
  signature: 'workload-controllers-frozen',
  entities: [],
  status: 'active',
  minConfidence: 0.5,
};
/** What stands in for a cause that the input does not show. */
const standIn = (signature: string, entity: string): Cause => ({
  signature,
  entities: [entity],
  status: 'active',
  maxConfidence: 0.5,
});
const INSPECTING = standIn('bmh-stuck-inspecting', 'baremetalhost:openshift-machine-api/master-2');
const MIRROR_POD = standIn('etcd-mirror-pod-missing', 'node:master-1');

const edge = (cause: string, effect: string) => ({ cause, effect });

/** What no report on this incident may say. */
const NEVER: NonNullable<ScenarioTruth['mustNotAppear']> = {
  rootCauses: [
    'etcd-members-degraded',
    'etcd-two-voting-members',
    'guard-missing-operand',
    'operator-degraded-generic',
    'cni-config-missing',
    'metal3-pod-missing',
    'control-plane-incomplete',
    'kcm-gc-thanos-unreachable',
    'status-update-conflict',
    'kubelet-objects-not-registered',
  ],
  edges: [
    edge('vip-not-in-machine-network', 'cni-config-missing'),
    edge('vip-not-in-machine-network', 'bmh-stuck-inspecting'),
    edge('vip-not-in-machine-network', 'kubelet-client-pem-missing'),
    edge('mlx5-module-eeprom-query-loop', 'metal3-pod-missing'),
  ],
  findings: ['etcd-quorum-lost', 'etcd-members-degraded'],
  severities: [],
};

interface Variant {
  readonly verdict: ScenarioTruth['verdict'];
  readonly rootCauses: readonly Cause[];
  readonly edges?: ScenarioTruth['edges'];
  /** Signatures of which there may be no finding. */
  readonly gone?: readonly string[];
}

function problems(report: Report, variant: Variant): string[] {
  const { verdict, rootCauses, edges = [], gone = [] } = variant;
  const truth = scenarioSchema.parse({
    title: 'a variant of the seed incident',
    inputs: ['gather'],
    story: 'see the name of the test',
    verdict,
    rootCauses,
    edges,
    mustNotAppear: { ...NEVER, findings: [...NEVER.findings, ...gone] },
  });
  return judgeReport(report, truth);
}

function cause(report: Report, signature: string) {
  const found = report.rootCauses.find((root) => root.signature === signature);
  if (found === undefined) throw new RangeError(`no root cause ${signature}`);
  return found;
}

const REINSTALL = { status: 'failed', recovery: 'reinstall' } as const;

describe('the seed incident', () => {
  it('is summed up in three lines, with the check that could spare the reinstallation', async () => {
    const { verdict, coverage, rootCauses } = await reportOn(seed);
    expect(verdict.summary.length).toBeLessThanOrEqual(230);
    expect(verdict.summary).toMatch(/^API VIP 10\.46\.124\.13 .* check first: .*append that network/);
    expect(coverage.missing.map(({ what }) => what)).toEqual([
      'kubelet log of master-1 in the gather (master-1-kubelet.log beside it)',
    ]);
    const repair = rootCauses.find(({ signature }) => signature === 'kubelet-client-pem-missing')!.remediation;
    expect(repair.findIndex(({ run }) => run?.includes('recover-kubeconfig.sh'))).toBe(1);
    expect(repair.at(-1)?.text).toMatch(/localhost\.kubeconfig\. Temporary/);
  });
});

describe('the seed incident, had it gone otherwise', () => {
  it('after the emergency repair of master-1 the lost certificate is history', async () => {
    const report = await reportOn(seedTree({ masterOne: 'repaired' }));
    expect(
      problems(report, {
        verdict: REINSTALL,
        rootCauses: [VIP, NIC, CONTROLLERS, { ...CERTIFICATE, status: 'recovered', minConfidence: 0.4 }],
        edges: [
          edge('kubelet-client-pem-missing', 'kubelet-anonymous-forbidden'),
          edge('kubelet-anonymous-forbidden', 'cni-config-missing'),
          edge('kubelet-anonymous-forbidden', 'kubelet-runs-as-system-admin'),
          edge('workload-controllers-frozen', 'metal3-pod-missing'),
        ],
        gone: ['guard-missing-operand', 'etcd-mirror-pod-missing', 'stale-control-plane-status'],
      }),
    ).toEqual([]);
    expect(report.findings.filter((f) => f.signature === 'kubelet-anonymous-forbidden')[0]?.status).toBe('recovered');
  });

  it('with the VIP inside the machine networks its cause is gone and the others stay', async () => {
    const report = await reportOn(seedTree({ vipInside: true }));
    expect(
      problems(report, {
        verdict: { status: 'failed', recovery: 'hardware' },
        rootCauses: [{ ...NIC, rank: 1 }, CERTIFICATE, CONTROLLERS],
        gone: ['vip-not-in-machine-network', 'cno-vip-validation-failed', 'network-operator-degraded-for-hours'],
      }),
    ).toEqual([]);
  });

  it('with a healthy master-1 only the VIP and the NIC remain', async () => {
    const report = await reportOn(seedTree({ masterOne: 'healthy' }));
    expect(
      problems(report, {
        verdict: REINSTALL,
        rootCauses: [VIP, { ...NIC, rank: 2 }],
        edges: [
          edge('bmh-stuck-inspecting', 'control-plane-incomplete'),
          edge('control-plane-incomplete', 'etcd-two-voting-members'),
        ],
        gone: ['kubelet-client-pem-missing', 'workload-controllers-frozen', 'metal3-pod-missing'],
      }),
    ).toEqual([]);
  });

  it('with the same noise on healthy hosts the NIC is doubted, and the peers are no causes', async () => {
    const report = await reportOn(noisyPeers());
    expect(
      problems(report, {
        verdict: REINSTALL,
        rootCauses: [VIP, CERTIFICATE, CONTROLLERS, { ...NIC, minConfidence: 0, maxConfidence: 0.5 }],
      }),
    ).toEqual([]);
    expect(cause(report, 'mlx5-module-eeprom-query-loop').because.join('\n')).toMatch(
      /master-0.*without consequences, which counts against it/,
    );
  });
});

/** The kernel logs of the two healthy masters repeat the line just as the console of master-2 does. */
function noisyPeers() {
  const version = [...seed.keys()].find((path) => /^gather\/[^/]+\/[^/]+\/version$/.test(path))!;
  const kernel = Buffer.from(seed.get('master-2-console.log')!)
    .toString('utf8')
    .split('\n')
    .map((line) => line.replace('\r', ''))
    .filter((line) => /Linux version|rtc_cmos|mlx5_core.*query_mcia_reg failed/.test(line))
    .join('\n');
  const dmesg = (node: string) => version.replace(/version$/, `nodes/${node}/dmesg`);
  return withFile(withFile(seed, dmesg('master-0'), `${kernel}\n`), dmesg('master-1'), `${kernel}\n`);
}

describe('the seed incident with a source missing', () => {
  const ALL = [VIP, NIC, CERTIFICATE, CONTROLLERS];
  const lost: readonly [string, readonly RegExp[], Variant & { next?: Record<string, RegExp> }][] = [
    ['no CertificateSigningRequests', [/\/certificatesigningrequests/], { verdict: REINSTALL, rootCauses: ALL }],
    [
      'no console: the inspection hangs for a cause that is not known',
      [/^master-2-console/],
      {
        verdict: REINSTALL,
        rootCauses: [VIP, CERTIFICATE, CONTROLLERS, INSPECTING],
        gone: ['mlx5-module-eeprom-query-loop'],
        next: { 'bmh-stuck-inspecting': /BMC or serial console/ },
      },
    ],
    [
      'no journal of master-1: its pod is missing for a cause that is not known',
      [/^master-1-kubelet/],
      {
        verdict: REINSTALL,
        rootCauses: [VIP, NIC, CONTROLLERS, MIRROR_POD],
        gone: ['kubelet-client-pem-missing', 'kubelet-anonymous-forbidden'],
        next: { 'etcd-mirror-pod-missing': /kubelet journal of the node/ },
      },
    ],
    ['no ClusterOperators', [/\/clusteroperators(?:\/|\.yaml)/], { verdict: REINSTALL, rootCauses: ALL }],
    ['no Infrastructure', [/\/infrastructures(?:\/|\.yaml)/], { verdict: REINSTALL, rootCauses: ALL }],
    ['no events', [/\/core\/events\.yaml/, /event-filter/], { verdict: REINSTALL, rootCauses: ALL }],
    ['no etcd_info', [/\/etcd_info\//], { verdict: REINSTALL, rootCauses: ALL }],
    ['no container logs', [/\/namespaces\/.*\/logs\//], { verdict: REINSTALL, rootCauses: ALL }],
    ['no unit logs', [/\/host_service_logs\//, /_logs_kubelet/], { verdict: REINSTALL, rootCauses: ALL }],
    [
      'no leases: only the work left undone tells of the controllers',
      [/\/leases\//],
      { verdict: REINSTALL, rootCauses: [VIP, NIC, CERTIFICATE, { ...CONTROLLERS, maxConfidence: 0.75 }] },
    ],
    [
      'only the gather',
      [/^master-/],
      {
        verdict: REINSTALL,
        rootCauses: [VIP, CONTROLLERS, INSPECTING, MIRROR_POD],
        next: { 'bmh-stuck-inspecting': /BMC or serial console/, 'etcd-mirror-pod-missing': /kubelet journal/ },
      },
    ],
    [
      'only the journal of master-1',
      [/^gather\//, /^master-2-console/],
      { verdict: { status: 'degraded', recovery: 'in-place' }, rootCauses: [{ ...CERTIFICATE, rank: 1 }] },
    ],
    [
      'only the console of master-2',
      [/^gather\//, /^master-1-kubelet/],
      {
        verdict: { status: 'degraded', recovery: 'hardware' },
        rootCauses: [{ ...NIC, rank: 1, minConfidence: 0.4, maxConfidence: 0.75 }],
        next: { 'mlx5-module-eeprom-query-loop': /metal3/ },
      },
    ],
  ];

  it.each(lost)('%s', async (_, gone, variant) => {
    const report = await reportOn(without(seed, ...gone));
    const { next = {}, ...truth } = variant;
    expect(problems(report, truth)).toEqual([]);
    for (const [signature, wanted] of Object.entries(next))
      expect(cause(report, signature).collectNext.join('\n')).toMatch(wanted);
  });
});
