import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { csrPending } from '../../src/detectors/csr-pending.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

/** A request whose subject names a node, as far as its plain text goes. */
const request = Buffer.from(
  `-----BEGIN CERTIFICATE REQUEST-----\n${Buffer.from('\x30\x82\x13\x0csystem:nodes1\x1d\x13\x14system:node:master-1\x30\x82', 'latin1').toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`,
).toString('base64');
const BOOTSTRAPPER = 'system:serviceaccount:openshift-machine-config-operator:node-bootstrapper';

const csr = (
  name: string,
  created: string,
  status = '{}',
  signer = 'kube-apiserver-client-kubelet',
  username = BOOTSTRAPPER,
) => `
apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: ${name}, creationTimestamp: "${created}"}
spec: {signerName: kubernetes.io/${signer}, username: '${username}', request: ${request}}
status: ${status}
---`;
const ISSUED =
  '{certificate: TUlJ, conditions: [{type: Approved, status: "True", lastUpdateTime: "2025-12-03T23:00:00Z"}]}';
const run = (text: string) => detect(csrPending, facts({ resources: text }), '2025-12-03T23:59:00Z');

describe('csr-pending', () => {
  it('finds a first certificate, with the node from inside the request', () => {
    const { findings } = run(csr('csr-4x8tq', '2025-12-03T21:58:12Z') + csr('csr-9zzzz', '2025-12-03T22:13:12Z'));
    expect(findings.map(entitiesOf)).toEqual([['node:master-1', 'csr:csr-4x8tq', 'csr:csr-9zzzz']]);
    expect(findings[0]).toMatchObject({
      severity: 'error',
      count: 2,
      captures: { purpose: 'client certificate', requester: 'master-1' },
    });
  });

  it('thinks less of a serving certificate', () => {
    const { findings } = run(csr('csr-a', '2025-12-03T21:58:12Z', '{}', 'kubelet-serving', 'system:node:worker-7'));
    expect(findings[0]).toMatchObject({ severity: 'warning', captures: { requester: 'worker-7' } });
  });

  it.each([
    ['has just come in', csr('csr-a', '2025-12-03T23:50:00Z')],
    ['was issued', csr('csr-a', '2025-12-03T21:58:12Z', ISSUED)],
    ['was refused', csr('csr-a', '2025-12-03T21:58:12Z', '{conditions: [{type: Denied, status: "True"}]}')],
    [
      'was followed by one that was served',
      csr('csr-a', '2025-12-03T21:58:12Z') + csr('csr-b', '2025-12-03T22:58:12Z', ISSUED),
    ],
    ['is for another signer', csr('csr-a', '2025-12-03T21:58:12Z', '{}', 'legacy-unknown')],
  ])('is silent about a request that %s', (_name, text) => {
    expect(run(text)).toEqual({ findings: [], noData: [] });
  });

  it('does not take an empty directory for health', () => {
    expect(run('').noData).toHaveLength(1);
  });
});
