import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { issuerNotTrusted } from '../../src/detectors/issuer-not-trusted.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';
import { OTHER_SIGNER, SERVED, SIGNER } from '../support/serving-certificates.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const secret = (namespace: string, name: string, pem: string) => `
apiVersion: v1
kind: Secret
metadata: {name: ${name}, namespace: ${namespace}}
data: {tls.crt: ${base64(pem)}}
---`;
const bundle = (namespace: string, name: string, pem: string) => `
apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}, namespace: ${namespace}}
data: {ca-bundle.crt: ${JSON.stringify(pem)}}
---`;
const csr = (name: string, created: string, pem: string) => `
apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: ${name}, creationTimestamp: "${created}"}
spec: {signerName: kubernetes.io/kube-apiserver-client-kubelet, username: 'system:node:n-1'}
status: {certificate: ${base64(pem)}, conditions: [{type: Approved, status: "True"}]}
---`;
const run = (...texts: string[]) => detect(issuerNotTrusted, facts({ resources: texts.join('') }));
const KAS = 'openshift-kube-apiserver';

describe('issuer-not-trusted', () => {
  it('finds a kubelet whose signer kube-apiserver was not told of', () => {
    const { findings } = run(bundle(KAS, 'client-ca', OTHER_SIGNER), csr('csr-1', '2026-11-01T00:00:00Z', SERVED));
    expect(findings).toHaveLength(1);
    expect(entitiesOf(findings[0])).toEqual([`certificate:${KAS}/client-ca`, 'node:n-1']);
    expect(findings[0]?.captures).toMatchObject({ by: 'kube-apiserver', bundle: `${KAS}/client-ca` });
    expect(findings[0]?.evidence.map(({ pointer }) => pointer)).toEqual(['/status/certificate', '/data/ca-bundle.crt']);
    expect(JSON.stringify(findings)).not.toContain('BEGIN CERTIFICATE');
  });

  it('finds etcd members that the API server does not trust, as one finding', () => {
    const members = ['m-0', 'm-1'].map((name) => secret('openshift-etcd', `etcd-serving-${name}`, SERVED));
    const { findings } = run(...members, bundle(KAS, 'etcd-serving-ca', OTHER_SIGNER));
    expect(findings.map(({ count }) => count)).toEqual([2]);
  });

  it.each([
    ['the signer', SIGNER],
    ['the signer among others', OTHER_SIGNER + SIGNER],
    ['the certificate itself', SERVED],
  ])('is silent where the bundle holds %s', (_, pem) => {
    const held = run(bundle(KAS, 'client-ca', pem), csr('csr-1', '2026-11-01T00:00:00Z', SERVED));
    expect(held).toEqual({ findings: [], noData: [] });
  });

  it('follows the certificates that are shown along', () => {
    const chain = secret('openshift-etcd', 'etcd-serving-m-0', SERVED + SIGNER);
    expect(run(chain, bundle(KAS, 'etcd-serving-ca', SIGNER)).findings).toEqual([]);
    // What leads on is the signer; that it is shown along does not make it trusted.
    expect(run(chain, bundle(KAS, 'etcd-serving-ca', OTHER_SIGNER)).findings).toHaveLength(1);
  });

  it('judges the newest certificate of a node only, and no copy of an old revision', () => {
    const old = csr('csr-1', '2026-10-01T00:00:00Z', SERVED);
    const renewed = csr('csr-2', '2026-11-01T00:00:00Z', OTHER_SIGNER);
    expect(run(bundle(KAS, 'client-ca', OTHER_SIGNER), old, renewed).findings).toEqual([]);
    const copy = secret(KAS, 'etcd-client-4', SERVED);
    expect(run(copy, bundle('openshift-etcd', 'etcd-ca-bundle', OTHER_SIGNER)).findings).toEqual([]);
  });

  it('says that it cannot tell where one of both sides is missing', () => {
    expect(run(bundle(KAS, 'client-ca', SIGNER)).noData).toHaveLength(1);
    expect(run(csr('csr-1', '2026-11-01T00:00:00Z', SERVED)).noData).toHaveLength(1);
    const unreadable = bundle(KAS, 'client-ca', 'redacted');
    expect(run(unreadable, csr('csr-1', '2026-11-01T00:00:00Z', SERVED)).noData).toHaveLength(1);
  });
});
