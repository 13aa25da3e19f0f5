import { type Classified, document, known, log, resource } from './classified.ts';
import { objectName, plainName, unitOf } from './path-parts.ts';

/** `bootstrap/…` of an installer's log bundle. */
export function classifyBootstrap(rest: readonly string[]): Classified | undefined {
  return classifyMachine('bootstrap', rest);
}

/** `control-plane/<host>/…` of an installer's log bundle. */
export function classifyControlPlane(rest: readonly string[]): Classified | undefined {
  const [host] = rest;
  return host === undefined || rest.length < 2 ? undefined : classifyMachine(host, rest.slice(1));
}

function classifyMachine(host: string, rest: readonly string[]): Classified | undefined {
  const [what, file] = rest;
  if (what === undefined || file === undefined) return undefined;
  const name = plainName(file);
  if (what === 'journals') return log('unit-log', 'journal', { host, unit: unitOf(file) });
  if (what === 'services') {
    return objectName(file) === undefined ? undefined : document('log-bundle-services', 'log-bundle-services');
  }
  if (what === 'containers' || what === 'pods') {
    if (!name.endsWith('.log')) return known('container-file');
    const container = /^(.+)-[0-9a-f]{12,}$/.exec(name.slice(0, -4))?.[1] ?? name.slice(0, -4);
    return log('container-log', 'container', { host, container, instance: 'current' });
  }
  if (what === 'unit-status') return log('unit-status', 'text', { host, unit: unitOf(file) });
  return what === 'network' ? known('network-file') : undefined;
}

/** `resources/<name>.json` of a log bundle: lists that `oc get -o json` wrote. */
export function classifyBundleResource(rest: readonly string[]): Classified | undefined {
  if (rest.length !== 1 || objectName(rest[0] ?? '') === undefined) return undefined;
  return resource({});
}

/** `agent-gather/…` of the agent-based installer. */
export function classifyAgentGather(rest: readonly string[]): Classified | undefined {
  const name = plainName(rest[0] ?? '');
  if (rest.length !== 1) return undefined;
  if (name === 'journal.export') return log('journal', 'journal');
  return /^(?:ipaddr|iplink|iproute|lsblk)/.test(name) ? known('host-file') : undefined;
}

/** `logs_host_<uuid>/<name>.logs` of the assisted installer. */
export function classifyAssistedLog(path: string, name: string): Classified | undefined {
  const plain = plainName(name);
  if (plain === 'cluster_metadata.json') return document('assisted-metadata', 'assisted-metadata');
  if (plain === 'cluster_events.json') return known('assisted-events');
  const what = /^([a-z-]+)\.logs$/.exec(plain)?.[1];
  if (what === undefined || !/(?:^|\/)logs_host_[^/]+\//.test(path)) return undefined;
  const host = /_(?:master|worker|bootstrap|auto-assign|arbiter)_([^/!]+?)\.tar/.exec(path)?.[1];
  if (what === 'dmesg') return log('dmesg', 'kernel', { host });
  if (what === 'journal') return log('journal', 'journal', { host });
  if (what === 'bootkube') return log('unit-log', 'journal', { host, unit: 'bootkube' });
  if (what === 'agent' || what === 'installer' || what === 'ironic-agent') {
    return log('assisted-log', 'installer', { host, unit: what });
  }
  return log('host-file', 'text', { host });
}
