import { describe, expect, it } from 'vitest';
import { readText } from './read-text.ts';

const INSTALL =
  'apiVersion: v1\nbaseDomain: example.com\nnetworking:\n  machineNetwork:\n  - cidr: 192.0.2.0/24\nplatform:\n  baremetal:\n    hosts:\n    - bmc:\n        password: hunter2\n        username: root\npullSecret: \'{"auths":{}}\'\n';

function clusterConfig(block: string): string {
  return `apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: other\n    namespace: kube-system\n- apiVersion: v1\n  data:\n    install-config: ${block}\n  kind: ConfigMap\n  metadata:\n    name: cluster-config-v1\n    namespace: kube-system\nkind: ConfigMapList\n`;
}

describe('documents', () => {
  it('are whole JSON values with exact identifiers', () => {
    const text = '{"header":{"cluster_id":14841639068965178418},\n"members":[{"ID":9372538179322589801,"name":"m"}]}\n';
    const { documents, resources } = readText(text, { file: { documentFamily: 'etcd-member-list', path: 'm.json' } });
    expect(resources).toEqual([]);
    expect(documents).toHaveLength(1);
    expect(documents[0]).toMatchObject({
      family: 'etcd-member-list',
      path: 'm.json',
      pointer: '',
      body: { header: { cluster_id: '14841639068965178418' }, members: [{ ID: '9372538179322589801' }] },
    });
    expect(documents[0]?.lineOf('/members/0/ID')).toBe(2);
    const array = readText('[{"items":[1]}]', { file: { documentFamily: 'etcd-endpoint-health' } });
    expect(array.documents[0]?.body).toEqual([{ items: [1] }]);
  });

  it('may be YAML', () => {
    const { documents } = readText('platform: BareMetal\n', { file: { documentFamily: 'assisted-metadata' } });
    expect(documents[0]?.body).toEqual({ platform: 'BareMetal' });
  });

  it.each([
    ['', 'empty: not collected'],
    ['Error from server: timed out\n', 'error text instead of a document: Error from server: timed out'],
    ['{"a":', 'the file ends inside a JSON value (line 1)'],
    ['{"a":x}', 'invalid document at line 1'],
    ['some text\n', 'text instead of a document'],
  ])('are not made of %j', (text, reason) => {
    const { documents, skipped } = readText(text, { file: { documentFamily: 'prometheus-rules' } });
    expect(documents.filter(({ body }) => body === null || typeof body !== 'object')).toEqual([]);
    if (text !== '{"a":x}') {
      expect(documents).toEqual([]);
      expect(skipped[0]).toContain(reason);
    }
  });

  it('longer than the limit are noted', () => {
    const text = JSON.stringify({ a: 'x'.repeat(5000) });
    const { documents, skipped } = readText(text, {
      file: { documentFamily: 'prometheus-rules' },
      limits: { maxDocument: 1000 },
      chunk: 100,
    });
    expect(documents).toEqual([]);
    expect(skipped).toEqual(['the document at line 1 is longer than the limit']);
  });
});

describe('the install-config', () => {
  it('comes out of its ConfigMap with lines of the file', () => {
    const text = clusterConfig(`|\n${INSTALL.replaceAll(/^/gm, '      ').trimEnd()}`);
    const { documents, resources } = readText(text, { file: { path: 'cm.yaml' } });
    expect(resources).toHaveLength(2);
    expect(documents).toHaveLength(1);
    const [document] = documents;
    expect(document).toMatchObject({ family: 'install-config', path: 'cm.yaml' });
    expect(document?.pointer).toBe('/items/1/data/install-config');
    expect(document?.body).toMatchObject({
      baseDomain: 'example.com',
      networking: { machineNetwork: [{ cidr: '192.0.2.0/24' }] },
    });
    const lines = text.split('\n');
    const at = (pointer: string): string | undefined => lines[(document?.lineOf(pointer) ?? 0) - 1]?.trim();
    expect(at('/networking/machineNetwork/0/cidr')).toBe('- cidr: 192.0.2.0/24');
    expect(at('/platform/baremetal')).toBe('baremetal:');
  });

  it('tells the line of its key where it is quoted text', () => {
    const { documents } = readText(clusterConfig(JSON.stringify(INSTALL)));
    expect(documents[0]?.body).toMatchObject({ baseDomain: 'example.com' });
    expect(documents[0]?.lineOf('/baseDomain')).toBe(10);
  });

  it('comes out even where nobody asks for ConfigMaps, and out of JSON', () => {
    const map = {
      kind: 'ConfigMap',
      metadata: { name: 'cluster-config-v1', namespace: 'kube-system' },
      data: { 'install-config': INSTALL },
    };
    const { documents, resources } = readText(JSON.stringify(map), { file: { kinds: new Set(['Node']) } });
    expect(resources).toEqual([]);
    expect(documents[0]).toMatchObject({ pointer: '/data/install-config', body: { baseDomain: 'example.com' } });
    const yaml = readText(clusterConfig(JSON.stringify(INSTALL)), { file: { kinds: new Set(['Node']) } });
    expect([yaml.documents.length, yaml.resources.length]).toEqual([1, 0]);
  });

  it('is read from a file of its own, without its credentials', () => {
    const { documents } = readText(INSTALL, {
      file: { documentFamily: 'install-config', path: 'install-config.yaml' },
    });
    expect(documents[0]?.body).toMatchObject({ baseDomain: 'example.com', pullSecret: '' });
    expect(JSON.stringify(documents[0]?.body)).not.toMatch(/hunter2|auths/);
    expect(documents[0]?.lineOf('/platform/baremetal/hosts/0/bmc/username')).toBe(11);
  });
});
