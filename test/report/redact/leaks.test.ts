import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/model/report.ts';
import { redactReport } from '../../../src/report/redact/redact.ts';
import { FORMATS, render } from '../../../src/report/render.ts';
import { reportFixture } from '../../support/report-fixture.ts';

/** Names that no ordinary word of a report could be mistaken for. */
const word = (prefix: string) => fc.stringMatching(/^[a-z]{4,7}$/).map((rest) => `${prefix}${rest}`);
const octet = fc.integer({ min: 2, max: 250 });
const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));

const identity = fc.record({
  host: fc.tuple(word('zq'), fc.constantFrom('', '-0', '-a1-b2', '01')).map((parts) => parts.join('')),
  qualified: fc.boolean(),
  company: word('xk'),
  suffix: fc.constantFrom('com', 'bank', 'internal', 'co.uk', 'group.example'),
  cluster: word('vw'),
  infrastructure: word('qj').map((name) => `${name.slice(0, 5)}-7xk2p`),
  user: word('jw'),
  four: fc
    .tuple(fc.constantFrom('10.97', '192.168', '172.21', '203.107'), octet, octet)
    .map((parts) => parts.join('.')),
  six: fc.tuple(hex(4), hex(4)).map(([a, b]) => `fd3e:9${a.slice(1)}:${b}::a7`),
  mac: fc.tuple(hex(2), hex(2), hex(2)).map((bytes) => `9c:e4:7b:${bytes.join(':')}`),
  uuid: hex(12).map((rest) => `7e5d4c3b-1a2b-4c3d-9e8f-${rest}`),
});

type Identity = typeof identity extends fc.Arbitrary<infer T> ? T : never;

function domainOf({ cluster, company, suffix }: Identity): string {
  return `${cluster}.${company}.${suffix}`;
}

/** Everything that a text may say of a cluster, in the ways that logs say it. */
function sayings(id: Identity): string[] {
  const domain = domainOf(id);
  const upper = id.host.toUpperCase();
  return [
    `Dec 03 18:31:30.195 ${id.host} kubenswrapper[681220]: node "${id.host}" not found, ${upper}: gone`,
    `dial tcp ${id.four}:6443: connect: connection refused; lookup api.${domain} on ${id.four}:53: no such host`,
    `Get "https://api-int.${domain}:6443/healthz": x509: certificate is valid for *.apps.${domain}, not ${id.host}.${domain}`,
    `dial tcp [${id.six}]:2379, ${id.six}: refused; ${id.six}/64 dev br-ex; peer-${id.four} etcd_${id.four} ip-${id.four.replaceAll('.', '-')}`,
    `link/ether ${id.mac} brd ff:ff:ff:ff:ff:ff ${id.mac.toUpperCase()} ${id.mac.replaceAll(':', '-')} enx${id.mac.replaceAll(':', '')}`,
    `User "${id.user}" cannot list pods; mail <${id.user}.smith@${id.company}.${id.suffix}>; /home/${id.user}/gather; {"username":"${id.user}"}`,
    `pod openshift-etcd/etcd-${id.host} on ${id.host}.${domain}, cluster ${id.uuid}, machine openshift-machine-api/${id.infrastructure}-master-0`,
    `context default/api-${domain.replaceAll('.', '-')}:6443/${id.user}`,
    `http://registry.${id.company}.${id.suffix}/v2 proxy http://${id.user}:hunter2secret@proxy.${id.company}.${id.suffix}:3128`,
  ];
}

/** A report that says all of it, somewhere, in every place where text can stand. */
function reportOf(id: Identity): Report {
  const report = reportFixture();
  const says = sayings(id);
  let next = 0;
  const say = () => says[next++ % says.length]!;
  const name = id.qualified ? `${id.host}.${domainOf(id)}` : id.host;
  const path = `must-gather.local/namespaces/openshift-etcd/pods/etcd-${name}/etcd/etcd/logs/current.log`;
  report.cluster.nodes.push({ name, roles: ['master'], ready: false });
  report.cluster.id = id.uuid;
  report.cluster.apiVIPs.push(id.four, id.six);
  report.cluster.operators[0]!.message = say();
  report.verdict.summary = say();
  report.inputs[0]!.path = `/home/${id.user}/${id.company}/gather.tar.gz`;
  for (const finding of report.findings) {
    finding.title = say();
    finding.summary = say();
    finding.captures = { node: name, user: id.user, address: id.four, message: say() };
    finding.entities = [
      { kind: 'node', name },
      { kind: 'nic', name: `${name}/0000:3b:00.1` },
      { kind: 'pod', name: `openshift-etcd/etcd-${name}` },
      { kind: 'machine', name: `openshift-machine-api/${id.infrastructure}-worker-0` },
    ];
    finding.evidence = says.map((text) => ({
      source: path,
      line: 3,
      text,
      repeats: 1,
      before: [say()],
      after: [say()],
    }));
  }
  for (const cause of report.rootCauses) {
    Object.assign(cause, { title: say(), summary: say(), why: say(), because: [...says], collectNext: [...says] });
    cause.remediation = says.map((text) => ({ text, run: text, risk: 'safe' as const }));
    cause.verify = says.map((text) => ({ text, run: text }));
    cause.alternatives = says.map((text) => ({ signature: 's', title: text, confidence: 0.3, decidedBy: text }));
  }
  for (const edge of report.edges) edge.because = [...says];
  for (const entry of report.timeline) Object.assign(entry, { lane: `node ${name}`, text: say(), source: path });
  report.coverage.notes = [...says];
  report.coverage.skipped = says.map((reason) => ({ source: path, reason }));
  report.coverage.missing = says.map((what) => ({ what, why: say(), matters: say() }));
  report.boots = [
    { host: name, ending: 'panic', source: path, line: 1, last: { source: path, line: 1, text: say(), repeats: 1 } },
    { host: name, ending: 'clean', source: path },
  ];
  report.anomalies = says.map((template) => ({
    ...{ source: path, host: name, template, logs: 1, count: 9, share: 0.9 },
    evidence: [{ source: path, line: 9, text: template, repeats: 1 }],
  }));
  report.outcomes = [{ signature: 's', outcome: 'failed', reason: says.join(' ') }];
  return report;
}

/** The text of a rendering, with what the page carries packed for its script. */
function unpacked(text: string): string {
  const packed = [...text.matchAll(/<script type="text\/plain" id="(?:search|timeline)-data">([^<]*)</g)];
  return [text, ...packed.map((match) => inflateRawSync(Buffer.from(match[1]!, 'base64')).toString())].join('\n');
}

describe('a redacted report', () => {
  it.each([
    { formats: ['json'] as const, numRuns: 25 },
    { formats: FORMATS, numRuns: 2 },
  ])('holds no name, address or id of the original ($formats)', ({ formats, numRuns }) => {
    fc.assert(
      fc.property(identity, (id) => {
        const { report } = redactReport(reportOf(id));
        const originals = [
          id.host,
          id.company,
          id.cluster,
          id.infrastructure,
          id.user,
          id.four,
          id.six,
          id.mac,
          id.uuid,
        ];
        const written = [
          id.four.replaceAll('.', '-'),
          id.mac.replaceAll(':', '-'),
          id.mac.replaceAll(':', ''),
          'hunter2',
        ];
        for (const format of formats) {
          const text = unpacked(render(report, format)).toLowerCase();
          for (const original of [...originals, ...written]) {
            const at = text.indexOf(original);
            expect([format, original, at < 0 ? '' : text.slice(Math.max(0, at - 60), at + 60)]).toEqual([
              format,
              original,
              '',
            ]);
          }
        }
      }),
      { numRuns },
    );
  });

  it('says the same of the same thing everywhere', () => {
    fc.assert(
      fc.property(identity, (id) => {
        const { report, map } = redactReport(reportOf(id));
        const host = Object.entries(map['host']!).find(([, original]) => original === id.host)?.[0];
        expect(host).toMatch(/^host-\d+$/);
        for (const { entities, evidence, captures } of report.findings) {
          expect(entities[0]!.name.split('.')[0]).toBe(host);
          expect(entities[2]!.name.split('.')[0]).toBe(`openshift-etcd/etcd-${host}`);
          expect(evidence[0]!.source).toContain(`/pods/etcd-${host}`);
          expect(evidence[0]!.line).toBe(3);
          expect(captures['address']).toBe(report.cluster.apiVIPs.at(-2));
        }
      }),
      { numRuns: 10 },
    );
  });
});
