import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../../src/model/report.ts';
import { parseReport } from '../../../src/report/parse-report.ts';
import { redactReport } from '../../../src/report/redact/redact.ts';
import { FORMATS, render } from '../../../src/report/render.ts';
import { HOSTILE, reportFixture } from '../../support/report-fixture.ts';

const seed = parseReport(readFileSync('sample-gathers/vip-outside-machine-network/expected.json', 'utf8'));

describe('redactReport', () => {
  it('leaves no name, address or id of the cluster in any format', () => {
    const { report } = redactReport(seed);
    for (const format of FORMATS) {
      const text = render(report, format);
      for (const name of [/\bmaster-[012]\b/, /10\.46\.12\d/, /ocp-7xk2p/, /5b0c1f0e/, /example\.com/]) {
        expect([format, text.match(name)?.[0]]).toEqual([format, undefined]);
      }
    }
  });

  it('keeps the structure: the schema, the numbers, who is who, and the VIP outside its network', () => {
    const { report, map } = redactReport(seed);
    expect(reportSchema.safeParse(report).success).toBe(true);
    expect(report.findings.map(({ id }) => id)).toEqual(seed.findings.map(({ id }) => id));
    expect(report.edges.map(({ cause, effect }) => [cause, effect])).toEqual(
      seed.edges.map(({ cause, effect }) => [cause, effect]),
    );
    expect(report.timeline.map(({ at }) => at)).toEqual(seed.timeline.map(({ at }) => at));
    const network = report.cluster.machineNetworks[0]!.replace(/0\/24$/, '');
    expect(report.cluster.apiVIPs[0]!.startsWith(network)).toBe(false);
    expect(map['host']).toEqual({ 'host-1': 'master-0', 'host-2': 'master-1', 'host-3': 'master-2' });
    expect(Object.values(map['address']!)).toContain('10.46.124.13');
  });

  it('is stable: the same report, whenever made, gets the same pseudonyms', () => {
    const later = { ...seed, generatedAt: '2030-01-01T00:00:00Z', durationMs: 5 };
    expect(redactReport(later).map).toEqual(redactReport(seed).map);
    expect(redactReport(seed)).toEqual(redactReport(seed));
  });

  it('replaces mail addresses, users, MAC addresses, FQDNs and directories, and nothing of the platform', () => {
    const report = reportFixture();
    report.inputs[0]!.path = '/home/alice/acme/gather.tar.gz';
    report.findings[0]!.evidence[0]!.text =
      'User "alice" <Alice.B@corp.acme.com> at api.ocp.acme.com:6443 from aa:bb:cc:00:11:22 on master-1.ocp.acme.com ' +
      'nodes.config.openshift.io kubelet.service leases.coordination.k8s.io current.log v4.18.14 system:anonymous';
    const { report: redacted } = redactReport(report);
    const text = redacted.findings[0]!.evidence[0]!.text;
    expect(text).not.toMatch(/alice|acme|aa:bb|00:11:22|master-1/i);
    expect(text).toMatch(
      /User "user-1" <mail-1@label-\d\.domain-\d\.example> at api\.label-\d\.domain-\d\.example:6443/,
    );
    expect(text).toMatch(/from 02(?::[0-9a-f]{2}){5} on host-\d\.label-\d\.domain-\d\.example /);
    expect(text).toContain(
      'nodes.config.openshift.io kubelet.service leases.coordination.k8s.io current.log v4.18.14 system:anonymous',
    );
    expect(redacted.inputs[0]!.path).toBe('gather.tar.gz');
  });

  it('names nobody who resolved an earlier incident', () => {
    const report = reportFixture();
    const resolutions = [{ at: '2025-01-01T00:00:00Z', text: 'new cable', by: 'Alice Example' }];
    const lists = { causes: [], same: [], onlyHere: [], onlyThere: [] };
    report.seenBefore = [
      { incident: 'i', name: 'n', at: '2025-01-01T00:00:00Z', likeness: 0.9, ...lists, resolutions },
    ];
    const text = JSON.stringify(redactReport(report).report);
    expect(text).toContain('new cable');
    expect(text).not.toContain('Alice');
  });

  it('survives hostile text and prototype keys', () => {
    const report = reportFixture();
    report.findings[0]!.captures = JSON.parse('{"__proto__":"10.1.2.3","constructor":"y"}');
    report.findings[1]!.evidence[0]!.text = HOSTILE.repeat(50);
    const { report: redacted } = redactReport(report);
    expect(Object.entries(redacted.findings[0]!.captures).map(([name]) => name)).toEqual(['__proto__', 'constructor']);
    expect(JSON.stringify(redacted)).not.toContain('10.1.2.3');
  });

  it('masks secrets in every format without being asked', () => {
    const report = reportFixture();
    report.findings[0]!.evidence[0]!.text = 'password=hunter2secret';
    report.cluster.operators[0]!.message = 'Authorization: Bearer hunter2hunter2hunter2';
    report.rootCauses[0]!.summary = 'token=hunter2token';
    for (const format of FORMATS) expect([format, render(report, format).includes('hunter2')]).toEqual([format, false]);
  });
});
