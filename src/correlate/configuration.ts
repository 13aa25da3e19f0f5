import { compareText } from '../model/entity.ts';
import type { AllFacts } from '../model/facts.ts';
import type { Report } from '../model/report.ts';
import { escapePointer, isFields, type Resource, read, type Value } from '../model/resource.ts';

type Configured = NonNullable<Report['configuration']>[number];

/** What somebody configures of a cluster. Objects of workloads, and what operators write for themselves, are none of it. */
const KINDS = [
  'ClusterVersion',
  'DNS',
  'FeatureGate',
  'Infrastructure',
  'Ingress',
  'IngressController',
  'KubeletConfig',
  'MachineConfigPool',
  'Network',
  'OAuth',
  'Provisioning',
  'Proxy',
] as const;
const MOST_FIELDS = 200;
const LONGEST = 300;

/** The `spec` of each configuration object, field by field. */
export function configurationOf(facts: AllFacts): Configured[] {
  return KINDS.flatMap((kind) => facts[kind].map(configured)).sort(
    (a, b) => compareText(a.kind, b.kind) || compareText(a.name, b.name),
  );
}

function configured(resource: Resource): Configured {
  const { kind, group, name, path } = resource;
  const fields: Configured['fields'] = [];
  flatten(read(resource.body, 'spec'), '/spec', (pointer, value) => {
    if (fields.length < MOST_FIELDS)
      fields.push({ path: pointer.slice('/spec/'.length), value, line: resource.lineOf(pointer) });
  });
  return { kind: `${kind}.${group}`.replace(/\.$/, ''), name, source: path, fields };
}

function flatten(value: Value | undefined, pointer: string, found: (pointer: string, value: string) => void): void {
  if (value === undefined) return;
  if (isFields(value) || Array.isArray(value)) {
    for (const [key, item] of Object.entries(value)) flatten(item as Value, `${pointer}/${escapePointer(key)}`, found);
    return;
  }
  const text = String(value);
  found(pointer, text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}
