import { bootsOf } from './boots.ts';
import {
  type AllFacts,
  type Document,
  type HostLog,
  type Phases,
  type PlaceTime,
  RESOURCE_KINDS,
} from './model/facts.ts';
import type { Ingested, SourceSummary } from './model/ingest.ts';
import { type Resource, readList, readText } from './model/resource.ts';
import { type Interval, type Micros, parseTime, type Stamp } from './model/time.ts';

/** Puts together, once everything was read, what detectors and correlation may ask for. */
export function gatherFacts(
  resources: readonly Resource[],
  documents: readonly Document[],
  ingested: Ingested,
  place: PlaceTime,
): AllFacts {
  const byKind = Map.groupBy(resources.filter(isOfItsKind), (resource) => resource.kind);
  const kinds = Object.fromEntries(RESOURCE_KINDS.map((kind) => [kind, byKind.get(kind) ?? []]));
  return {
    // Kinds that only a signature asks for.
    ...Object.fromEntries(byKind),
    ...kinds,
    documents: Map.groupBy(documents, (document) => document.family),
    files: ingested.files,
    hostLogs: ingested.summaries.flatMap((summary) => hostLogs(summary, place)),
    boots: bootsOf(ingested.summaries, place),
    phases: phasesOf(byKind.get('ClusterVersion')?.[0]),
  } as unknown as AllFacts;
}

/** Other groups use these kinds' names for other things: `config.openshift.io/Node` is a cluster-wide setting. */
const GROUPS: Readonly<Record<string, string>> = {
  Node: '',
  Pod: '',
  Service: '',
  Endpoints: '',
  Namespace: '',
  Secret: '',
  ConfigMap: '',
  Machine: 'machine.openshift.io',
  MachineSet: 'machine.openshift.io',
  ClusterOperator: 'config.openshift.io',
  ClusterVersion: 'config.openshift.io',
  Infrastructure: 'config.openshift.io',
};

function isOfItsKind(resource: Resource): boolean {
  const group = GROUPS[resource.kind];
  return group === undefined || group === resource.group;
}

function hostLogs(summary: SourceSummary, place: PlaceTime): HostLog[] {
  const { source } = summary;
  const at = (host: string | undefined, stamp: Stamp | undefined): Micros | undefined =>
    stamp === undefined ? undefined : place(source.path, host, stamp);
  const log = (host: string, first: Stamp | undefined, last: Stamp | undefined): HostLog => {
    const [from, to] = [at(host, first), at(host, last)];
    return { source, host, ...(from !== undefined && { first: from }), ...(to !== undefined && { last: to }) };
  };
  if (summary.hosts.length > 0) return summary.hosts.map(({ host, first, last }) => log(host, first, last));
  return source.host === undefined ? [] : [log(source.host, summary.first, summary.last)];
}

/** The oldest entry of the history is the installation; later ones are upgrades. */
export function phasesOf(version: Resource | undefined): Phases {
  if (version === undefined) return { upgrades: [] };
  const history = readList(version.body, 'status.history').map((item) => ({
    from: parseTime(readText(item, 'startedTime') ?? ''),
    to: parseTime(readText(item, 'completionTime') ?? ''),
  }));
  const created = parseTime(readText(version.body, 'metadata.creationTimestamp') ?? '');
  const first = history.at(-1);
  const from = created ?? first?.from;
  return {
    ...(from !== undefined && { install: { from, ...(first?.to !== undefined && { to: first.to }) } }),
    upgrades: history
      .slice(0, -1)
      .flatMap(({ from: start, to }): Interval[] =>
        start === undefined ? [] : [{ from: start, to: to ?? Number.POSITIVE_INFINITY }],
      ),
  };
}
