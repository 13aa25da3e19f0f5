import { type Classified, document, known, log } from './classified.ts';
import { classifyEtcdInfo } from './must-gather.ts';
import { plainName, unitOf } from './path-parts.ts';

/** Units whose journals people save under the unit's name. */
const UNITS = new Set([
  'bootkube',
  'crio',
  'cri-o',
  'etcd',
  'kubelet',
  'kubelet-bootstrap',
  'ignition',
  'machine-config-daemon-host',
  'machine-config-daemon-firstboot',
  'node-image-pull',
  'NetworkManager',
  'openvswitch',
  'ovs-configuration',
  'ovs-vswitchd',
  'ovsdb-server',
  'release-image',
  'rpm-ostreed',
]);

/** Files that are known by their name wherever they lie. */
export function classifyByName(file: string): Classified | undefined {
  const name = plainName(file);
  if (/^event-filter\.html$|^\.DS_Store$|^\._|\.swp$|^\.gitattributes$|^\.gitignore$/.test(name))
    return known('ignored');
  if (/^aggregated-discovery-apis?\.yaml$/.test(name)) return known('api-discovery');
  if (name === 'timestamp' || name === 'version') return { type: 'stamp', family: name };
  if (/^hostname(?:\.txt)?$/.test(name)) return { type: 'stamp', family: 'hostname' };
  // What somebody asked etcdctl for by hand, or the folder `etcd_info` given by itself.
  const etcd = classifyEtcdInfo([name]);
  if (etcd.type === 'document') return etcd;
  if (/^kubeconfig(?:\.ya?ml)?$|\.kubeconfig$/.test(name)) return document('kubeconfig', 'kubeconfig');
  if (/^(?:must-gather|gather)(?:-[a-z]+)?\.logs?$/.test(name)) return log('gather-log', 'gather');
  if (/^\.?openshift_install.*\.log$/.test(name)) return log('installer-log', 'installer');
  if (/^dmesg(?:[._-].*)?$|\.dmesg$|^vmcore-dmesg|^netconsole(?:[._-].*)?$/.test(name)) return log('dmesg', 'kernel');
  if (/\.journal~?$/.test(name) || /^journal(?:ctl)?(?:[._-].*)?$/.test(name)) return log('journal', 'journal');
  if (/\.(?:log|txt)$/.test(name) && UNITS.has(unitOf(name))) return log('unit-log', 'journal', { unit: unitOf(name) });
  return classifyConsole(name);
}

/** `worker-1-serial.log`, `master-0-console.log`, `console.txt`; but not the logs of the web console's pods. */
function classifyConsole(name: string): Classified | undefined {
  if (!/\.(?:log|txt|out|capture|typescript)$|^(?:serial|console)$/i.test(name)) return undefined;
  const stem = name.replace(/\.[a-z]+$/i, '');
  const match = /^(?:(.+?)[-_.])?(?:(?:serial|bmc|sol|kvm)(?:[-_.]?console)?|console)(?:[-_.]?\d{1,2})?$/i.exec(stem);
  if (match !== null) return log('console', 'console', { host: hostOf(match[1]) });
  const leading = /^(?:serial|console)[-_.](.+)$/i.exec(stem)?.[1];
  if (leading === undefined || /operator|plugin|openshift|[0-9a-f]{8,10}-[a-z0-9]{5}/.test(leading)) return undefined;
  return log('console', 'console', { host: hostOf(leading) });
}

/** `08_bmc.log`, `idrac-console.log` and `full-serial.log` are named after something else than the host. */
const NO_HOST =
  /^(?:[\d._-]+[a-z]?|i?drac\d?|ilo\d?|xcc|bmc|ipmi|redfish|virtual|remote|full|new|old|last|case|output|my|vm|host|node|server|machine|linux|kernel|boot|dump|captured?|screen|tty\w*|com\d|uart\d|text|openshift|ocp|ironic|ipa|ramdisk|inspection|deploy|failed|good|bad)$/i;

function hostOf(name: string | undefined): string | undefined {
  return name === undefined || NO_HOST.test(name) ? undefined : name;
}
