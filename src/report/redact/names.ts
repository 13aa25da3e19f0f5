import { compareText } from '../../model/entity.ts';
import type { Report } from '../../model/report.ts';
import { mapStrings } from './map-strings.ts';

/** Names that a report shows to belong to this cluster. Short host names without their domain. */
export interface Names {
  readonly hosts: readonly string[];
  readonly machines: readonly string[];
  /** Infrastructure names, with which the installer begins the names of machines (`ocp-7xk2p`). */
  readonly clusters: readonly string[];
  readonly domains: readonly string[];
  readonly users: readonly string[];
}

/** Words that name a role or nothing at all. */
const NOBODY = new Set(
  (
    'localhost master worker node nodes host infra cluster control-plane controlplane unknown none true false bootstrap root ' +
    'core admin kubeadmin nobody user users system kube etcd openshift all any default'
  ).split(' '),
);

const HOST_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9-]{1,63}){0,8}$/;
/** `Dec 03 18:31:30.195 master-1 kubenswrapper[681220]: ` */
const JOURNAL_HOST =
  /^(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})?|\d{4}-\d\d-\d\dT[\d:.,+Z-]{8,30}) ([A-Za-z0-9.-]{1,253}) [\w@./:-]{1,128}(?:\[\d{1,10}\])?: /;
const USERS = [
  /\bUser \\?"([\w.+@-]{1,128})\\?"/g,
  /\buser(?:name)?=\\?"?([\w.+@-]{1,128})/gi,
  /\/(?:home|Users)\/([\w.-]{1,64})/g,
  /\bfor user ([\w.@-]{1,64})/g,
  /\bAccepted \w{1,32} for ([\w.@-]{1,64}) from/g,
  /\bsudo(?:\[\d{1,10}\])?:\s{1,16}([\w.@-]{1,64}) : /g,
];
const INFRASTRUCTURE = /^([a-z0-9][a-z0-9-]{0,40}-[a-z0-9]{5})-(?:master|worker|infra|compute|bootstrap)(?:-|$)/;

export function namesOf(report: Report): Names {
  const found = {
    hosts: new Set<string>(),
    machines: new Set<string>(),
    clusters: new Set<string>(),
    domains: new Set<string>(),
    users: new Set<string>(),
  };

  function host(name: string): void {
    if (!HOST_NAME.test(name) || /^[\d.]+$/.test(name)) return;
    const [short, ...domain] = name.split('.');
    if (short === undefined || NOBODY.has(short.toLowerCase())) return;
    found.hosts.add(short.toLowerCase());
    if (domain.length > 0) found.domains.add(domain.join('.').toLowerCase());
  }

  function machine(name: string): void {
    const infrastructure = INFRASTRUCTURE.exec(name)?.[1];
    if (infrastructure !== undefined) found.clusters.add(infrastructure);
    else if (HOST_NAME.test(name) && !NOBODY.has(name)) found.machines.add(name.toLowerCase());
  }

  for (const { name } of report.cluster.nodes) host(name);
  for (const { kind, name } of [...report.findings, ...report.rootCauses].flatMap(({ entities }) => entities)) {
    if (kind === 'node' || kind === 'etcd-member') host(name);
    if (kind === 'nic' || kind === 'disk') host(name.split('/')[0]!);
    if (kind === 'baremetalhost') host(name.slice(name.indexOf('/') + 1));
    if (kind === 'machine') machine(name.slice(name.indexOf('/') + 1));
  }
  mapStrings(report, (text, key) => {
    const journal = JOURNAL_HOST.exec(text)?.[1];
    if (journal !== undefined) host(journal);
    if (key === 'host' || key === 'hostname' || key === 'node') host(text);
    if (key === 'lane' && text.startsWith('node ')) host(text.slice(5));
    if (key === 'user' || key === 'username') user(text);
    for (const pattern of USERS) for (const match of text.matchAll(pattern)) user(match[1]!);
    return text;
  });

  function user(name: string): void {
    const plain = name.split('@')[0]!;
    // `system:kube-apiserver` and the like are the platform's own.
    if (!/^[\w.+-]+$/.test(plain)) return;
    if (plain.length >= 2 && !NOBODY.has(plain.toLowerCase()) && !/^\d+$/.test(plain))
      found.users.add(plain.toLowerCase());
  }

  const sorted = (names: ReadonlySet<string>) => [...names].sort(compareText);
  const machines = new Set([...found.machines].filter((name) => !found.hosts.has(name)));
  const users = new Set([...found.users].filter((name) => !found.hosts.has(name)));
  return {
    hosts: sorted(found.hosts),
    machines: sorted(machines),
    clusters: sorted(found.clusters),
    domains: sorted(found.domains),
    users: sorted(users),
  };
}
