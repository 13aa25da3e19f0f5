import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { partsOf } from '../../src/authoring/line-parts.ts';
import { lintCatalogue } from '../../src/detect/lint.ts';
import { parseSignature } from '../../src/detect/load-text.ts';
import { UserError } from '../../src/model/errors.ts';
import { newSignature } from '../../src/new-signature.ts';
import { runCase } from '../../src/signature-cases.ts';

/** The matcher of the proposal, and its cases. */
function proposed(line: string) {
  const { match, tests, ...rest } = parse(newSignature(line).yaml);
  return { ...rest, log: match.seen.log, hit: tests.hits[0].log, clear: tests.clear[0].log };
}

const NIC = 'Jan 15 10:00:03 worker-3 kernel: acme_nic 0000:5e:00.0 ens3f0: firmware mailbox stuck, resetting';
const KUBELET =
  'Dec 02 19:00:05.123456 master-1 kubenswrapper[2201]: E1202 19:00:05.123456    2201 kubelet_node_status.go:497] "Error updating node status, will retry" err="error getting node \\"master-1\\": nodes \\"master-1\\" not found"';
const CONTAINER =
  '2025-12-02T19:00:05.123456789Z W1202 19:00:05.123456       1 prober.go:10] "Readiness gate is stuck" pod="openshift-etcd/etcd-master-0" podUID="0f1e2d3c-1111-2222-3333-444455556666" ip="192.0.2.13"';

describe('newSignature', () => {
  it('reads a line of the kernel', () => {
    const { id, component, severity, log, hit } = proposed(NIC);
    expect({ id, component, severity }).toEqual({
      id: 'firmware-mailbox-stuck-resetting',
      component: 'kernel',
      severity: 'error',
    });
    expect(log).toEqual({
      source: ['kernel', 'journal', 'console'],
      contains: 'firmware mailbox stuck, resetting',
      pattern: String.raw`(?<nic>[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]) [\w.-]{2,20}: firmware mailbox stuck, resetting`,
    });
    expect(hit).toEqual({
      source: 'journal',
      host: 'worker-3',
      lines: ['{short} worker-3 kernel: acme_nic 0000:5e:00.0 ens3f0: firmware mailbox stuck, resetting'],
    });
  });

  it('reads a line of a unit, and matches its like on another node', () => {
    const { component, log, hit } = proposed(KUBELET);
    expect(component).toBe('kubelet');
    expect(log).toMatchObject({
      source: 'journal',
      unit: 'kubelet',
      contains: 'Error updating node status, will retry',
    });
    expect(hit.lines[0]).toMatch(/^\{short\} master-1 kubenswrapper\[2201\]: E\{klog\} {4}2201 /);
    const other = KUBELET.replaceAll('master-1', 'worker-7.example.com').replaceAll('\\"', '"');
    expect(new RegExp(log.pattern).exec(other)?.groups).toEqual({ node: 'worker-7.example.com' });
  });

  it('reads a line of a container, and matches that of another pod', () => {
    const { severity, log, hit } = proposed(CONTAINER);
    expect(severity).toBe('warning');
    expect(log).toMatchObject({ source: 'container', contains: 'Readiness gate is stuck' });
    expect(hit.lines[0]).toMatch(/^\{iso\} W\{klog\} {7}1 prober\.go:10\] /);
    const other = CONTAINER.replace('openshift-etcd/etcd-master-0', 'openshift-dns/dns-x7k2p')
      .replace('0f1e2d3c', 'aaaaaaaa')
      .replace('192.0.2.13', '198.51.100.200');
    expect(new RegExp(log.pattern).exec(other)?.groups).toEqual({
      pod: 'openshift-dns/dns-x7k2p',
      ip: '198.51.100.200',
    });
  });

  it.each([
    [
      'csr csr-ab1cd for node "master-3.example.com" is not approved',
      { csr: 'csr-ab1cd', node: 'master-3.example.com' },
    ],
    [
      'no route to the ingress VIP 192.0.2.4 from namespace openshift-ingress',
      { vip: '192.0.2.4', namespace: 'openshift-ingress' },
    ],
    ['cannot unpack quay.io/acme/tool:v1.2 at all', { image: 'quay.io/acme/tool:v1.2' }],
    ['watchdog barks at chronyd.service and sdb', { unit: 'chronyd', disk: 'sdb' }],
    ['clusteroperator/etcd refuses to settle down', { operator: 'etcd' }],
  ])('recognises what %j names', (line, captures) => {
    expect(new RegExp(proposed(line).log.pattern).exec(line)?.groups).toEqual(captures);
  });

  it('knows an installer log, an audit log and a kernel log by their looks', () => {
    expect(proposed('time="2025-12-02T19:00:05Z" level=fatal msg="Bootstrap host is gone fishing"').log.source).toBe(
      'installer',
    );
    expect(proposed('{"kind":"Event","apiVersion":"audit.k8s.io/v1","note":"somebody went fishing"}').log.source).toBe(
      'audit',
    );
    expect(proposed('[   12.345678] somebody went fishing').log.source).toEqual(['kernel', 'journal', 'console']);
  });

  it('takes the id and the source that it is given', () => {
    const { id, yaml } = newSignature(KUBELET, { id: 'node-status-lost', source: 'console' });
    expect(id).toBe('node-status-lost');
    expect(parse(yaml).match.seen.log).toMatchObject({ source: 'console' });
    expect(() => newSignature(KUBELET, { id: 'No Id' })).toThrow(
      /^no signature can be made of this line: id: must be kebab-case$/,
    );
  });

  it('names a literal that varies least: no numbers, addresses or names', () => {
    const { contains } = proposed('node "master-3" 10.0.0.1 0xdeadbeef moved from 12 to 14 without asking anybody').log;
    expect(contains).toBe('without asking anybody');
  });

  it.each(['', '\n\n', '1 2 3', 'failed to', '192.0.2.1 - - 200'])('refuses %j, which says nothing', (line) => {
    expect(() => newSignature(line)).toThrow(UserError);
  });

  it.each([NIC, KUBELET, CONTAINER])('leaves to lint what only a person can say: %#', (line) => {
    const { id, yaml } = newSignature(line);
    const { signature, problems } = parseSignature(yaml, `${id}.yaml`);
    expect(problems).toEqual([]);
    const found = lintCatalogue({
      loaded: [{ file: 'x', signature: signature! }],
      signatures: [signature!],
      digest: '',
    });
    const messages = found.map(({ message }) => message);
    expect(messages).toContain('why still says "FILL IN"');
    expect(messages.filter((message) => !message.includes('FILL IN'))).toEqual([]);
  });

  it('makes a signature that loads and passes its cases, or says why not, whatever the line', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'node "m-1"',
        'pod="a/b"',
        '"',
        '\\"',
        '{iso}',
        '2025-12-02T19:00:05Z',
        '(?<x>',
        '[',
        '\\',
        '0000:5e:00.0',
      ),
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.lorem({ maxCount: 3 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        try {
          const { id, yaml } = newSignature(pieces.join(' '));
          const { signature, problems } = parseSignature(yaml, `${id}.yaml`);
          expect(problems).toEqual([]);
          const { hits, clear } = signature!.tests;
          expect(runCase(signature!, hits[0]!, 'hit').message).toBeUndefined();
          expect(runCase(signature!, clear[0]!, 'clear').message).toBeUndefined();
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 120 },
    );
  });
});

describe('partsOf', () => {
  it('loses nothing of a line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (line) => {
        expect(
          partsOf(line)
            .map(({ text }) => text)
            .join(''),
        ).toBe(line);
      }),
    );
  });

  it('is not slow on lines made to be', () => {
    for (const piece of ['a-', '1:', 'a.', '[ ', 'x/', 'node ', 'a-1']) {
      const started = performance.now();
      partsOf(piece.repeat(4000 / piece.length));
      expect(performance.now() - started, piece).toBeLessThan(2000);
    }
  });
});
