import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { AllFacts, Document, DocumentFamily } from '../../src/model/facts.ts';
import { type Resource, readText } from '../../src/model/resource.ts';
import { assemble, parseDocument, parseResources } from './facts.ts';

const JSON_FAMILIES: readonly (readonly [RegExp, DocumentFamily])[] = [
  [/etcd_info\/member_list\.json$/, 'etcd-member-list'],
  [/etcd_info\/endpoint_status\.json$/, 'etcd-endpoint-status'],
  [/etcd_info\/endpoint_health\.json$/, 'etcd-endpoint-health'],
  [/etcd_info\/alarm_list\.json$/, 'etcd-alarm-list'],
  [/monitoring\/(alerts|prometheus\/rules)\.json$/, 'prometheus-rules'],
];

/** Facts of an unpacked gather: its YAML objects, etcd and Prometheus documents and install-config. */
export function factsOfDirectory(directory: string): AllFacts {
  const resources: Resource[] = [];
  const documents: Document[] = [];
  for (const path of filesUnder(directory)) {
    const name = relative(directory, path).split(sep).join('/');
    const family = JSON_FAMILIES.find(([pattern]) => pattern.test(name))?.[1];
    if (family !== undefined) documents.push(parseDocument(family, name, readFileSync(path, 'utf8')));
    else if (name.endsWith('.yaml') && WANTED.test(name)) resources.push(...parseFile(path, name));
  }
  for (const resource of resources) documents.push(...installConfigOf(resource));
  return assemble(resources, documents, {});
}

const WANTED =
  /\/(core|apps|config\.openshift\.io|operator\.openshift\.io|machineconfiguration\.openshift\.io|certificates\.k8s\.io|admissionregistration\.k8s\.io|apiregistration\.k8s\.io|coordination\.k8s\.io|policy|machine\.openshift\.io|metal3\.io)\//;

function parseFile(path: string, name: string): Resource[] {
  if (/\/(events|endpointslices|imagestreams)(\.yaml|\/)/.test(name)) return [];
  try {
    return parseResources(name, readFileSync(path, 'utf8'));
  } catch {
    return [];
  }
}

function installConfigOf(resource: Resource): Document[] {
  const text = resource.name === 'cluster-config-v1' ? readText(resource.body, 'data.install-config') : undefined;
  return text === undefined ? [] : [{ ...parseDocument('install-config', resource.path, text) }];
}

function filesUnder(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile())
    .sort();
}
