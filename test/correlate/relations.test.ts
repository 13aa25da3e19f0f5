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
status: { addresses: [ { type: InternalIP, address: 192.0.2.21 }, { type: InternalIP, address: "2001:DB8:0:0::21" } ] }
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
spec:
  consumerRef: { name: lab-master-1, namespace: openshift-machine-api }
  bmc: { address: "idrac-virtualmedia+https://[2001:db8::31]:8443/redfish/v1/Systems/System.Embedded.1" }
status: { provisioning: { ID: 1e69db1a-f9f4-47fe-8617-8868d26c6773 } }
---
apiVersion: metal3.io/v1alpha1
kind: BareMetalHost
metadata: { name: vm-1, namespace: openshift-machine-api }
spec: { bmc: { address: "redfish-virtualmedia://192.0.2.9:8000/redfish/v1/Systems/aa" } }
---
apiVersion: metal3.io/v1alpha1
kind: BareMetalHost
metadata: { name: vm-2, namespace: openshift-machine-api }
spec: { bmc: { address: "redfish-virtualmedia://192.0.2.9:8000/redfish/v1/Systems/bb" } }
---
apiVersion: v1
kind: Pod
metadata: { name: db-0, namespace: shop }
spec:
  nodeName: m1.lab.example.com
  volumes: [ { persistentVolumeClaim: { claimName: data-db-0 } }, { secret: { secretName: tls } } ]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data-db-0, namespace: shop }
spec: { volumeName: pvc-1f0a, storageClassName: fast }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: scratch, namespace: shop }
spec: { resources: {} }
---
apiVersion: v1
kind: PersistentVolume
metadata: { name: pvc-1f0a }
spec:
  storageClassName: fast
  csi: { driver: ebs.csi.aws.com }
  claimRef: { namespace: shop, name: data-db-0 }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast, annotations: { storageclass.kubernetes.io/is-default-class: "true" } }
provisioner: ebs.csi.aws.com
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: ceph }
provisioner: openshift-storage.rbd.csi.ceph.com
---
apiVersion: storage.k8s.io/v1
kind: VolumeAttachment
metadata: { name: csi-1 }
spec: { nodeName: m0, source: { persistentVolumeName: pvc-1f0a } }
status: { attached: true }
---
apiVersion: storage.k8s.io/v1
kind: VolumeAttachment
metadata: { name: csi-2 }
spec: { nodeName: m1.lab.example.com, source: { persistentVolumeName: pvc-1f0a } }
status: { attached: false }
---
apiVersion: v1
kind: Pod
metadata: { name: nas-node-x2k4q, namespace: nas }
spec: { containers: [ { name: registrar, args: [ "--kubelet-registration-path=/var/lib/kubelet/plugins/nas.csi.example.com/csi.sock" ] } ] }
---
apiVersion: config.openshift.io/v1
kind: ImageDigestMirrorSet
metadata: { name: mirrors }
spec: { imageDigestMirrors: [ { source: quay.io/ocp, mirrors: [ "mirror.example.com:8443/ocp" ] } ] }
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
    [
      'pod:shop/db-0',
      ['volumeclaim:shop/data-db-0', 'volume:pvc-1f0a', 'storageclass:fast', 'csidriver:ebs.csi.aws.com'],
    ],
    ['volumeclaim:shop/scratch', ['namespace:shop', 'storageclass:fast']],
    ['volume:pvc-1f0a', ['volumeclaim:shop/data-db-0', 'holder:m0']],
    ['storageclass:ceph', ['csidriver:openshift-storage.rbd.csi.ceph.com']],
    ['namespace:openshift-storage', ['csidriver:openshift-storage.rbd.csi.ceph.com']],
    ['pod:openshift-storage/csi-rbdplugin-provisioner-5d9-x', ['csidriver:openshift-storage.rbd.csi.ceph.com']],
    ['pod:openshift-cluster-csi-drivers/aws-ebs-csi-driver-node-abcde', ['csidriver:ebs.csi.aws.com']],
    ['pod:nas/nas-node-x2k4q', ['csidriver:nas.csi.example.com']],
    ['pod:nas/nas-controller-6d9f-k7', ['csidriver:nas.csi.example.com']],
    ['image:quay.io/ocp/release@sha256:00', ['registry:quay.io', 'registry:mirror.example.com:8443']],
    ['image:docker://registry.example.com:5000/a/b:1', ['registry:registry.example.com:5000']],
    ['image:busybox', ['registry:docker.io']],
  ])('%s', (from, expected) => {
    const found = relations.expand(entity(from)).map(({ kind, name }) => `${kind}:${name}`);
    expect(found).toEqual(expect.arrayContaining([...expected]));
  });

  it('is not more than objects say', () => {
    const names = (from: string) => relations.expand(entity(from)).map(({ kind, name }) => `${kind}:${name}`);
    expect(names('volume:pvc-1f0a')).not.toContain('holder:m1.lab.example.com');
    expect(names('image:quay.io/ocpx/release')).not.toContain('registry:mirror.example.com:8443');
    expect(names('pod:openshift-cluster-csi-drivers/aws-ebs-csi-driver-operator-5d9-x')).not.toContain(
      'csidriver:ebs.csi.aws.com',
    );
    expect(names('baremetalhost:openshift-machine-api/1e69db1a-f9f4-47fe-8617-8868d26c6774')).toHaveLength(1);
    expect(names('baremetalhost:https://192.0.2.9')).toHaveLength(1);
  });

  it('sets aside what only says where a pod runs', () => {
    const around = relations.around({
      entities: [entity('pod:openshift-ingress/router-1'), entity(NODE)],
      captures: {},
    });
    expect(around.filter(({ kind, aside }) => kind === 'host' && aside !== true)).toEqual([]);
    expect(
      relations
        .around({ entities: [entity(NODE)], captures: {} })
        .some(({ kind, aside }) => kind === 'host' && aside !== true),
    ).toBe(true);
  });

  it('is nothing where no object says so', () => {
    for (const stranger of ['csr:other', 'webhook:other', 'certificate:/etc/kubernetes/ca.crt', 'nic:eth0'])
      expect(relations.expand(entity(stranger))).toHaveLength(1);
  });
});

describe('a node by what others call it', () => {
  const names = buildNames(all);
  it.each([
    'm1',
    'M1.LAB.example.com',
    '192.0.2.21',
    '192.0.2.21:2380',
    '2001:db8::21',
    '[2001:DB8::21]:10250',
    '2001:db8:0:0:0:0:0:21',
    'm1:9100',
  ])('%s', (called) => expect(names.node(called)).toBe('m1.lab.example.com'));
  it.each(['192.0.2.2', '[2001:db8::2]:6443', '2001:db8::zz', 'm11', ''])('and not by %s', (called) =>
    expect(names.node(called)).toBe(called),
  );
});

describe('a host by what others call it', () => {
  const names = buildNames(all);
  it.each([
    ['1e69db1a-f9f4-47fe-8617-8868d26c6773', 'openshift-machine-api/host-1'],
    ['openshift-machine-api~host-1', 'openshift-machine-api/host-1'],
    ['https://[2001:db8::31]:8443', 'openshift-machine-api/host-1'],
    ['2001:db8::31', 'openshift-machine-api/host-1'],
    ['https://[2001:db8::31]/redfish/v1/Systems/System.Embedded.1', 'openshift-machine-api/host-1'],
    ['http://192.0.2.9:8000/redfish/v1/Systems/bb', 'openshift-machine-api/vm-2'],
    // Two hosts share the address.
    ['http://192.0.2.9:8000', 'http://192.0.2.9:8000'],
    ['192.0.2.77', '192.0.2.77'],
  ])('%s', (called, host) => expect(names.bareMetalHost(called)).toBe(host));
});
