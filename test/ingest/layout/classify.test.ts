import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/ingest/layout/classify.ts';

const IMG = 'must-gather.local.42/quay-io-openshift-release-dev-ocp-v4-0-art-dev-sha256-5e1f0c';
const NONE = new Uint8Array(0);

function head(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

describe('logs by their path', () => {
  const pod = { namespace: 'openshift-etcd', pod: 'etcd-m2.lab.example.com', container: 'etcd' };
  const etcd = 'namespaces/openshift-etcd/pods/etcd-m2.lab.example.com/etcd/etcd/logs';
  it.each([
    [`${IMG}/${etcd}/current.log`, 'container-log', { kind: 'container', ...pod, instance: 'current' }],
    [`${IMG}/${etcd}/previous.insecure.log`, 'container-log', { kind: 'container', ...pod, instance: 'previous' }],
    [
      `${IMG}/${etcd}/rotated/0.log.20241203-115959.gz`,
      'rotated-log',
      { kind: 'container', ...pod, instance: 'rotated' },
    ],
    [`${IMG}/namespaces/all/${etcd}/current.log`, 'container-log', { kind: 'container', ...pod, instance: 'current' }],
    [
      `${IMG}/namespaces/openshift-frr-k8s/pods/frr-1/frr/frr/logs/dump_frr`,
      'container-file',
      { kind: 'text', namespace: 'openshift-frr-k8s', pod: 'frr-1', container: 'frr' },
    ],
    [
      `0020-must-gather.tar.gz/${IMG}/host_service_logs/masters/kubelet_service.log`,
      'unit-log',
      { kind: 'journal', unit: 'kubelet', merged: true },
    ],
    [
      `${IMG}/host_service_logs/masters/machine-config-daemon-firstboot_service.log`,
      'unit-log',
      { kind: 'journal', unit: 'machine-config-daemon-firstboot', merged: true },
    ],
    [
      `${IMG}/host_service_logs/windows/log_files/kubelet/kubelet.log`,
      'windows-log',
      { kind: 'journal', unit: 'kubelet', merged: true },
    ],
    [
      `${IMG}/nodes/m2.lab.example.com/m2.lab.example.com_logs_kubelet.gz`,
      'node-log',
      { kind: 'journal', host: 'm2.lab.example.com', unit: 'kubelet' },
    ],
    [`${IMG}/nodes/m2.lab.example.com/dmesg`, 'dmesg', { kind: 'kernel', host: 'm2.lab.example.com' }],
    [`${IMG}/nodes/skipped_nodes.txt`, 'gather-log', { kind: 'gather' }],
    [
      `${IMG}/audit_logs/kube-apiserver/m0.lab.example.com-audit.log.gz`,
      'audit-log',
      { kind: 'audit', host: 'm0.lab.example.com' },
    ],
    [`${IMG}/audit_logs/etcd/m0-audit-2024-12-03T19-00-00.000.log.gz`, 'audit-log', { kind: 'audit', host: 'm0' }],
    [
      `${IMG}/static-pods/kube-apiserver/m0-termination.log.gz`,
      'termination-log',
      { kind: 'container', host: 'm0', namespace: 'openshift-kube-apiserver', container: 'kube-apiserver' },
    ],
    [
      `${IMG}/namespaces/ns/pods/p/kube-apiserver/kube-apiserver/api_priority_and_fairness/priority_levels`,
      'api-priority',
      { kind: 'text', namespace: 'ns', pod: 'p', container: 'kube-apiserver' },
    ],
    [`${IMG}/gather.logs`, 'gather-log', { kind: 'gather' }],
    ['must-gather.local.42/must-gather.logs', 'gather-log', { kind: 'gather' }],
    [`${IMG}/gather-debug.log`, 'gather-log', { kind: 'gather' }],
    [
      `${IMG}/ceph_logs/journal_w0.example.com/journal_w0.example.com.gz`,
      'node-log',
      { kind: 'journal', host: 'w0.example.com' },
    ],
    [
      `${IMG}/ceph_logs/kernel_w0.example.com/kernel_w0.example.com.gz`,
      'dmesg',
      { kind: 'kernel', host: 'w0.example.com' },
    ],
    [
      `${IMG}/namespaces/openshift-sriov/pods/config-daemon-1/dmesg`,
      'dmesg',
      { kind: 'kernel', namespace: 'openshift-sriov', pod: 'config-daemon-1' },
    ],
    [
      'log-bundle-20241001083000/bootstrap/journals/bootkube.log',
      'unit-log',
      { kind: 'journal', host: 'bootstrap', unit: 'bootkube' },
    ],
    [
      'log-bundle-1/control-plane/192.0.2.21/journals/kubelet.log',
      'unit-log',
      { kind: 'journal', host: '192.0.2.21', unit: 'kubelet' },
    ],
    [
      `log-bundle-1/bootstrap/containers/etcd-${'0a'.repeat(32)}.log`,
      'container-log',
      { kind: 'container', host: 'bootstrap', container: 'etcd', instance: 'current' },
    ],
    ['agent-gather.tar.xz!/agent-gather/journal.export', 'journal', { kind: 'journal' }],
    [
      'c_master_m0.tar!/c_master_m0.tar.gz!/logs_host_11-22/installer.logs',
      'assisted-log',
      { kind: 'installer', host: 'm0', unit: 'installer' },
    ],
    ['logs_host_11-22/dmesg.logs', 'dmesg', { kind: 'kernel' }],
    [
      'sosreport-master-0-2024-12-03-abcdefg/sos_commands/openshift/journalctl_--no-pager_--unit_kubelet',
      'journal',
      { kind: 'journal', host: 'master-0', unit: 'kubelet' },
    ],
    [
      'sosreport-master-0-03912345-2024-12-03-abcdefg/sos_commands/kernel/dmesg_-T',
      'dmesg',
      { kind: 'kernel', host: 'master-0' },
    ],
    [
      'sosreport-m-2024-12-03-abcdefg/sos_commands/crio/containers/logs/crictl_logs_-t_0a1b',
      'container-log',
      { kind: 'container', host: 'm', instance: 'current' },
    ],
    ['sosreport-m-2024-12-03-abcdefg/var/log/messages-20241201.gz', 'syslog', { kind: 'journal', host: 'm' }],
    [
      'sosreport-m-2024-12-03-abcdefg/var/spool/abrt/oops-2024-12-01-10:00:00-1234-0/backtrace',
      'dmesg',
      { kind: 'kernel', host: 'm' },
    ],
    [
      'sosreport-m-2024-12-03-abcdefg/var/spool/abrt/vmcore-127.0.0.1-2024-12-01-10:00:00/vmcore-dmesg.txt',
      'dmesg',
      { kind: 'kernel', host: 'm' },
    ],
    [
      'sosreport-m-2024-12-03-abcdefg/var/spool/abrt/ccpp-2024-12-01-10:00:00-99/var_log_messages',
      'syslog',
      { kind: 'journal', host: 'm' },
    ],
    [
      `sosreport-m-2024-12-03-abcdefg/var/log/pods/ns_pod-1_0a1b2c/main/0.log`,
      'container-log',
      { kind: 'container', namespace: 'ns', pod: 'pod-1', container: 'main', instance: 'current' },
    ],
    [
      `logs/node/containers/pod-1_ns_main-${'0'.repeat(64)}.log`,
      'container-log',
      { kind: 'container', namespace: 'ns', pod: 'pod-1', container: 'main', instance: 'current' },
    ],
    [
      'artifacts/pods/openshift-etcd_etcd-m0_etcd_previous.log',
      'container-log',
      { kind: 'container', namespace: 'openshift-etcd', pod: 'etcd-m0', container: 'etcd', instance: 'previous' },
    ],
    [
      `${IMG}/insights-data/insights-operator/insights-1.tar.gz!/config/pod/openshift-apiserver/logs/apiserver-1/errors.log`,
      'container-log',
      { kind: 'container', namespace: 'openshift-apiserver', pod: 'apiserver-1', instance: 'current' },
    ],
    ['insights/config/node/logs/m0.example.com.log', 'node-log', { kind: 'journal', host: 'm0.example.com' }],
    [
      'insights/conditional/namespaces/ns/pods/p/containers/c/logs/last-50-lines.log',
      'container-log',
      { kind: 'container', namespace: 'ns', pod: 'p', container: 'c', instance: 'current' },
    ],
    ['install/.openshift_install.log', 'installer-log', { kind: 'installer' }],
    ['case/worker-1-serial.log', 'console', { kind: 'console', host: 'worker-1' }],
    ['case/master-0-console.log', 'console', { kind: 'console', host: 'master-0' }],
    ['case/serial.log', 'console', { kind: 'console' }],
    ['case/bootkube.log', 'unit-log', { kind: 'journal', unit: 'bootkube' }],
    ['case/08_bmc.log', 'console', { kind: 'console' }],
    ['case/idrac-console.log', 'console', { kind: 'console' }],
    ['case/rack4-u12_console.log', 'console', { kind: 'console', host: 'rack4-u12' }],
    ['case/journalctl-master-0.txt', 'journal', { kind: 'journal', host: 'master-0', isHostGuessed: true }],
    ['case/dmesg.txt', 'dmesg', { kind: 'kernel' }],
  ])('%s', (path, family, source) => {
    expect(classify(path, NONE)).toEqual({ type: 'log', family, source });
  });

  it('takes the web console for what it is', () => {
    expect(
      classify('case/console-operator-6d4f9-x2x4z.log', head('I0101 00:00:00.000000 1 a.go:1] x\n')),
    ).toMatchObject({
      family: 'text',
    });
  });
});

it('a journal that counts from boot is one, though the kernel has all of its first lines', () => {
  const line = '[    4.101427 <    0.050969 >] m2 kernel: mlx5_core 0000:3b:00.0: firmware version: 22.35.1012';
  expect(classify('m2.txt', head(`${line}\n`.repeat(40)))).toMatchObject({ source: { kind: 'journal' } });
  expect(classify('m2.txt', head(`${line.replace('m2 kernel: ', '')}\n`.repeat(40)))).toMatchObject({
    source: { kind: 'kernel' },
  });
});

describe('objects by their path', () => {
  it.each([
    [
      'cluster-scoped-resources/config.openshift.io/clusteroperators.yaml',
      { groupHint: 'config.openshift.io', pluralHint: 'clusteroperators' },
    ],
    [
      'cluster-scoped-resources/config.openshift.io/clusteroperators/etcd.yaml',
      { groupHint: 'config.openshift.io', pluralHint: 'clusteroperators', nameHint: 'etcd' },
    ],
    [
      'cluster-scoped-resources/core/nodes/m0.example.com.yaml',
      { groupHint: 'core', pluralHint: 'nodes', nameHint: 'm0.example.com' },
    ],
    [
      'cluster-scoped-resources/nodes.core.example.io/m0.yaml',
      { groupHint: 'core.example.io', pluralHint: 'nodes', nameHint: 'm0' },
    ],
    ['namespaces/ns/ns.yaml', { pluralHint: 'namespaces', nameHint: 'ns' }],
    ['namespaces/ns/core/pods.yaml', { groupHint: 'core', pluralHint: 'pods', namespaceHint: 'ns' }],
    ['namespaces/ns/core/pods/p.yaml', { groupHint: 'core', pluralHint: 'pods', namespaceHint: 'ns', nameHint: 'p' }],
    [
      'namespaces/ns/pods/p.x/p.x.yaml',
      { groupHint: 'core', pluralHint: 'pods', namespaceHint: 'ns', nameHint: 'p.x' },
    ],
    [
      'namespaces/all/namespaces/ns/apps/deployments.yaml',
      { groupHint: 'apps', pluralHint: 'deployments', namespaceHint: 'ns' },
    ],
    [
      'namespaces/ns/crs/virtualmachines.kubevirt.io/vm.yaml',
      { groupHint: 'kubevirt.io', pluralHint: 'virtualmachines', namespaceHint: 'ns', nameHint: 'vm' },
    ],
    [
      'pod_network_connectivity_check/podnetworkconnectivitychecks.yaml',
      { groupHint: 'controlplane.operator.openshift.io', pluralHint: 'podnetworkconnectivitychecks' },
    ],
    ['insights/config/version.json', { groupHint: 'config.openshift.io', pluralHint: 'clusterversions' }],
    ['insights/config/clusteroperator/etcd.json', { pluralHint: 'clusteroperators', nameHint: 'etcd' }],
    [
      'insights/config/clusteroperator/operator.openshift.io/etcd/cluster.json',
      { groupHint: 'operator.openshift.io', pluralHint: 'etcds', nameHint: 'cluster' },
    ],
    ['insights/config/pod/ns/p.json', { groupHint: 'core', pluralHint: 'pods', namespaceHint: 'ns', nameHint: 'p' }],
    ['insights/config/machines/ns/m.json', { pluralHint: 'machines', namespaceHint: 'ns', nameHint: 'm' }],
  ])('%s', (path, hints) => {
    expect(classify(`${IMG}/${path}`, NONE)).toEqual({ type: 'resource', family: hints.pluralHint, hints });
  });

  it('takes objects that lie anywhere', () => {
    expect(classify('co.yaml', head('apiVersion: v1\nitems:\n- kind: Node\n'))).toEqual({
      type: 'resource',
      family: 'resource',
      hints: {},
    });
    expect(classify('nodes', head('{\n  "apiVersion": "v1",\n'))).toMatchObject({ type: 'resource' });
    expect(classify('notes.yaml', head('- a\n- b\n'))).toMatchObject({ type: 'log', family: 'text' });
  });
});

describe('documents', () => {
  it.each([
    ['etcd_info/member_list.json', 'etcd-member-list'],
    ['etcd_info/endpoint_status.json', 'etcd-endpoint-status'],
    ['etcd_info/endpoint_health.json', 'etcd-endpoint-health'],
    ['etcd_info/alarm_list.json', 'etcd-alarm-list'],
    ['etcd_info/etcd_info/alarm_list.json', 'etcd-alarm-list'],
    ['alarm_list.json', 'etcd-alarm-list'],
    ['etcd_info/object_count.json', 'etcd-object-count'],
    ['monitoring/prometheus/rules.json', 'prometheus-rules'],
    ['monitoring/alerts.json', 'prometheus-rules'],
    ['monitoring/prometheus/prometheus-k8s-0/active-targets.json', 'prometheus-targets'],
    ['insights/insights-operator/gathers.json', 'insights-gathers'],
    ['insights/config/configmaps/kube-system/cluster-config-v1/install-config', 'install-config'],
    ['cluster/auth/kubeconfig', 'kubeconfig'],
    ['backup/lb-ext.kubeconfig', 'kubeconfig'],
    ['log-bundle-1/bootstrap/services/bootkube.json', 'log-bundle-services'],
    ['cluster_metadata.json', 'assisted-metadata'],
  ])('%s', (path, name) => {
    expect(classify(`${IMG}/${path}`, NONE)).toMatchObject({ type: 'document', document: name });
  });
});

describe('what is left out', () => {
  it.each([
    ['event-filter.html', 'ignored'],
    ['aggregated-discovery-api.yaml', 'api-discovery'],
    ['ingress_controllers/default/router-1/haproxy.config', 'haproxy-config'],
    ['network_logs/ovnk_database_store.tar.gz!/ovnkube-node-1_nbdb', 'network-file'],
    ['node_core_dumps/core.1', 'core-dump'],
    ['nodes/m0/lscpu', 'node-file'],
    ['namespaces/ns/pods/p/kube-apiserver/kube-apiserver/api_priority_and_fairness/queues', 'container-file'],
    ['sos_commands/kernel/lsmod', 'sos-command'],
    ['var/spool/abrt/ccpp-2024-12-01-10:00:00-99/backtrace', 'abrt-problem'],
    ['var/spool/abrt/oops-2024-12-01-10:00:00-1234-0/reason', 'abrt-problem'],
  ])('%s', (path, family) => {
    expect(classify(`${IMG}/${path}`, NONE)).toEqual({ type: 'known', family });
  });

  it('knows a binary journal by its first bytes, and its host by its path', () => {
    const found = classify('sosreport-m-2024-12-03-abcdefg/var/log/journal/1/system.journal', head('LPKSHHRH\0\0\0\0'));
    expect(found).toEqual({ type: 'journal', family: 'binary-journal', source: { kind: 'journal', host: 'm' } });
  });

  it('counts binary files, but reads consoles and logs whatever bytes they hold', () => {
    const binary = Buffer.from(Array.from({ length: 256 }, (_, n) => n % 32));
    expect(classify('core', binary)).toEqual({ type: 'known', family: 'binary' });
    expect(classify('m0-serial.log', binary)).toMatchObject({ type: 'log' });
    expect(classify('data', head(`\x7fELF${'a'.repeat(100)}`))).toMatchObject({ family: 'binary' });
  });
});

describe('unknown text by its content', () => {
  it.each([
    ['Dec 03 20:00:00 m0 kubenswrapper[2511]: I1203 x\n', 'journal'],
    ['2024-12-03T20:00:00+0000 m0 kernel: x\n', 'journal'],
    ['Tue 2024-12-03 20:00:00 UTC m0 crio[1]: x\n', 'journal'],
    ['1733256000.123789 m0 crio[1]: x\n', 'journal'],
    ['[   12.345678] m0 systemd[1]: x\n', 'journal'],
    ['Tue 2024-12-03 20:00:00.123789 UTC [s=0a1b;i=2f;b=00]\n    MESSAGE=x\n', 'journal'],
    ['-- Logs begin at Thu 2024-11-14 21:19:09 UTC, end at Tue 2024-12-03 20:16:16 UTC. --\n', 'journal'],
    ['__CURSOR=s=1\n__REALTIME_TIMESTAMP=1\n', 'journal'],
    ['{"__CURSOR":"s","__REALTIME_TIMESTAMP":"1","MESSAGE":"x"}\n', 'journal'],
    ['[    0.000000] Linux version 5.14.0\n', 'kernel'],
    ['[    1.234567] usb 1-1: new device\n', 'kernel'],
    ['[   41.512340] ignition[812]: GET https://x\n', 'kernel'],
    ['2024-12-03T11:59:58.401200034+00:00 stderr F text\n', 'container'],
    ['{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata"}\n', 'audit'],
    ['anything else\n', 'text'],
  ])('%s', (text, kind) => {
    expect(classify('case/unknown', head(text))).toMatchObject({ type: 'log', source: { kind } });
  });
});

it('gives ingest its own files', () => {
  expect(classify(`${IMG}/timestamp`, NONE)).toEqual({ type: 'stamp', family: 'timestamp' });
  expect(classify(`${IMG}/version`, NONE)).toEqual({ type: 'stamp', family: 'version' });
});
