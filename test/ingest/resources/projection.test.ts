import { describe, expect, it } from 'vitest';
import { projectValue } from '../../../src/ingest/resources/project-value.ts';
import { projectionOf } from '../../../src/ingest/resources/projection.ts';
import { readYamlWithLibrary } from '../../../src/ingest/resources/yaml-library.ts';
import { readText } from './read-text.ts';

const POD = `apiVersion: v1
kind: Pod
metadata:
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {"kind": "Pod"}
    keep: me
  managedFields:
  - apiVersion: v1
    fieldsV1:
      f:metadata: {}
  name: p
spec:
  containers:
  - env:
    - name: A
      value: "1"
    image: x
    name: c
    resources:
      limits:
        cpu: 1
        memory: 1Gi
      requests:
        memory: 1Gi
    volumeMounts:
    - mountPath: /x
  nodeName: n
  tolerations:
  - operator: Exists
  volumes:
  - name: v
    persistentVolumeClaim: { claimName: data, readOnly: true }
  - name: s
    secret: { secretName: tls, defaultMode: 420 }
  - name: e
    emptyDir: {}
status:
  phase: Running
`;

const SECRET = `apiVersion: v1
data:
  ca.crt: Y2E=
  password: c2VjcmV0
  tls.crt: Y3J0
  tls.key: a2V5
kind: Secret
metadata:
  annotations:
    openshift.io/token-secret.value: token
  name: s
  namespace: demo
stringData:
  password: secret
type: kubernetes.io/tls
`;

function configMap(name: string, namespace: string): string {
  return `apiVersion: v1\ndata:\n  a: |\n    secret\n    value\n  b: ""\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n`;
}

function bodyOf(text: string): unknown {
  return readText(text).resources[0]?.body;
}

describe('what is left out of objects', () => {
  it('is bulk of pods', () => {
    expect(bodyOf(POD)).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { annotations: { keep: 'me' }, name: 'p' },
      spec: {
        containers: [{ image: 'x', name: 'c', resources: { limits: { memory: '1Gi' } } }],
        nodeName: 'n',
        volumes: [{ persistentVolumeClaim: { claimName: 'data' } }, {}, {}],
      },
      status: { phase: 'Running' },
    });
  });

  it('is all of a secret but its certificates', () => {
    const kept = {
      apiVersion: 'v1',
      data: { 'ca.crt': 'Y2E=', 'tls.crt': 'Y3J0' },
      kind: 'Secret',
      metadata: { annotations: {}, name: 's', namespace: 'demo' },
      type: 'kubernetes.io/tls',
    };
    expect(bodyOf(SECRET)).toEqual(kept);
    expect(bodyOf(JSON.stringify(readYamlWithLibrary(SECRET, 1).value))).toEqual(kept);
    // The kind in a notation that only the full parse understands.
    expect(bodyOf(SECRET.replace('kind: Secret', '"kind": "Sec\\x72et"'))).toEqual(kept);
    expect(bodyOf(SECRET.replace('kind: Secret', 'kind: !!str Secret'))).toEqual(kept);
  });

  it('is the data of ordinary ConfigMaps but not its keys', () => {
    expect(bodyOf(configMap('app', 'demo'))).toMatchObject({ data: { a: null, b: null } });
    expect(bodyOf(configMap('cluster-config-v1', 'demo'))).toMatchObject({ data: { a: null, b: null } });
  });

  it.each([
    ['trusted-ca', 'demo'],
    ['kube-root-ca.crt', 'demo'],
    ['my-ca-bundle', 'demo'],
    ['etcd-endpoints', 'openshift-etcd'],
    ['cluster-config-v1', 'kube-system'],
  ])('is not the data of ConfigMap %s in %s', (name, namespace) => {
    expect(bodyOf(configMap(name, namespace))).toMatchObject({ data: { a: 'secret\nvalue\n', b: '' } });
  });

  it.each([
    ['|', 199_999, ''],
    ['|', 200_000, ''],
    ['|', 200_001, ''],
    ['|-', 200_000, ''],
    ['|-', 200_001, ''],
    ['|+', 199_000, ''],
    ['|', 199_994, '\n    é𐍈\n'],
    ['|', 199_995, '\n    é𐍈\n'],
    ['|', 199_996, '\n    é𐍈\n'],
    ['|', 199_998, '\n\n\n\n\n\n\n'],
    ['>', 300_000, ''],
    ['"', 200_001, ''],
  ])('is of a bundle what is longer than 200000 characters: %s %i %j', (style, length, tail) => {
    const lines = `${'x'.repeat(61)}\n`.repeat(length / 62 + 1).slice(0, length - (style === '|-' ? 0 : 1));
    const value = style === '"' ? `"${'x'.repeat(length)}"` : `${style}\n${lines.replace(/^/gm, '    ')}\n${tail}`;
    const text = `apiVersion: v1\ndata:\n  a: ${value}\n  b: c\nkind: ConfigMap\nmetadata:\n  name: trusted-ca\n`;
    const whole = readYamlWithLibrary(text, 1).value as { data: { a: string } };
    const a = whole.data.a.length > 200_000 ? null : whole.data.a;
    expect(bodyOf(text)).toEqual({ ...whole, data: { a, b: 'c' } });
    expect(bodyOf(JSON.stringify(whole))).toEqual({ ...whole, data: { a, b: 'c' } });
    // Kubeconfigs are longer.
    expect(bodyOf(text.replace('trusted-ca', 'kubeconfig'))).toMatchObject({ data: whole.data });
  });

  it('is the contents, but not the paths, of files in a MachineConfig', () => {
    const config =
      'kind: MachineConfig\nmetadata:\n  name: m\nspec:\n  config:\n    passwd:\n      users: []\n    storage:\n      files:\n      - contents:\n          source: data:,x\n        path: /etc/x\n  kernelType: ""\n';
    expect(bodyOf(config)).toMatchObject({
      spec: { config: { storage: { files: [{ path: '/etc/x' }] } }, kernelType: '' },
    });
    expect(JSON.stringify(bodyOf(config))).not.toMatch(/data:|users/);
  });

  it('is the same whether skipped while reading or dropped afterwards', () => {
    for (const [text, kind] of [
      [POD, 'Pod'],
      [SECRET, 'Secret'],
      [configMap('x', 'y'), 'ConfigMap'],
    ] as const) {
      const whole = readYamlWithLibrary(text, 1).value;
      expect(bodyOf(text)).toEqual(projectValue(whole, projectionOf(kind, undefined, undefined)));
    }
  });
});
