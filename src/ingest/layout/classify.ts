import {
  classifyAgentGather,
  classifyAssistedLog,
  classifyBootstrap,
  classifyBundleResource,
  classifyControlPlane,
} from './bundles.ts';
import { type Classified, known, log, resource } from './classified.ts';
import { withHostOfPath } from './host-name.ts';
import { classifyInsightsConfig, classifyInsightsEvents, classifyInsightsOperator } from './insights.ts';
import { classifyClusterScoped, classifyNamespace } from './inspect.ts';
import { classifyByName } from './loose.ts';
import {
  classifyAuditLog,
  classifyCephLog,
  classifyConnectivityCheck,
  classifyEtcdInfo,
  classifyHostServiceLog,
  classifyMonitoring,
  classifyNetworkLog,
  classifyNodeFile,
  classifyStaticPod,
  classifyTerminationLog,
} from './must-gather.ts';
import { objectName, segmentsOf } from './path-parts.ts';
import { isBinaryJournal, sniffContent } from './sniff-content.ts';
import {
  classifyKubeletContainerLog,
  classifyKubeletPodLog,
  classifyProblem,
  classifySosCommand,
  classifyVarLog,
} from './sosreport.ts';

type Rule = (rest: readonly string[], path: string) => Classified | undefined;

/**
 * What lies under a directory of this name, wherever that is: gathers come wrapped in any number of folders, images and
 * archives. The outermost directory that knows its content wins.
 */
const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['namespaces', classifyNamespace],
  ['cluster-scoped-resources', classifyClusterScoped],
  ['host_service_logs', classifyHostServiceLog],
  ['nodes', classifyNodeFile],
  ['etcd_info', classifyEtcdInfo],
  ['monitoring', classifyMonitoring],
  ['audit_logs', classifyAuditLog],
  ['static-pods', classifyStaticPod],
  ['machine_config_termination_logs', classifyTerminationLog],
  ['network_logs', classifyNetworkLog],
  ['pod_network_connectivity_check', classifyConnectivityCheck],
  ['ceph_logs', classifyCephLog],
  ['web_hooks', (rest) => webhooks(rest)],
  ['ingress_controllers', () => known('haproxy-config')],
  ['machine_config_ondisk', () => known('machine-config-ondisk')],
  ['requests', () => known('api-requests')],
  ['node_core_dumps', () => known('core-dump')],
  ['pprof', () => known('profile')],
  ['must_gather_commands', () => known('command-output')],
  ['must_gather_commands_json_output', () => known('command-output')],
  ['raw_output', () => known('command-output')],
  ['bootstrap', classifyBootstrap],
  ['control-plane', classifyControlPlane],
  ['rendered-assets', () => known('rendered-assets')],
  ['resources', classifyBundleResource],
  ['serial', () => log('console', 'console')],
  ['clusterapi', (rest) => (rest.at(-1)?.endsWith('.log') ? log('installer-log', 'installer') : undefined)],
  ['agent-gather', classifyAgentGather],
  ['sos_commands', classifySosCommand],
  ['abrt', (rest, path) => (/(?:^|\/)spool\/abrt\//.test(path) ? classifyProblem(rest, path) : undefined)],
  ['etc', (rest) => (rest.length === 1 && rest[0] === 'hostname' ? classifyByName('hostname') : undefined)],
  ['sos_reports', () => known('sos-command')],
  ['log', (rest, path) => (/(?:^|\/)var\/log\//.test(path) ? classifyVarLog(rest, path) : undefined)],
  ['pods', classifyKubeletPodLog],
  ['containers', classifyKubeletContainerLog],
  ['config', classifyInsightsConfig],
  ['events', classifyInsightsEvents],
  ['insights-operator', classifyInsightsOperator],
  ['machinesets', (rest) => insightsList('machinesets', rest)],
]);

/** Directories of which the insights operator's own `config` and `events` are too common to be trusted elsewhere. */
const INSIGHTS_ONLY = new Set(['config', 'events', 'machinesets']);

/** Says what a file is, by its path inside the input and its first bytes. */
export function classify(path: string, head: Uint8Array): Classified {
  const segments = segmentsOf(path);
  const file = segments.at(-1) as string;
  const byPath = classifyByPath(segments, path, file);
  return withHostOfPath(verify(byPath ?? sniffContent(head, file), head), segments);
}

function classifyByPath(segments: readonly string[], path: string, file: string): Classified | undefined {
  if (/^(?:timestamp|version|event-filter\.html)$/.test(file) && !segments.includes('configmaps'))
    return classifyByName(file);
  for (let at = 0; at < segments.length - 1; at++) {
    const segment = segments[at] as string;
    const rule = RULES.get(segment);
    if (rule === undefined) continue;
    const rest = segments.slice(at + 1);
    if (INSIGHTS_ONLY.has(segment) && !isInsights(file, rest)) continue;
    const found = rule(rest, path);
    if (found !== undefined) return found;
  }
  return classifyAssistedLog(path, file) ?? classifyByName(file);
}

function isInsights(file: string, rest: readonly string[]): boolean {
  return (
    file.includes('.json') ||
    rest.includes('logs') ||
    rest[0] === 'configmaps' ||
    /^(?:id|(?:dvo_)?metrics)$/.test(file)
  );
}

/** Corrects what the path promised by what the bytes are. */
function verify(found: Classified, head: Uint8Array): Classified {
  if (!isBinaryJournal(head)) return found;
  const host = found.type === 'log' ? found.source.host : undefined;
  return {
    type: 'journal',
    family: 'binary-journal',
    source: { kind: 'journal', ...(host !== undefined && { host }) },
  };
}

function webhooks(rest: readonly string[]): Classified | undefined {
  const named = objectName(rest[0] ?? '');
  if (named === undefined || rest.length !== 1) return undefined;
  return resource({ groupHint: 'admissionregistration.k8s.io', pluralHint: named });
}

function insightsList(plural: string, rest: readonly string[]): Classified | undefined {
  const [namespaceHint, file] = rest;
  const nameHint = objectName(file ?? '');
  return nameHint === undefined ? undefined : resource({ pluralHint: plural, namespaceHint, nameHint });
}
