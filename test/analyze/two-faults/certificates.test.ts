import { Buffer } from 'node:buffer';
import { addLog, type Gather, podsOf } from '../../../src/gathers/gather.ts';
import { healthyGather } from '../../../src/gathers/healthy.ts';
import { meta } from '../../../src/gathers/kube.ts';
import { labCluster } from '../../../src/gathers/scenarios/clusters.ts';
import { lean } from '../../../src/gathers/scenarios/node-steps.ts';
import { klog, seconds, spread } from '../../../src/gathers/stamps.ts';
import { MINUTE, type Micros, parseTime } from '../../../src/model/time.ts';
import { notMixed } from '../../support/two-faults.ts';

const CLUSTER = labCluster({
  scenario: 'two-certificates',
  started: '2026-05-04T10:00:00Z',
  gathered: '2026-05-12T07:45:00Z',
});
const LAST = CLUSTER.gatheredAt - 4 * MINUTE;
const made = () =>
  healthyGather(
    CLUSTER,
    lean(2, [
      'openshift-config',
      'openshift-ingress',
      'openshift-authentication-operator',
      'openshift-console-operator',
    ]),
  );

/** CN=apps.lab.example.com, until 2026-05-12T05:00:00Z. */
const APPS = `-----BEGIN CERTIFICATE-----
MIIBJDCBzAIBATAKBggqhkjOPQQDAjAfMR0wGwYDVQQDDBRhcHBzLmxhYi5leGFt
cGxlLmNvbTAeFw0yNTAxMDEwMDAwMDBaFw0yNjA1MTIwNTAwMDBaMB8xHTAbBgNV
BAMMFGFwcHMubGFiLmV4YW1wbGUuY29tMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcD
QgAEipjgfer3YilVUoJv9AovWqNoLMsIFD8bIHFR3uqb1t6EdPOtg+0MJJP8Ey6w
T2dvrWf4niKDAkXMFLjBi7aqzjAKBggqhkjOPQQDAgNHADBEAiBA485hUrlqwHMN
jXZEjfbgRVA8QEQPBJMgOgesjpwNawIgWO7xJUygp0HsBh8E//3KPBWQU/kwpsq3
LoL9kUxDNDc=
-----END CERTIFICATE-----
`;
/** CN=api.lab.example.com, until 2026-05-11T22:00:00Z. */
const API = `-----BEGIN CERTIFICATE-----
MIIBIjCBygIBAjAKBggqhkjOPQQDAjAeMRwwGgYDVQQDDBNhcGkubGFiLmV4YW1w
bGUuY29tMB4XDTI1MDEwMTAwMDAwMFoXDTI2MDUxMTIyMDAwMFowHjEcMBoGA1UE
AwwTYXBpLmxhYi5leGFtcGxlLmNvbTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
BMtcLYkhqwXQGxBjH7SQUKMz8gZ79sOfkqvmGuTcbqxaEsmafxrD7Ef0CNEzVHWD
36a3qOkmrSInk9ckgPIi/XkwCgYIKoZIzj0EAwIDRwAwRAIgCX35O5xH7PAqptC9
2YU8CI4cBMxQtI60p2gTPrM0YigCIHPyUdZDWgMGVhT7QdwlKFeRHMvfwuTbo819
51PC9qUQ
-----END CERTIFICATE-----
`;

/** The operator that meets the certificate. */
function podOf(gather: Gather, user: string): string {
  return podsOf(gather, `openshift-${user}`, user)[0]!.metadata.name;
}

const expired = (namespace: string, name: string, pem: string, until: string, user: string, asked: string) => ({
  happens(gather: Gather) {
    const random = gather.random.fork(name);
    gather.objects.push({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: meta(random, name, CLUSTER.installStarted, { namespace }),
      type: 'kubernetes.io/tls',
      data: { 'tls.crt': Buffer.from(pem).toString('base64'), 'tls.key': '' },
    });
    const ended: Micros = parseTime(until)!;
    addLog(
      gather,
      `openshift-${user}/${podOf(gather, user)}/${user}`,
      [...spread(random, Math.max(ended, CLUSTER.gatheredAt - 110 * MINUTE), LAST, MINUTE)].map((time) => ({
        at: time,
        text: klog(
          'E',
          time,
          1,
          'base_controller.go:268',
          `Get "https://${asked}": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time ${seconds(time)} is after ${until}`,
        ),
      })),
    );
  },
  cause: `certificate-expired certificate:${namespace}/${name}`,
  effects: [`x509-expired-or-not-yet-valid pod:openshift-${user}/${podOf(made(), user)}`],
});

notMixed(
  'two certificates that were brought along and have expired',
  made,
  expired(
    'openshift-ingress',
    'wildcard',
    APPS,
    '2026-05-12T05:00:00Z',
    'authentication-operator',
    'oauth-openshift.apps.lab.example.com/healthz',
  ),
  expired(
    'openshift-config',
    'named-api',
    API,
    '2026-05-11T22:00:00Z',
    'network-operator',
    'api.lab.example.com:6443/api',
  ),
);
