import { describe, expect, it } from 'vitest';
import { buildNames } from '../../src/correlate/names.ts';
import { Relations } from '../../src/correlate/relations.ts';
import { facts } from '../support/facts.ts';
import { entity } from '../support/findings.ts';

const RESOURCES = `apiVersion: v1
kind: Node
metadata:
  name: m1.lab.example.com
  annotations: { machineconfiguration.openshift.io/desiredConfig: rendered-master-0123456789abcdef0123456789abcdef }
status: { addresses: [ { type: InternalIP, address: 192.0.2.21 } ] }
---
apiVersion: v1
kind: Pod
metadata: { name: router-1, namespace: openshift-ingress }
spec: { nodeName: m1.lab.example.com }
---
apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: { name: csr-abc }
spec: { username: "system:node:m1" }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: guard }
webhooks:
- { name: pods.guard.example.com, clientConfig: { service: { namespace: openshift-guard, name: guard } } }
---
apiVersion: machine.openshift.io/v1beta1
kind: Machine
metadata: { name: lab-master-1, namespace: openshift-machine-api }
status: { nodeRef: { name: m1.lab.example.com } }
---
apiVersion: metal3.io/v1alpha1
kind: BareMetalHost
metadata: { name: host-1, namespace: openshift-machine-api }
spec: { consumerRef: { name: lab-master-1, namespace: openshift-machine-api } }
`;

const all = facts({ resources: RESOURCES });
const relations = new Relations(buildNames(all), all);
const NODE = 'node:m1.lab.example.com';

describe('what an entity belongs to', () => {
  it.each([
    ['pod:openshift-ingress/router-1', [NODE, 'namespace:openshift-ingress', 'operator:ingress']],
    ['pod:openshift-etcd/etcd-m1.lab.example.com', [NODE, 'operator:etcd']],
    ['container:openshift-ingress/router-1/router', ['pod:openshift-ingress/router-1', NODE]],
    ['csr:csr-abc', [NODE, 'pool:master']],
    ['webhook:pods.guard.example.com', ['namespace:openshift-guard']],
    ['webhook:guard', ['namespace:openshift-guard']],
    ['certificate:openshift-etcd/etcd-peer', ['namespace:openshift-etcd', 'operator:etcd']],
    ['nic:m1.lab.example.com/0000:3b:00.1', [NODE]],
    ['disk:m1.lab.example.com/sda', [NODE]],
    ['etcd-member:m1', [NODE, 'host:m1.lab.example.com']],
    ['machine:openshift-machine-api/lab-master-1', ['host:m1.lab.example.com', NODE]],
    ['baremetalhost:openshift-machine-api/host-1', ['host:m1.lab.example.com', NODE]],
    [NODE, ['pool:master', 'host:m1.lab.example.com']],
  ])('%s', (from, expected) => {
    const found = relations.expand(entity(from)).map(({ kind, name }) => `${kind}:${name}`);
    expect(found).toEqual(expect.arrayContaining([...expected]));
  });

  it('is nothing where no object says so', () => {
    for (const stranger of ['csr:other', 'webhook:other', 'certificate:/etc/kubernetes/ca.crt', 'nic:eth0'])
      expect(relations.expand(entity(stranger))).toHaveLength(1);
  });
});
