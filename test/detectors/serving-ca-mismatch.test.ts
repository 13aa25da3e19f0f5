import { describe, expect, it } from 'vitest';
import { certificateExpired } from '../../src/detectors/certificate-expired.ts';
import { servingCaMismatch } from '../../src/detectors/serving-ca-mismatch.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';
import { OTHER_SIGNER, SERVED, SIGNER } from '../support/serving-certificates.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const webhook = (bundle: string) => `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: guard}
webhooks:
- {name: other.example.com, clientConfig: {url: "https://other.example.com"}}
- {name: guard.example.com, clientConfig: {caBundle: ${base64(bundle)}, service: {namespace: policy, name: guard}}}
---`;
const BACKEND = `
apiVersion: v1
kind: Service
metadata: {name: guard, namespace: policy, annotations: {service.beta.openshift.io/serving-cert-secret-name: guard-tls}}
---
apiVersion: v1
kind: Secret
metadata: {name: guard-tls, namespace: policy}
data: {tls.crt: ${base64(SERVED)}}
---`;
const apiService = (bundle: string) => `
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1.guard.example.com}
spec: {caBundle: ${base64(bundle)}, service: {namespace: policy, name: guard}}
`;
const run = (text: string) => detect(servingCaMismatch, facts({ resources: text }), '2026-12-01T00:00:00Z');

describe('serving-ca-mismatch', () => {
  it('finds a webhook and an API that trust another signer of the same kind', () => {
    const { findings } = run(`${webhook(OTHER_SIGNER)}${BACKEND}${apiService(OTHER_SIGNER)}`);
    expect(findings.map(({ title }) => title)).toEqual([
      'Webhook guard.example.com does not trust the certificate of policy/guard',
      'APIService v1.guard.example.com does not trust the certificate of policy/guard',
    ]);
    expect(entitiesOf(findings[0])).toEqual(['namespace:policy', 'certificate:policy/guard-tls']);
    expect(findings[0]?.evidence[0]?.pointer).toBe('/webhooks/1/clientConfig/caBundle');
  });

  it.each([
    ['the signer', SIGNER],
    ['the signer among others', OTHER_SIGNER + SIGNER],
    ['the certificate itself', SERVED],
  ])('is silent where the bundle holds %s', (_, bundle) => {
    expect(run(`${webhook(bundle)}${BACKEND}${apiService(bundle)}`)).toEqual({ findings: [], noData: [] });
  });

  it('does not judge a Service whose certificate it does not see', () => {
    expect(run(webhook(OTHER_SIGNER)).findings).toEqual([]);
  });
});

describe('certificate-expired', () => {
  it('sees bundles of webhooks and of the machine config server', () => {
    const controllerConfig = `
apiVersion: machineconfiguration.openshift.io/v1
kind: ControllerConfig
metadata: {name: machine-config-controller}
spec: {rootCAData: ${base64(SIGNER)}}
`;
    const all = facts({ resources: `${webhook(OTHER_SIGNER)}${controllerConfig}` });
    const { findings } = detect(certificateExpired, all, '2040-01-01T00:00:00Z');
    expect(findings[0]).toMatchObject({ severity: 'warning', count: 2 });
    expect(findings[0]?.evidence.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/webhooks/1/clientConfig/caBundle', '/spec/rootCAData']),
    );
    expect(detect(certificateExpired, all, '2027-01-01T00:00:00Z').findings).toEqual([]);
  });
});
