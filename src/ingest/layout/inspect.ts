import { type Classified, known, log, resource } from './classified.ts';
import { kindOf } from './kinds.ts';
import { objectName, plainName } from './path-parts.ts';

/** `namespaces/<ns>/…` as `oc adm inspect` and the add-on gathers lay it out. */
export function classifyNamespace(rest: readonly string[]): Classified | undefined {
  const [namespace, group, plural] = rest;
  // OpenShift Data Foundation nests a whole tree under `namespaces/all`.
  if (namespace === undefined || group === undefined || (namespace === 'all' && group === 'namespaces'))
    return undefined;
  if (rest.length === 2) {
    return objectName(group) === namespace ? resource({ pluralHint: 'namespaces', nameHint: namespace }) : undefined;
  }
  if (group === 'pods') return classifyPod(namespace, rest.slice(2));
  if (group === 'crs' || group === 'cr') return classifyQualified(plural, rest[3], namespace);
  if (group === 'oc_output') return known('command-output');
  if (group === 'vms') return known('virtual-machine');
  const named = objectName(rest.at(-1) as string);
  if (named === undefined) return undefined;
  if (rest.length === 3) return resource({ groupHint: group, pluralHint: named, namespaceHint: namespace });
  if (rest.length !== 4) return undefined;
  return resource({ groupHint: group, pluralHint: plural, namespaceHint: namespace, nameHint: named });
}

/** `cluster-scoped-resources/…`: `<group>/<plural>.yaml`, `<group>/<plural>/<name>.yaml`, `<plural.group>/<name>.yaml`. */
export function classifyClusterScoped(rest: readonly string[]): Classified | undefined {
  const [group, plural] = rest;
  const named = objectName(rest.at(-1) ?? '');
  if (group === undefined || named === undefined) return undefined;
  if (rest.length === 3) return resource({ groupHint: group, pluralHint: plural, nameHint: named });
  if (rest.length !== 2) return undefined;
  const [first = ''] = group.split('.', 1);
  const qualified = kindOf(named) === undefined && kindOf(first) !== undefined && first !== group;
  return qualified ? classifyQualified(group, plural, undefined) : resource({ groupHint: group, pluralHint: named });
}

/** `<plural.group>/<name>.yaml`, as OpenShift Virtualization writes. */
function classifyQualified(
  qualified: string | undefined,
  file: string | undefined,
  namespace: string | undefined,
): Classified | undefined {
  const name = objectName(file ?? '');
  if (qualified === undefined || name === undefined) return undefined;
  const dot = qualified.indexOf('.');
  const plural = dot < 0 ? qualified : qualified.slice(0, dot);
  const group = dot < 0 ? undefined : qualified.slice(dot + 1);
  return resource({ groupHint: group, pluralHint: plural, namespaceHint: namespace, nameHint: name });
}

/** `pods/<pod>/…` inside a namespace. */
function classifyPod(namespace: string, rest: readonly string[]): Classified | undefined {
  const [pod, second, third, fourth, fifth] = rest;
  if (pod === undefined || second === undefined) return undefined;
  if (rest.length === 2) return classifyPodFile(namespace, pod, second);
  // The insights archive: `<pod>/containers/<container>/logs/last-50-lines.log`.
  if (second === 'containers' && fourth === 'logs') {
    return log('container-log', 'container', { namespace, pod, container: third, instance: 'current' });
  }
  const where = { namespace, pod, container: second };
  if (fourth === 'api_priority_and_fairness' && fifth === 'priority_levels') return log('api-priority', 'text', where);
  if (fourth !== 'logs' || fifth === undefined) return known(third === undefined ? 'pod-file' : 'container-file');
  if (fifth === 'rotated') return log('rotated-log', 'container', { ...where, instance: 'rotated' });
  const instance = /^(current|previous)(?:\.insecure)?\.log$/.exec(plainName(fifth))?.[1];
  if (instance !== undefined) {
    return log('container-log', 'container', { ...where, instance: instance as 'current' | 'previous' });
  }
  return log('container-file', 'text', where);
}

function classifyPodFile(namespace: string, pod: string, file: string): Classified | undefined {
  const name = plainName(file);
  if (objectName(file) !== undefined) {
    // An insights archive names the file after the pod's owner, so the pod's name is not taken from it.
    const nameHint = objectName(file) === pod ? pod : undefined;
    return resource({ groupHint: 'core', pluralHint: 'pods', namespaceHint: namespace, nameHint });
  }
  if (name === 'dmesg') return log('dmesg', 'kernel', { namespace, pod });
  return name.endsWith('.log') ? log('pod-file', 'text', { namespace, pod }) : known('pod-file');
}
