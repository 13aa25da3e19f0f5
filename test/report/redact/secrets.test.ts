import { describe, expect, it } from 'vitest';
import { withoutSecrets } from '../../../src/report/redact/secrets.ts';

const JWT = `eyJhbGciOiJSUzI1NiIsImtpZCI6IkFCQyJ9.eyJpc3MiOiJrdWJlcm5ldGVzIn0.${'c2lnbmF0dXJl'.repeat(4)}`;

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

describe('withoutSecrets', () => {
  it.each([
    ['Authorization: Bearer abcdef0123456789abcdef', 'Authorization: Bearer [masked]'],
    ['authorization: Basic dXNlcjpwYXNzd29yZA==', 'authorization: Basic [masked]'],
    [`token is ${JWT} end`, 'token is [token masked] end'],
    ['oauth sha256~Q0LTGpRJkWqMmf4nNYjUFpKQRmzsZ1eYtFsE8AbCdEf', 'oauth [token masked]'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nrest', '[private key masked]\nrest'],
    ['-----BEGIN PRIVATE KEY----- MIIE cut off', '[private key masked]'],
    ['mount -o user=x,password=hunter2,rw', 'mount -o user=x,password=[masked],rw'],
    ['{"password":"hunter2","name":"db"}', '{"password":"[masked]","name":"db"}'],
    ['{\\"password\\":\\"hunter2\\"}', '{\\"password\\":\\"[masked]\\"}'],
    ['bmc password: hunter2', 'bmc password: [masked]'],
    ['{"auths":{"quay.io":{"auth":"dXNlcjpwYXNzd29yZA=="}}}', '{"auths":{"quay.io":{"auth":"[masked]"}}}'],
    ['https://bob:hunter2@git.example.com/x', 'https://bob:[masked]@git.example.com/x'],
    ['curl --password hunter2 host', 'curl --password [masked] host'],
    ['kubeadmin/aBcD1-efGh2-ijKl3-mnOp4 done', 'kubeadmin/[password masked] done'],
    ['aws_secret_access_key=abc/def+ghi', 'aws_secret_access_key=[masked]'],
    ['id AKIAIOSFODNN7EXAMPLE', 'id [access key masked]'],
    ['authorization: bearer 0123456789abcdefgh', 'authorization: bearer [masked]'],
    [
      `.dockerconfigjson: ${base64('{"auths":{"quay.io":{"auth":"dXNlcjpw"}}}')} x`,
      '.dockerconfigjson: [pull secret masked] x',
    ],
    [`.dockerconfigjson: ${base64('{\n  "auths": {"quay.io": {}}}')}`, '.dockerconfigjson: [pull secret masked]'],
    ...['RSA PRIVATE', 'EC PRIVATE', 'PRIVATE', 'OPENSSH PRIVATE', 'ENCRYPTED PRIVATE'].map(
      (kind): [string, string] => [
        `client-key-data: ${base64(`-----BEGIN ${kind} KEY-----\nMIIEpAIBAAKCAQEA`)}`,
        'client-key-data: [private key masked]',
      ],
    ),
    ['MIIEowIBAAKCAQEAxK9zq0pXl1d4n5oQ7bVwGJ0uYw3mO8fZr2s6tHcEaBdLkPyQ', '[base64 masked]'],
    ['https://:hunter2@proxy.example.com:3128', 'https://:[masked]@proxy.example.com:3128'],
    ['root:$6$saltsalt$abcdefghijklmnopqrstuvwxyz0123456789:19000', 'root:[password hash masked]:19000'],
    ['slack xoxb-123456789012-abcdefghij', 'slack [token masked]'],
    ['AccountKey=abcDEF123+/== x', 'AccountKey=[masked] x'],
  ])('masks %j', (text, masked) => {
    expect(withoutSecrets(text)).toBe(masked);
    expect(withoutSecrets(masked)).toBe(masked);
  });

  it.each([
    'secret="openshift-etcd/etcd-all-certs" not found',
    'failed to refresh token: rpc error: code = Unavailable',
    'serviceaccount token volume kube-api-access-x2x7p',
    'kubelet-client-current.pem: no such file or directory',
    'image quay.io/openshift/ocp@sha256:0123456789abcdef',
    'passing state to the next stage, two-three-parts-named',
    'Basic authentication failed for the registry',
    'bearer authentication required',
    `image quay.io/openshift/ocp@sha256:${'0123456789abcdef'.repeat(4)}`,
    '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    'uid 5b0c1f0e-6f2a-4c1b-9a57-0d9a1c7e4b21, serial 0x4f3c2b1a09887766554433221100ffee',
    'serial number 7b:2c:0d:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd',
    `certificate-authority-data: ${base64('-----BEGIN CERTIFICATE-----\nMIIDXTCCAkWgAwIBAgIJ')}`,
    'rendered-master-a3b0afcb33a6de0a4f7b4080c982accd',
    'quay.io/openshift-release-dev/ocp-v4.0-art-dev@sha256:1e2f',
    'Marking secret "router-certs-default" as rotated; secretName: router-certs',
    'mapping 10.46.120.21@eth0 to user@1000.service',
    'tokenreviews.authentication.k8s.io is forbidden',
  ])('leaves %j', (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });

  it('takes time linear in hostile text', () => {
    const long = [
      'password=',
      'eyAAAAAAAAAA.',
      'Bearer ',
      'a1b2c-',
      '://x:',
      '://',
      'ey',
      'Basic ',
      'LS0tLS1CRUdJTiBQUklWQVRFIEtFWS',
      '-----BEGIN PRIVATE KEY-----',
    ].map((part) => part.repeat(200_000 / part.length));
    const start = performance.now();
    for (const text of long) withoutSecrets(text);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
