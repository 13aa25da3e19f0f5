import { type Classified, document, known, log, resource } from './classified.ts';
import { kindOf, pluralOf } from './kinds.ts';
import { objectName } from './path-parts.ts';

/** Objects of which there is one, under the names that the insights operator gives them. */
const SINGLE: Readonly<Record<string, string>> = {
  version: 'clusterversions',
  infrastructure: 'infrastructures',
  network: 'networks',
  ingress: 'ingresses',
  proxy: 'proxies',
  oauth: 'oauths',
  featuregate: 'featuregates',
};

const DIRECTORIES: Readonly<Record<string, string>> = {
  clusteroperator: 'clusteroperators',
  node: 'nodes',
  pdbs: 'poddisruptionbudgets',
  persistentvolumes: 'persistentvolumes',
};

/** Metrics, identifiers and objects that nothing reads. They lack a kind, so they cannot be told by their content. */
const OTHER = new Set([
  'alerts.json',
  'apiserver.json',
  'authentication.json',
  'clusterrolebinding',
  'containerruntimeconfigs',
  'controlplanemachinesets',
  'cost_management_metrics_configs',
  'crd',
  'dvo_metrics',
  'helmchart_info.json',
  'installplans.json',
  'podnetworkconnectivitychecks.json',
  'id',
  'image.json',
  'jaegertracing.io',
  'logging',
  'machineautoscalers',
  'metrics',
  'namespaces_with_overlapping_uids.json',
  'olm_operators.json',
  'opentelemetry',
  'running_containers.json',
  'schedulers',
  'securitycontextconstraint',
  'serviceaccounts.json',
  'silenced_alerts.json',
  'storage',
  'tsdb.json',
  'versioned_object_revision_counts.json',
  'workload_info.json',
]);

/** `config/…` of an insights archive: Kubernetes objects as JSON, and container logs. */
export function classifyInsightsConfig(rest: readonly string[]): Classified | undefined {
  const [first, second, third] = rest;
  if (first === undefined) return undefined;
  if (OTHER.has(first)) return known('insights');
  const name = objectName(rest.at(-1) as string);
  if (rest.length === 1) {
    if (name === undefined) return undefined;
    const plural = Object.hasOwn(SINGLE, name) ? SINGLE[name] : undefined;
    if (plural !== undefined) return resource({ groupHint: 'config.openshift.io', pluralHint: plural });
    return kindOf(name) === undefined ? undefined : resource({ pluralHint: name });
  }
  if (first === 'pod') return classifyInsightsPod(rest);
  if (first === 'configmaps') return classifyConfigMapKey(rest);
  if (first === 'node' && second === 'logs') return classifyNodeLog(rest);
  if (first === 'clusteroperator' && rest.length > 2) return classifyOperatorObject(rest);
  const plural = Object.hasOwn(DIRECTORIES, first) ? DIRECTORIES[first] : first;
  if (plural === undefined || kindOf(plural) === undefined || name === undefined) return undefined;
  return resource({ pluralHint: plural, nameHint: name, namespaceHint: third === undefined ? undefined : second });
}

/** `pod/<ns>/<pod>.json` and `pod/<ns>/logs/<pod>/{errors,messages}.log`. */
function classifyInsightsPod(rest: readonly string[]): Classified | undefined {
  const [, namespace, third, pod] = rest;
  if (third === 'logs') return log('container-log', 'container', { namespace, pod, instance: 'current' });
  const name = objectName(third ?? '');
  if (name === undefined) return undefined;
  return resource({ groupHint: 'core', pluralHint: 'pods', namespaceHint: namespace, nameHint: name });
}

function classifyNodeLog(rest: readonly string[]): Classified | undefined {
  const host = /^(.+)\.log$/.exec(rest[2] ?? '')?.[1];
  return host === undefined ? undefined : log('node-log', 'journal', { host });
}

/** `configmaps/<ns>/<name>/<key>`: only the install-config is of use. */
function classifyConfigMapKey(rest: readonly string[]): Classified | undefined {
  return rest.at(-1) === 'install-config' ? document('install-config', 'install-config') : known('insights');
}

/** `clusteroperator/<group>/<kind>/[<ns>/]<name>.json`: the objects that an operator works on. */
function classifyOperatorObject(rest: readonly string[]): Classified | undefined {
  const [, group, singular] = rest;
  const name = objectName(rest.at(-1) as string);
  if (singular === undefined || name === undefined) return undefined;
  const plural = pluralOf(singular) ?? `${singular}s`;
  const namespaceHint = rest.length > 4 ? rest[3] : undefined;
  return resource({ groupHint: group, pluralHint: plural, nameHint: name, namespaceHint });
}

/** `events/<ns>.json`. */
export function classifyInsightsEvents(rest: readonly string[]): Classified | undefined {
  const namespace = objectName(rest[0] ?? '');
  if (rest.length !== 1 || namespace === undefined) return undefined;
  return resource({ groupHint: 'core', pluralHint: 'events', namespaceHint: namespace });
}

/** `insights-operator/gathers.json`. */
export function classifyInsightsOperator(rest: readonly string[]): Classified | undefined {
  if (rest.length !== 1) return undefined;
  return rest[0] === 'gathers.json' ? document('insights', 'insights-gathers') : known('insights');
}
