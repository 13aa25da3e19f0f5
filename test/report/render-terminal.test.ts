import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { renderTerminal } from '../../src/report/render-terminal.ts';
import { displayWidth } from '../../src/report/text-safety.ts';
import { HOSTILE, reportFixture } from '../support/report-fixture.ts';

const plain = (report: Report, width = 80) => renderTerminal(report, { width, color: false });
const firstScreen = (report: Report) => plain(report).split('\n').slice(0, 24).join('\n');

/** Commands keep words whole that a shell could not be given in pieces. */
const LONG_WORDS = [
  `'[{"op":"add","path":"/spec/platformSpec/baremetal/machineNetworks/-","value":"10.46.124.0/24"}]'`,
  `go-template='{{range .items}}{{if not .status}}{{.metadata.name}}{{"\\n"}}{{end}}{{end}}'`,
];

describe('the first screen', () => {
  const screen = firstScreen(reportFixture());

  it('says what happened and what it takes', () => {
    expect(screen.split('\n')[0]).toBe('FAILED, needs a reinstall · OpenShift 4.18.14, BareMetal, 2 nodes');
    expect(screen).toContain('Three independent faults.');
  });

  it('ranks the causes, with confidence, state, effects and the first remedy', () => {
    expect(screen).toContain('1. API VIP 10.46.124.13 lies outside every machine network');
    expect(screen).toContain('almost certain (97 %), active since 2025-12-02 19:00:05Z');
    expect(screen).toContain('explains 1: ClusterOperator network is degraded');
    expect(screen).toContain('fix: [disruptive] Reseat or replace the module, or disable the port');
    expect(screen).toContain('likely (71 %), recovered, 2025-12-03 21:55:35Z to 2025-12-04 02:00:00Z');
    expect(screen).toContain('master-2/0000:5e:00.1');
  });

  it('says what stays open', () => {
    expect(screen).toContain('Open: 2 unexplained symptoms, 1 missing source, 3 skipped files.');
  });

  it.each([1, 4, 5, 8, 30])('has room for the answer with %i causes', (count) => {
    const report = reportFixture();
    const [cause] = report.rootCauses;
    report.rootCauses = Array.from({ length: count }, (_, i) => ({
      ...cause!,
      rank: i + 1,
      title: `${cause!.title} ${i + 1}`,
    }));
    const lines = plain(report).split('\n');
    const end = lines.findIndex((line) => line.startsWith('Open: ')) + 1;
    expect(end).toBeGreaterThan(0);
    expect(end).toBeLessThanOrEqual(24);
    const shown = lines.slice(0, end).filter((line) => /^\d+\. ? ?API VIP/.test(line)).length;
    const left = count - shown;
    expect(shown).toBeGreaterThanOrEqual(Math.min(count, 8));
    expect(lines.slice(0, end).some((line) => line.includes(`and ${left} more root causes, below`))).toBe(left > 0);
  });

  it('says what is missing where no cause was found', () => {
    const report = reportFixture();
    report.rootCauses = [];
    report.verdict = { status: 'inconclusive', recovery: 'unknown', summary: 'The input holds too little.' };
    const empty = firstScreen(report);
    expect(empty).toContain('INCONCLUSIVE, recovery unknown');
    expect(empty).toContain('No root cause was found.');
    expect(empty).toContain('  - Deployment metal3 has no pod');
    expect(empty).toContain('  - Journal of master-1: it would tell when the certificate went');
  });
});

describe('the details', () => {
  const text = plain(reportFixture(), 200);

  it('gives evidence as path and line, with the text', () => {
    expect(text).toContain('config.openshift.io/infrastructures.yaml:31\n    machineNetworks: [10.46.120.0/24]');
    expect(text).toContain('console-master-2.log:77\n  104 233 matches\n    mlx5_core 0000:5e:00.1');
  });

  it('draws the chain, and ends where it runs in a circle', () => {
    const report = reportFixture();
    report.edges.find((edge) => edge.effect === 'f-cert')!.strength = 0.9;
    expect(plain(report, 200)).toContain(
      [
        '  The kubelet of master-1 has no client certificate',
        '  └─▶ No mirror pod of etcd on master-1, though its container runs (pod openshift-etcd/etcd-master-1)',
        '      2025-12-03 21:58:00Z, link 90 %, shares node master-1',
        '      └─▶ The etcd guard misses its operand on master-1',
        '          2025-12-03 22:00:00Z, link 90 %, the guard looks for the mirror pod',
        '          └─▶ The kubelet of master-1 has no client certificate (see above)',
        '  - explains: f-gone',
      ].join('\n'),
    );
  });

  it('draws branches side by side', () => {
    const report = reportFixture();
    report.edges = ['f-co', 'f-bmh'].map((effect) => ({ cause: 'f-vip', effect, strength: 0.5, because: [] }));
    expect(plain(report, 200)).toMatch(
      / {2}├─▶ ClusterOperator network is degraded\n {2}│ {3}2025.*\n {2}│ {3}….*:40\n {2}└─▶ BareMetalHost/,
    );
  });

  it('dots what is only suspected, and follows neither that nor another root cause', () => {
    const report = reportFixture();
    report.edges = [
      { cause: 'f-vip', effect: 'f-guard', strength: 0.3, because: [] },
      { cause: 'f-vip', effect: 'f-nic', strength: 0.9, because: [] },
      { cause: 'f-nic', effect: 'f-bmh', strength: 0.9, because: [] },
      { cause: 'f-guard', effect: 'f-mirror', strength: 0.9, because: [] },
    ];
    const section = plain(report, 200).split('── Root cause ')[1]!;
    expect(section).toContain('├╌▷ The etcd guard misses its operand on master-1 (suspected, not proven)');
    expect(section).toContain(
      '└─▶ ConnectX port asks an absent module for its identity, forever (nic master-2/0000:5e:00.1) (root cause 2)',
    );
    expect(section).not.toMatch(/BareMetalHost|mirror pod/);
  });

  it('abbreviates the directory that most evidence shares, and says so', () => {
    const report = reportFixture();
    const root = 'must-gather.local.42/quay-io-sha256-abc/';
    report.rootCauses[0]!.because = [`seen at ${root}a/b.yaml:3`];
    for (const id of ['f-mirror', 'f-guard']) {
      report.findings.find((finding) => finding.id === id)!.evidence = [
        { source: `${root}x/${id}`, line: 1, text: 'x', repeats: 1 },
      ];
    }
    const short = plain(report, 200);
    expect(short).toContain(`Paths below that start with …/ start with ${root}\n`);
    expect(short).toContain('  …/cluster-scoped-resources/config.openshift.io/infrastructures.yaml:31\n');
    expect(short).toContain('  - seen at …/a/b.yaml:3\n');
    expect(short.split(root)).toHaveLength(2);
  });

  it('gives a long verdict in full below the first screen', () => {
    const report = reportFixture();
    report.verdict.summary = `${'long '.repeat(80)}end`;
    const [screen, rest] = plain(report).split('Open: ');
    expect(screen).not.toContain('end');
    expect(rest).toMatch(/^.*\n\n(long\s)+end\n/);
  });

  it('marks the risk of every remedy and gives its command whole', () => {
    expect(text).toContain('2. [destructive] Otherwise reinstall');
    expect(text).toContain('$ oc patch infrastructure/cluster --type=json -p \'[{"op":"add"');
    expect(text).toContain('decided by: managedFields of infrastructure/cluster');
    expect(text).toContain('Collect next\n  - The install-config.yaml');
  });

  it('breaks long commands so that they can be pasted', () => {
    const narrow = plain(reportFixture(), 80);
    expect(narrow).toContain(
      '$ oc annotate bmh/master-2 -n openshift-machine-api inspect.metal3.io= \\\n         --overwrite && oc get bmh',
    );
  });

  it('lists the rest: unexplained, other findings, cluster, coverage', () => {
    expect(text).toMatch(/^severity +finding +about +count +last seen$/m);
    expect(text).toMatch(/^info +Status updates collide +operator kube-controller-manager \+1 +12 +2025-12-02 20:06$/m);
    expect(text).toContain('Operators (2 of 3 not well)\n  - network: degraded since 2025-12-02 19:00:08Z');
    expect(text).toMatch(/master-1 +control-plane, master +NOT READY +v1\.31\.8/);
    expect(text).toContain('console-master-2.log (log, 8.6 MiB, TRUNCATED)');
    expect(text).toContain('- 2 files: binary, such as a/core.1');
    expect(text).toContain('- broken-detector: ');
    expect(text.match(/Status updates collide/g)).toHaveLength(1);
  });
});

it('tells of a symptom that stands in for its unseen cause once, among the causes', () => {
  const report = reportFixture();
  const [cause, ...others] = report.rootCauses;
  const shown = plain({ ...report, rootCauses: [{ ...cause!, finding: 'f-frozen' }, ...others] });
  expect(shown).toContain('Open: 1 unexplained symptom,');
  expect(shown.split('Symptoms that no cause explains')[1]).not.toContain(
    report.findings.find(({ id }) => id === 'f-frozen')!.title,
  );
});

describe('hostile reports', () => {
  it.each([60, 80, 200])('no line is wider than %i columns', (width) => {
    for (const line of plain(reportFixture(), width).split('\n')) {
      if (LONG_WORDS.some((word) => line.includes(word))) continue;
      expect(displayWidth(line), line).toBeLessThanOrEqual(width);
    }
  });

  it('holds no control but line ends where colour is off', () => {
    expect(plain(reportFixture())).toMatch(/^(?:\n|[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}])*$/u);
  });

  it('holds only our own colours where it is on, and says the same', () => {
    const colored = renderTerminal(reportFixture(), { width: 80, color: true });
    expect(colored).toContain('\u001b[1m');
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(plain(reportFixture()));
    expect(stripVTControlCharacters(colored)).toBe(plain(reportFixture()));
  });

  it('survives a report of nothing but hostile text, deep chains and dangling ids', () => {
    const report = reportFixture();
    report.edges = Array.from({ length: 300 }, (_, i) => ({
      cause: i === 0 ? 'f-vip' : `x${i}`,
      effect: `x${i + 1}`,
      strength: 0.5,
      because: [HOSTILE],
    }));
    report.verdict.summary = HOSTILE.repeat(50);
    report.rootCauses[0]!.title = HOSTILE.repeat(10);
    report.rootCauses[1]!.finding = 'gone';
    report.rootCauses[2]!.remediation = [{ text: HOSTILE, run: `rm ${HOSTILE}\n\u001b[2Jsecond`, risk: 'safe' }];
    const text = plain(report);
    expect(text).not.toContain('\u001b');
    expect(text).toContain('(11 steps on) ─▶ x11');
    const end = text.split('\n').findIndex((line) => line.startsWith('Open: ')) + 1;
    expect(end).toBeGreaterThan(0);
    expect(end).toBeLessThanOrEqual(24);
  });
});

describe('links', () => {
  const link = (source: string, line: number | undefined) =>
    source.startsWith('console') ? `file:///x/${source}#${line}` : undefined;

  it('lead from evidence to its line, and count for nothing in the width', () => {
    const text = renderTerminal(reportFixture(), { width: 80, color: false, link });
    expect(text).toContain(
      '\u001b]8;;file:///x/console-master-2.log#77\u001b\\console-master-2.log:77\u001b]8;;\u001b\\',
    );
    expect(text.replace(/\u001b\]8;;[^\u001b]*\u001b\\/g, '')).toBe(plain(reportFixture()));
  });

  it('cannot be ended from within', () => {
    const text = renderTerminal(reportFixture(), { width: 80, color: false, link: () => 'file:///x\u0007\u001b[2J' });
    expect(text).not.toMatch(/\u001b/);
  });
});
