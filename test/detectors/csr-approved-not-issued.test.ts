import { describe, expect, it } from 'vitest';
import { csrApprovedNotIssued } from '../../src/detectors/csr-approved-not-issued.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const csr = (name: string, status: string, signer = 'kubernetes.io/kubelet-serving') => `
apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: ${name}, creationTimestamp: "2025-12-08T10:00:00Z"}
spec: {signerName: ${signer}, username: 'system:node:master-1'}
status: ${status}
---`;
const approved = (at: string, more = '') =>
  `{conditions: [{type: Approved, status: "True", reason: NodeCSRApprove, lastUpdateTime: "${at}"}]${more}}`;
const run = (text: string) => detect(csrApprovedNotIssued, facts({ resources: text }), '2025-12-08T12:00:00Z');

describe('csr-approved-not-issued', () => {
  it('finds approval without a certificate', () => {
    const { findings } = run(csr('csr-a', approved('2025-12-08T10:00:05Z')));
    expect(findings.map(entitiesOf)).toEqual([['node:master-1', 'csr:csr-a']]);
    expect(findings[0]?.captures).toEqual({ requester: 'master-1', signer: 'kubernetes.io/kubelet-serving' });
  });

  it.each([
    ['was signed', csr('csr-a', approved('2025-12-08T10:00:05Z', ', certificate: TUlJ'))],
    ['was approved this minute', csr('csr-a', approved('2025-12-08T11:59:30Z'))],
    [
      'failed at the signer',
      csr(
        'csr-a',
        '{conditions: [{type: Approved, status: "True", lastUpdateTime: "2025-12-08T10:00:05Z"}, {type: Failed, status: "True"}]}',
      ),
    ],
    [
      'waits for a signer of somebody else',
      csr('csr-a', approved('2025-12-08T10:00:05Z'), 'network.openshift.io/signer'),
    ],
    ['nobody decided on', csr('csr-a', '{}')],
  ])('is silent about a request that %s', (_name, text) => {
    expect(run(text)).toEqual({ findings: [], noData: [] });
  });
});
