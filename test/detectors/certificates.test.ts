import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { certificateExpired } from '../../src/detectors/certificate-expired.ts';
import { certificateExpiresSoon } from '../../src/detectors/certificate-expires-soon.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

/** CN=metrics.example.svc, 2026-11-23 to 2027-11-23. */
const LEAF = `-----BEGIN CERTIFICATE-----
MIIBjTCCATSgAwIBAgIUZdzst0B1olKA34JeOQBXeIuE8vEwCgYIKoZIzj0EAwIw
HjEcMBoGA1UEAwwTbWV0cmljcy5leGFtcGxlLnN2YzAeFw0yNjExMjMwOTEyMTBa
Fw0yNzExMjMwOTEyMTBaMB4xHDAaBgNVBAMME21ldHJpY3MuZXhhbXBsZS5zdmMw
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASbm0QdHmXOlEdkM/gKEv1cY22kGZMY
us/Cq06C9II6mxuX5l/7xjBgXnIBEJ1vzSHaKlIIbmTOoN+pP0lUB2kko1AwTjAd
BgNVHQ4EFgQUmxDmLagTOqP0LscaUjAZ0O3MV20wHwYDVR0jBBgwFoAUmxDmLagT
OqP0LscaUjAZ0O3MV20wDAYDVR0TAQH/BAIwADAKBggqhkjOPQQDAgNHADBEAiAu
2iDm5nYJWjjoBQ8dFXKfV6HjP/sgn0A4IXngWPq4kwIgIv3VGkX9uPysOp53uEUZ
vVTGpJpe9fWyJ0GWLKL8reU=
-----END CERTIFICATE-----
`;
/** CN=kube-csr-signer_@1700000000, 2026-11-23 to 2026-12-23. */
const OLD_SIGNER = `-----BEGIN CERTIFICATE-----
MIIBojCCAUegAwIBAgIUBiE5+y2M97+uhUR/c+Tcemm9hYAwCgYIKoZIzj0EAwIw
JjEkMCIGA1UEAwwba3ViZS1jc3Itc2lnbmVyX0AxNzAwMDAwMDAwMB4XDTI2MTEy
MzA5MTIxMFoXDTI2MTIyMzA5MTIxMFowJjEkMCIGA1UEAwwba3ViZS1jc3Itc2ln
bmVyX0AxNzAwMDAwMDAwMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEclSWoySJ
V/c/4styqBPXLyi7WAcyyipzku3OuYkdDR1pKYbfyoP2tNdsiUNqIdtD6NIH+6vL
zd59XFJks27heqNTMFEwHQYDVR0OBBYEFLjUUIwTG/S+/SIsijNM+/PaBVkwMB8G
A1UdIwQYMBaAFLjUUIwTG/S+/SIsijNM+/PaBVkwMA8GA1UdEwEB/wQFMAMBAf8w
CgYIKoZIzj0EAwIDSQAwRgIhALMKqg6HAKSD1gNyL51WmU60pv8KPMhESREAwslx
6cu4AiEAwbQkX6POLG90NqWjgKiUbHO5ebZQLm0FTkQtzvzUxMk=
-----END CERTIFICATE-----
`;
/** CN=kube-csr-signer_@1702592000, 2026-11-23 to 2027-01-22. */
const NEW_SIGNER = `-----BEGIN CERTIFICATE-----
MIIBoDCCAUegAwIBAgIUDkX7s/YGE+NWpqZbnMeOhrUBAewwCgYIKoZIzj0EAwIw
JjEkMCIGA1UEAwwba3ViZS1jc3Itc2lnbmVyX0AxNzAyNTkyMDAwMB4XDTI2MTEy
MzA5MTIxMFoXDTI3MDEyMjA5MTIxMFowJjEkMCIGA1UEAwwba3ViZS1jc3Itc2ln
bmVyX0AxNzAyNTkyMDAwMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEB/51l64N
D5u6lW+nunGP9ak3tUy626cUADzI+0dxYUIaIIBpd3ZXOObiDh0K4avjYEdjqkDc
/kNk512TmWiJnKNTMFEwHQYDVR0OBBYEFBJ4cunP1Wt2eErrSe3PQGI/7lnJMB8G
A1UdIwQYMBaAFBJ4cunP1Wt2eErrSe3PQGI/7lnJMA8GA1UdEwEB/wQFMAMBAf8w
CgYIKoZIzj0EAwIDRwAwRAIgM4ngPAkj5kAGjaWWIlDsHN/h1BD5K3SqzCS926UX
g64CID3ugmdtCHBoW2fUQrd5BVhndxVLKDWQu7KnaVMPScP7
-----END CERTIFICATE-----
`;

const base64 = (text: string) => Buffer.from(text).toString('base64');
const secret = (name: string, pem: string, namespace = 'openshift-dns') => `
apiVersion: v1
kind: Secret
metadata: {name: ${name}, namespace: ${namespace}}
data: {tls.crt: ${base64(pem)}, tls.key: ${base64('1704 bytes long')}}
---`;
const configMap = (name: string, pem: string, labels = '{}') => `
apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}, namespace: openshift-kube-controller-manager, labels: ${labels}}
data: {ca-bundle.crt: ${JSON.stringify(pem)}}
---`;
const csr = (name: string, pem: string) => `
apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: ${name}, creationTimestamp: "2026-11-23T09:12:10Z"}
spec: {signerName: kubernetes.io/kubelet-serving, username: 'system:node:n-1'}
status: {certificate: ${base64(pem)}, conditions: [{type: Approved, status: "True"}]}
---`;
const expired = (text: string, at: string) => detect(certificateExpired, facts({ resources: text }), at).findings;
const ending = (text: string, at: string) => detect(certificateExpiresSoon, facts({ resources: text }), at).findings;

describe('certificate-expired', () => {
  const kubeconfig = (client: string, authority: string) =>
    JSON.stringify({
      kind: 'Config',
      clusters: [{ name: 'lab', cluster: { 'certificate-authority-data': base64(authority) } }],
      users: [{ name: 'admin', user: { 'client-certificate-data': base64(client), 'client-key-data': 'x' } }],
    });

  it('reads the client certificates and authorities of kubeconfigs in ConfigMaps and Secrets', () => {
    const text = kubeconfig(LEAF, OLD_SIGNER + NEW_SIGNER);
    const held = `
apiVersion: v1
kind: ConfigMap
metadata: {name: controller-kubeconfig, namespace: openshift-kube-controller-manager}
data: {kubeconfig: ${JSON.stringify(text)}}
---
apiVersion: v1
kind: Secret
metadata: {name: node-kubeconfigs, namespace: openshift-kube-apiserver}
data: {lb-int.kubeconfig: ${base64(text)}}
---`;
    // The old signer has ended, its successor has not.
    expect(expired(held, '2026-12-30T00:00:00Z')).toEqual([]);
    const [finding] = expired(held, '2027-11-24T00:00:00Z');
    expect(finding).toMatchObject({ severity: 'error', count: 4 });
    expect(entitiesOf(finding)).toEqual([
      'cluster:cluster',
      'certificate:openshift-kube-apiserver/node-kubeconfigs',
      'certificate:openshift-kube-controller-manager/controller-kubeconfig',
    ]);
  });

  it('reads kubeconfig files, at their line', () => {
    const documents = { kubeconfig: kubeconfig(LEAF, NEW_SIGNER) };
    const at = (time: string) => detect(certificateExpired, facts({ documents }), time).findings;
    expect(at('2027-01-20T00:00:00Z')).toEqual([]);
    expect(at('2027-01-30T00:00:00Z')[0]).toMatchObject({ severity: 'warning', count: 1 });
    expect(at('2027-11-24T00:00:00Z')[0]?.evidence.map(({ pointer }) => pointer)).toEqual([
      '/clusters/0/cluster/certificate-authority-data',
      '/users/0/user/client-certificate-data',
    ]);
  });

  it('compares serving certificates with the time of the gather', () => {
    const text = secret('metrics-tls', LEAF);
    expect(expired(text, '2027-11-22T00:00:00Z')).toEqual([]);
    const [finding] = expired(text, '2027-11-24T00:00:00Z');
    expect(entitiesOf(finding)).toEqual(['cluster:cluster', 'certificate:openshift-dns/metrics-tls']);
    expect(finding).toMatchObject({ severity: 'error', firstSeen: Date.parse('2027-11-23T09:12:10Z') * 1000 });
  });

  it('shows names and dates, never the certificate', () => {
    const [finding] = expired(secret('metrics-tls', LEAF), '2027-11-24T00:00:00Z');
    expect(finding?.evidence.map(({ text }) => text)).toEqual([
      'CN=metrics.example.svc, valid from 2026-11-23T09:12:10Z to 2027-11-23T09:12:10Z',
    ]);
  });

  it('judges a signer by its newest certificate', () => {
    const bundle = configMap('csr-controller-ca', OLD_SIGNER + NEW_SIGNER);
    expect(expired(bundle, '2027-01-01T00:00:00Z')).toEqual([]);
    expect(expired(bundle, '2027-02-01T00:00:00Z')[0]?.severity).toBe('critical');
  });

  it('reads the newest certificate that a node was issued', () => {
    expect(expired(csr('csr-a', LEAF) + csr('csr-b', OLD_SIGNER), '2027-01-01T00:00:00Z')).toEqual([]);
    expect(expired(csr('csr-b', OLD_SIGNER), '2027-01-01T00:00:00Z').flatMap(entitiesOf)).toContain(
      'certificate:csr-b',
    );
  });

  it.each([
    ['copies for old revisions', secret('etcd-all-certs-7', LEAF)],
    ['namespaces of users', secret('shop-tls', LEAF, 'shop')],
    [
      'injected trust bundles',
      configMap('trusted-ca-bundle', LEAF, '{config.openshift.io/inject-trusted-cabundle: "true"}'),
    ],
    ['bundles of many public roots', configMap('ca', LEAF.repeat(41))],
    ['what is no certificate', secret('odd', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')],
  ])('is silent about %s', (_name, text) => {
    expect(expired(text, '2030-01-01T00:00:00Z')).toEqual([]);
  });
});

describe('certificate-expires-soon', () => {
  it('speaks in the last tenth of a life, and not after its end', () => {
    const text = secret('metrics-tls', LEAF);
    expect(ending(text, '2027-10-01T00:00:00Z')).toEqual([]);
    expect(ending(text, '2027-11-20T00:00:00Z')[0]?.captures).toEqual({
      earliest: 'openshift-dns/metrics-tls',
      left: '3 d',
    });
    expect(ending(text, '2027-11-24T00:00:00Z')).toEqual([]);
  });
});
