import type { DocumentFamily } from '../../model/facts.ts';
import { type Classified, document, known, log, resource } from './classified.ts';
import { objectName, plainName, unitOf } from './path-parts.ts';

/** `host_service_logs/{masters,workers}/<unit>_service.log`: the lines of all such hosts merged; and Windows nodes. */
export function classifyHostServiceLog(rest: readonly string[]): Classified | undefined {
  const [where, second, third] = rest;
  if (where === 'windows') {
    if (second !== 'log_files' || third === undefined) return log('windows-event-log', 'text', { merged: true });
    return log('windows-log', 'journal', { unit: third, merged: true });
  }
  if (where === undefined || second === undefined || rest.length !== 2) return undefined;
  const unit = unitOf(second);
  if (where === 'masters' || where === 'workers') return log('unit-log', 'journal', { unit, merged: true });
  return log('unit-log', 'journal', { unit, host: where });
}

/** `nodes/<node>/…` beside the resources, not `core/nodes`. */
export function classifyNodeFile(rest: readonly string[]): Classified | undefined {
  const [host, file] = rest;
  if (host === undefined || rest.length > 2) return undefined;
  if (file === undefined) {
    return /^(?:skipped_nodes\.txt|debug)$/.test(host) ? log('gather-log', 'gather') : undefined;
  }
  const name = plainName(file);
  const unit = name.startsWith(`${host}_logs_`) ? name.slice(host.length + 6) : undefined;
  if (unit !== undefined) return log('node-log', 'journal', { host, unit });
  if (/^(?:journal|journal\.log)$/.test(name)) return log('node-log', 'journal', { host });
  if (name === 'dmesg') return log('dmesg', 'kernel', { host });
  if (name.endsWith('.log')) return log('node-file', 'text', { host });
  return known('node-file');
}

const ETCD_DOCUMENTS: Readonly<Record<string, DocumentFamily>> = {
  'member_list.json': 'etcd-member-list',
  'endpoint_status.json': 'etcd-endpoint-status',
  'endpoint_health.json': 'etcd-endpoint-health',
  'alarm_list.json': 'etcd-alarm-list',
  'object_count.json': 'etcd-object-count',
};

export function classifyEtcdInfo(rest: readonly string[]): Classified {
  // The folder may be an input of its own, and then stand twice in the path.
  const name = plainName(rest.at(-1) ?? '');
  const family = Object.hasOwn(ETCD_DOCUMENTS, name) ? ETCD_DOCUMENTS[name] : undefined;
  return family !== undefined ? document('etcd-info', family) : known('etcd-info');
}

/** `monitoring/…`: Prometheus API answers. Until 4.8 the rules were in `monitoring/alerts.json`. */
export function classifyMonitoring(rest: readonly string[]): Classified | undefined {
  const name = plainName(rest.at(-1) ?? '');
  if (name === 'rules.json' || (name === 'alerts.json' && rest.length === 1)) {
    return document('monitoring', 'prometheus-rules');
  }
  if (name === 'active-targets.json') return document('monitoring', 'prometheus-targets');
  if (name.endsWith('.stderr')) return log('gather-log', 'gather');
  return /\.(?:json|openmetrics)$/.test(name) ? known('monitoring') : undefined;
}

/** `audit_logs/<api>/<node>-audit*.log.gz` and what lies beside. */
export function classifyAuditLog(rest: readonly string[]): Classified | undefined {
  const [api, file] = rest;
  if (api === undefined || file === undefined) return known('audit-listing');
  const host = /^(.+?)-(?:audit|termination|\.?terminating)\b/.exec(plainName(file))?.[1];
  if (/termination|terminating/.test(file)) return log('termination-log', 'container', { host, container: api });
  return log('audit-log', 'audit', { host });
}

/** `static-pods/kube-apiserver/<node>-startup.log.gz`, `…-termination*.log.gz`. */
export function classifyStaticPod(rest: readonly string[]): Classified | undefined {
  const [container, file] = rest;
  if (container === undefined || file === undefined) return undefined;
  const host = /^(.+?)-(?:startup|termination)/.exec(plainName(file))?.[1];
  return log('termination-log', 'container', { host, namespace: `openshift-${container}`, container });
}

export function classifyTerminationLog(rest: readonly string[]): Classified | undefined {
  if (rest.length < 2) return undefined;
  const namespace = 'openshift-machine-config-operator';
  return log('termination-log', 'container', { host: rest[0], namespace, container: 'machine-config-daemon' });
}

/** Flow dumps, routes and database copies: what the network looked like, not what went wrong with it. */
export function classifyNetworkLog(rest: readonly string[]): Classified | undefined {
  const name = plainName(rest.at(-1) ?? '');
  return name.endsWith('.log') ? log('network-file', 'text') : known('network-file');
}

export function classifyConnectivityCheck(rest: readonly string[]): Classified | undefined {
  const named = objectName(rest[0] ?? '');
  if (named === undefined || rest.length !== 1) return undefined;
  return resource({ groupHint: 'controlplane.operator.openshift.io', pluralHint: named });
}

/** `ceph_logs/journal_<node>/…`, `kernel_<node>/…` and the daemons' own logs. */
export function classifyCephLog(rest: readonly string[]): Classified | undefined {
  const [, what, host] = /^(journal|kernel)_(.+)$/.exec(plainName(rest[0] ?? '')) ?? [];
  if (what !== undefined) {
    // Both are written by journalctl; the second by `journalctl -k`.
    return what === 'journal'
      ? log('node-log', 'journal', { host: host as string })
      : log('dmesg', 'kernel', { host: host as string });
  }
  return rest.length > 0 ? log('ceph-log', 'text') : undefined;
}
