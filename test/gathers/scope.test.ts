import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Scope } from '../../src/gathers/gather.ts';
import { healthyGather } from '../../src/gathers/healthy.ts';
import { render } from '../../src/gathers/render.ts';
import { labCluster } from '../../src/gathers/scenarios/clusters.ts';

const CLUSTER = labCluster({ scenario: 'scope', started: '2026-01-12T07:00:00Z', gathered: '2026-01-15T14:00:00Z' });
const LEAN: Scope = { namespaces: ['openshift-etcd', 'kube-node-lease'], hours: 2, layout: 'lists' };
const tree = (scope: Scope) => render(healthyGather(CLUSTER, scope));
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

describe('the scope of a gather', () => {
  const lean = tree(LEAN);
  const inImage = (files: Map<string, Uint8Array>, end: string) =>
    [...files.keys()].filter((path) => path.endsWith(end));

  it('leaves out the namespaces that are not asked for', () => {
    const namespaces = new Set([...lean.keys()].map((path) => /namespaces\/([^/]+)/.exec(path)?.[1]));
    namespaces.delete(undefined);
    expect([...namespaces].sort()).toEqual(['kube-node-lease', 'openshift-etcd']);
  });

  it('writes each object once, in the list of its kind', () => {
    const [nodes, ...others] = [...lean.keys()].filter((path) => path.includes('/core/nodes'));
    expect(others).toEqual([]);
    expect(parse(text(lean.get(nodes!))).items).toHaveLength(CLUSTER.nodes.length);
    expect(inImage(lean, 'clusteroperators/etcd.yaml')).toEqual([]);
    expect(inImage(lean, '/clusteroperators.yaml')).toHaveLength(1);
  });

  it('has no line older than the hours asked for', () => {
    const logs = inImage(lean, '/etcd/logs/current.log');
    expect(logs).toHaveLength(3);
    for (const path of logs) expect(text(lean.get(path)).slice(0, 16) >= '2026-01-15T12:00').toBe(true);
  });

  it('is the tree of oc adm inspect where no must-gather image ran', () => {
    const inspect = [...tree({ ...LEAN, tool: 'inspect' }).keys()];
    expect(inspect.every((path) => /^inspect\.local\.\d+\//.test(path))).toBe(true);
    expect(inspect.some((path) => /host_service_logs|etcd_info|monitoring|\/version$/.test(path))).toBe(false);
    expect(inspect.some((path) => path.endsWith('/core/nodes.yaml'))).toBe(true);
  });
});
