import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildScenario } from '../../src/gathers/build.ts';
import { scenarioSchema } from '../../src/gathers/scenario.ts';
import { SCENARIOS } from '../../src/gathers/scenarios/index.ts';
import { parseTime } from '../../src/model/time.ts';

const ROOT = join(import.meta.dirname, '..', '..', 'sample-gathers');

function filesBelow(folder: string, prefix = ''): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(folder, path) : [path];
  });
}

function truthOf(name: string) {
  return scenarioSchema.parse(parse(readFileSync(join(ROOT, name, 'scenario.yaml'), 'utf8')));
}

describe.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))('%s', (name, scenario) => {
  const tree = buildScenario(scenario);
  const text = (path: string) => Buffer.from(tree.get(path)!).toString('utf8');

  it('is committed byte for byte', () => {
    const folder = join(ROOT, name);
    const made = new Set([...tree.keys()].map((path) => path.split('/')[0]!));
    const generated = filesBelow(folder).filter((path) => made.has(path.split('/')[0]!));
    expect(generated.sort()).toEqual([...tree.keys()].sort());
    const differing = [...tree].filter(([path, bytes]) => !readFileSync(join(folder, path)).equals(bytes));
    expect(differing.map(([path]) => path)).toEqual([]);
  });

  it('has a truth that is valid and whose inputs exist', () => {
    const truth = truthOf(name);
    expect(truth.inputs.filter((input) => !existsSync(join(ROOT, name, input)))).toEqual([]);
  });

  it('holds YAML and JSON that parse', () => {
    for (const path of tree.keys()) {
      if (path.endsWith('.json')) expect(() => JSON.parse(text(path)), path).not.toThrow();
      if (path.endsWith('.yaml')) expect(() => loadAll(text(path)), path).not.toThrow();
    }
  });

  it('holds no object and no log line younger than the gather', () => {
    const stamps = [...tree.keys()].find((path) => /^gather\/[^/]+\/timestamp$/.test(path));
    if (stamps === undefined) return;
    const last = text(stamps).trim().split('\n').at(-1)!;
    const gathered = parseTime(`${last.slice(0, 19).replace(' ', 'T')}Z`)!;
    const late: string[] = [];
    for (const path of tree.keys()) {
      if (path.endsWith('.gz')) continue;
      for (const [stamp] of text(path).matchAll(/\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?/g)) {
        if (parseTime(`${stamp}Z`)! > gathered) late.push(`${path}: ${stamp}`);
      }
    }
    expect(late).toEqual([]);
  });
});

describe('the sample gathers', () => {
  it('are all made by a scenario and all have a truth', () => {
    const folders = readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map((entry) => entry.name).sort()).toEqual(SCENARIOS.map((scenario) => scenario.name).sort());
  });

  it('name only signatures as kebab-case ids and entities of known kinds', () => {
    const wrong = {
      title: 't',
      inputs: ['gather'],
      story: 's',
      verdict: { status: 'healthy', recovery: 'none-needed' },
      rootCauses: [],
      edges: [],
    };
    expect(scenarioSchema.safeParse(wrong).success).toBe(true);
    const cause = { signature: 'Not Kebab', entities: ['node:a'], status: 'active' };
    expect(scenarioSchema.safeParse({ ...wrong, rootCauses: [cause] }).success).toBe(false);
    expect(
      scenarioSchema.safeParse({ ...wrong, rootCauses: [{ ...cause, signature: 'a-b', entities: ['thing:a'] }] })
        .success,
    ).toBe(false);
    expect(scenarioSchema.safeParse({ ...wrong, extra: 1 }).success).toBe(false);
  });
});

describe('the seed incident', () => {
  const tree = buildScenario(SCENARIOS.find((scenario) => scenario.name === 'vip-outside-machine-network')!);
  const textOf = (part: string) => {
    const found = [...tree.keys()].find((path) => path.endsWith(part));
    expect(found, part).toBeDefined();
    return Buffer.from(tree.get(found!)!).toString('utf8');
  };

  it('keeps the recorded lines word for word', () => {
    expect(textOf('master-1-kubelet.log')).toContain(
      'I1203 21:55:35.453854  701002 csi_plugin.go:884] Failed to contact API server when waiting for CSINode publishing: csinodes.storage.k8s.io "master-1" is forbidden: User "system:anonymous" cannot get resource "csinodes" in API group "storage.k8s.io" at the cluster scope',
    );
    const network = parse(textOf('clusteroperators/network.yaml'));
    const degraded = network.status.conditions.find((held: { type: string }) => held.type === 'Degraded');
    expect(degraded.message).toBe(
      "Error while synchronizing spec and status of infrastructures.config.openshift.io/cluster: Error on validating API VIPs and Machine Networks: VIP '10.46.124.13' cannot be found in any machine network",
    );
  });

  it('has no log of master-1, no pod etcd-master-1, no metal3 pod and no node master-2', () => {
    expect(textOf('masters/kubelet_service.log')).not.toContain(' master-1 ');
    const pods = (namespace: string) =>
      parse(textOf(`namespaces/${namespace}/core/pods.yaml`)).items.map(
        (pod: { metadata: { name: string } }) => pod.metadata.name,
      );
    expect(pods('openshift-etcd')).toEqual(
      expect.arrayContaining(['etcd-master-0', 'etcd-guard-master-1', 'installer-6-master-1']),
    );
    expect(pods('openshift-etcd')).not.toContain('etcd-master-1');
    expect(pods('openshift-machine-api').filter((name: string) => /^metal3-(?!baremetal-operator)/.test(name))).toEqual(
      [],
    );
    expect([...tree.keys()].filter((path) => path.endsWith('core/nodes/master-2.yaml'))).toEqual([]);
  });
});
