import { DAY, MINUTE, type Micros } from '../../model/time.ts';
import { addLog, type Gather, podsOf } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { meta } from '../kube.ts';
import { at, klog, seconds, spread } from '../stamps.ts';
import { siteCluster } from './clusters.ts';
import type { Made, Scenario } from './scenario-module.ts';

const CLUSTER = siteCluster({
  scenario: 'idp-certificate-expired',
  started: '2025-07-01T08:00:00Z',
  gathered: '2026-06-15T09:05:00Z',
  name: 'shared',
  domain: 'cloud.example.org',
  version: '4.18.22',
  platform: 'AWS',
  network: '10.0.12',
  masters: ['ip-10-0-12-51', 'ip-10-0-12-52', 'ip-10-0-12-53'].map((name) => `${name}.eu-central-1.compute.internal`),
  workers: ['ip-10-0-12-71', 'ip-10-0-12-72'].map((name) => `${name}.eu-central-1.compute.internal`),
});
const EXPIRED = at('2026-06-14T23:59:59Z');

/** The LDAP server behind the logins shows a certificate that has run out; the cluster itself is well. */
export const idpCertificateExpired: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER, {
      namespaces: ['openshift-authentication', 'openshift-authentication-operator', 'openshift-oauth-apiserver'],
      hours: 12,
      layout: 'lists',
      tool: 'inspect',
    });
    gather.objects.push({
      apiVersion: 'config.openshift.io/v1',
      kind: 'OAuth',
      metadata: meta(gather.random.fork('oauth'), 'cluster', CLUSTER.installStarted + 30 * DAY),
      spec: {
        identityProviders: [
          {
            ldap: {
              attributes: { id: ['dn'], preferredUsername: ['sAMAccountName'] },
              ca: { name: 'ldap-ca' },
              url: 'ldaps://ldap.corp.example.org/ou=people,dc=corp,dc=example,dc=org?sAMAccountName',
            },
            mappingMethod: 'claim',
            name: 'corp',
            type: 'LDAP',
          },
        ],
      },
    });
    loginsFail(gather);
    return { gather, beside: new Map() };
  },
};

/** People wake up and try; before, a robot account did. */
function loginsFail(gather: Gather): void {
  for (const [index, pod] of podsOf(gather, 'openshift-authentication', 'oauth-openshift').entries()) {
    const random = gather.random.fork(`logins/${index}`);
    const error = (time: Micros) =>
      `LDAP Result Code 200 "Network Error": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time ${seconds(time)} is after ${seconds(EXPIRED)}`;
    const tries = [
      ...spread(random, EXPIRED + 20 * MINUTE, at('2026-06-15T05:30:00Z'), 34 * MINUTE),
      ...spread(random, at('2026-06-15T05:30:00Z'), CLUSTER.gatheredAt - 2 * MINUTE, 2.2 * MINUTE),
    ];
    addLog(gather, `openshift-authentication/${pod.metadata.name}/oauth-openshift`, [
      ...[...spread(random, CLUSTER.gatheredAt - 11 * 60 * MINUTE, CLUSTER.gatheredAt, 50 * MINUTE)].map((time) => ({
        at: time,
        text: klog(
          'I',
          time,
          1,
          'log.go:245',
          `http: TLS handshake error from 10.128.2.${random.int(4, 90)}:51820: EOF`,
        ),
      })),
      ...tries.map((time, turn) => ({
        at: time + 60,
        text: klog(
          'E',
          time,
          1,
          turn % 3 === 0 ? 'basicauth.go:44' : 'errorpage.go:28',
          `AuthenticationError: ${error(time)}`,
        ),
      })),
    ]);
  }
}
