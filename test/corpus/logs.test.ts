import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { BUNDLED_SIGNATURES } from '../../src/bundled-signatures.ts';
import type { Report } from '../../src/model/report.ts';

const CORPUS = '../shared/corpus';

function analyzed(path: string): Promise<Report> {
  return analyze([`${CORPUS}/${path}`], { signatureDirs: [BUNDLED_SIGNATURES], now: () => 0 });
}

if (!existsSync(CORPUS)) console.warn('skipped: real logs are looked for in ../shared/corpus, which is not here');

/** What each installer's log ends with, and where that stands written. */
const ENDED = [
  ['hupiper+openshift4-upi-homelab/.openshift_install.log', 'installer-api-name-unresolved', 1948],
  ['kenmoini+rh-sso-demo/.openshift_install.log', 'installer-vcenter-unreachable', 194],
  ['vfabi+filestorage/openshift_install.log', 'installer-boot-image-missing', 43],
  // Why the API stayed away is not in the log.
  ['therevoman+ocp4-upi-helpernode/ocp4-bad/.openshift_install.log', 'installer-api-wait-timeout', 817],
] as const;

/** What stopped an earlier attempt; a later one in the same log went on. */
const MENDED = [
  ['cpietra+openshift/.openshift_install.log', 'install-config-invalid', 22],
  ['VeerMuchandi+ocp4upifiles/.openshift_install.log', 'installer-api-wait-timeout', 533],
] as const;

describe.skipIf(!existsSync(CORPUS))('logs of installers', () => {
  it.each(ENDED)('%s ends with %s', async (path, signature, line) => {
    const report = await analyzed(path);
    expect(report.verdict.status).toBe('failed');
    expect(report.rootCauses.map((cause) => cause.signature)).toEqual([signature]);
    expect(linesOf(report, signature)).toContain(line);
  });

  it.each(MENDED)('%s names %s, and calls it mended', async (path, signature, line) => {
    const report = await analyzed(path);
    expect(report.rootCauses).toEqual([]);
    expect(report.findings.map((f) => [f.signature, f.status, f.severity])).toEqual([
      [signature, 'recovered', 'warning'],
    ]);
    expect(linesOf(report, signature)).toContain(line);
  });

  it.each([
    'therevoman+ocp4-upi-helpernode/config-4.2.0/.openshift_install.log',
    'noushi+ocp4upi/.openshift_install.log',
  ])('%s: a success', async (path) => {
    expect((await analyzed(path)).findings).toEqual([]);
  });
});

describe.skipIf(!existsSync(CORPUS))('journals of a bootstrap machine', () => {
  // Kinds that nobody knows yet are normal in its first minute, and over then.
  it.each(['bootkube.log', 'bootkube_230525.log'])('%s: no control plane machine came', async (name) => {
    const report = await analyzed(`Jaslite+Smart/${name}`);
    expect(report.rootCauses.map((cause) => cause.signature)).toEqual(['bootstrap-control-plane-absent']);
  });
});

describe.skipIf(!existsSync(CORPUS))('clusters with an injected fault', () => {
  it.each([
    ['C7', 'taint-eviction-loop', 187],
    ['C8', 'descheduler-eviction-loop', 27],
  ] as const)('%s is %s', async (name, signature, count) => {
    const report = await analyzed(`gangmuk+k8s-failure-reproduction/failure_cases/${name}`);
    expect(report.rootCauses.map((cause) => cause.signature)).toEqual([signature]);
    expect(report.findings.map((f) => [f.signature, f.count])).toEqual([[signature, count]]);
  });

  it('routers without a node, in an archive of several clusters', async () => {
    const report = await analyzed('openshift+insights-operator/docs/insights-archive-sample.tar.gz');
    expect(report.rootCauses.map((cause) => cause.signature)).toEqual(['failed-scheduling']);
    const explained = report.findings.filter((f) => report.rootCauses[0]!.explains.includes(f.id));
    expect(explained.flatMap((f) => f.entities.map((e) => e.name))).toContain('ingress');
  });
});

/** What kernels print of adapters; nothing else of these machines is known. */
const ADAPTERS = [
  ['mlx5-fatal-error-3', ['mlx5-health-compromised']],
  ['mlx5-hv-pci-eject', ['driver-probe-failed', 'mlx5-fw-preinit-timeout']],
  [
    'mlx5-poll_health-fatal-error',
    ['mlx5-health-compromised', 'mlx5-health-recovery-failed', 'pcie-hotplug-link-down'],
  ],
] as const;

describe.skipIf(!existsSync(CORPUS))('kernel logs', () => {
  it.each(ADAPTERS)('%s', async (name, signatures) => {
    const report = await analyzed(`linux-mailinglist-archives+linux-rdma/${name}.dmesg`);
    expect([...new Set(report.findings.map((f) => f.signature))].sort()).toEqual(signatures);
  });
});

describe.skipIf(!existsSync(CORPUS))('what holds no fault of a cluster', () => {
  it.each([
    'Sheetalpamecha+must-gather-analyzer/must-gather-full.local.6171629414503736950.tar.gz',
    'Sheetalpamecha+must-gather-analyzer/must-gather-minimal.local.332864113535894218.tar.gz',
    'RedHatQE+must-gather-explorer',
    'openshift+library-go',
    'VenRoot+logs',
    'KDE+kjournald',
    'clineberry+keycloak-in-kind-stuff',
    'logpai+loghub',
    'log2timeline+plaso',
  ])('%s raises no alarm', async (path) => {
    const report = await analyzed(path);
    expect(report.rootCauses).toEqual([]);
    const alarms = report.findings.filter((f) => f.severity === 'critical' || f.severity === 'error');
    expect(alarms.map((f) => f.signature)).toEqual([]);
    expect(report.outcomes.filter((outcome) => outcome.outcome === 'failed')).toEqual([]);
  });
});

function linesOf(report: Report, signature: string): (number | undefined)[] {
  return report.findings.filter((f) => f.signature === signature).flatMap((f) => f.evidence.map(({ line }) => line));
}
