import { compareText } from '../../model/entity.ts';
import type { Report } from '../../model/report.ts';
import { isPublicDomain } from './domains.ts';
import { mapStrings } from './map-strings.ts';
import { DASHED_ADDRESS, domainsIn, hostsIn, usersIn } from './name-patterns.ts';

/** Names that a report shows to belong to this cluster. Short host names without their domain; all in lower case. */
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
    'localhost master worker node nodes host hosts infra cluster control-plane controlplane unknown none true false bootstrap ' +
    'root core admin kubeadmin nobody user users system kube etcd openshift all any default kubernetes kubelet operator ' +
    'namespace namespaces pod pods container machine network vip console api apps test error warning info critical'
  ).split(' '),
);

const HOST_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9-]{1,63}){0,8}$/;
const INFRASTRUCTURE = /^([a-z0-9][a-z0-9-]{0,40}-[a-z0-9]{5})-(?:master|worker|infra|compute|bootstrap)(?:-|$)/;
/** Fields and captures that hold the name of a host, and of a user. */
const HOST_FIELDS = new Set(['host', 'hostname', 'node', 'against']);
const PARTS: ReadonlySet<string> = new Set(['operator', 'namespace', 'container', 'unit', 'process']);
const USER_FIELDS = new Set(['user', 'username']);

export function namesOf(report: Report): Names {
  const finder = new Finder(report);
  for (const { name } of report.cluster.nodes) finder.host(name);
  for (const { kind, name } of [...report.findings, ...report.rootCauses].flatMap(({ entities }) => entities)) {
    if (kind === 'node' || kind === 'etcd-member') finder.host(name);
    if (kind === 'nic' || kind === 'disk') finder.host(name.split('/')[0]!);
    if (kind === 'baremetalhost') finder.host(name.slice(name.indexOf('/') + 1));
    if (kind === 'machine') finder.machine(name.slice(name.indexOf('/') + 1));
  }
  mapStrings(report, (text, key) => {
    finder.text(text, key);
    return text;
  });
  return finder.names();
}

class Finder {
  readonly #hosts = new Set<string>();
  readonly #machines = new Set<string>();
  readonly #clusters = new Set<string>();
  readonly #domains = new Set<string>();
  readonly #users = new Set<string>();
  /** Names of parts of the platform: a service account called like an operator is nobody. */
  readonly #parts: ReadonlySet<string>;

  constructor({ cluster, findings }: Report) {
    const parts = findings.flatMap(({ entities }) => entities.filter(({ kind }) => PARTS.has(kind)));
    this.#parts = new Set([...cluster.operators, ...parts].flatMap(({ name }) => name.toLowerCase().split('/')));
  }

  text(text: string, key: string): void {
    if (HOST_FIELDS.has(key) && text !== 'cluster') this.host(text);
    if (key === 'lane' && text.startsWith('node ')) this.host(text.slice(5));
    if (USER_FIELDS.has(key)) this.user(text);
    for (const name of hostsIn(text)) this.host(name);
    for (const name of domainsIn(text)) this.domain(name);
    for (const name of usersIn(text)) this.user(name);
  }

  host(name: string): void {
    if (!HOST_NAME.test(name) || /^[\d.]+$/.test(name)) return;
    const [short, ...domain] = name.split('.');
    if (short === undefined || NOBODY.has(short.toLowerCase())) return;
    if (!DASHED_ADDRESS.test(short)) this.#hosts.add(short.toLowerCase());
    if (domain.length > 0) this.domain(domain.join('.'));
  }

  machine(name: string): void {
    const infrastructure = INFRASTRUCTURE.exec(name)?.[1];
    if (infrastructure !== undefined) this.#clusters.add(infrastructure);
    else if (HOST_NAME.test(name) && !NOBODY.has(name)) this.#machines.add(name.toLowerCase());
  }

  domain(name: string): void {
    const lower = name.toLowerCase();
    if (HOST_NAME.test(lower) && !/^[\d.]+$/.test(lower) && !isPublicDomain(lower)) this.#domains.add(lower);
  }

  user(name: string): void {
    const plain = name.split('@')[0]!.toLowerCase();
    // `system:kube-apiserver` and the like are the platform's own.
    if (!/^[\w.+-]{2,}$/.test(plain) || NOBODY.has(plain) || this.#parts.has(plain) || /^\d+$/.test(plain)) return;
    this.#users.add(plain);
  }

  names(): Names {
    const sorted = (names: ReadonlySet<string>) => [...names].sort(compareText);
    return {
      hosts: sorted(this.#hosts),
      machines: sorted(without(this.#machines, this.#hosts)),
      clusters: sorted(this.#clusters),
      domains: sorted(this.#domains),
      users: sorted(without(this.#users, this.#hosts)),
    };
  }
}

function without(names: ReadonlySet<string>, others: ReadonlySet<string>): Set<string> {
  return new Set([...names].filter((name) => !others.has(name)));
}
