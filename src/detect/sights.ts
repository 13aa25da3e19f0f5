import type { Names } from '../model/detector.ts';
import type { AllFacts } from '../model/facts.ts';
import { isFields, readList, readText } from '../model/resource.ts';
import type { Sights } from '../model/sights.ts';
import type { Source } from '../model/source.ts';
import type { Compiled, CompiledMatcher } from './compile.ts';
import type { SourceMasks } from './source-masks.ts';

/** What a host writes of itself. */
const OWN = new Set(['journal', 'kernel', 'console']);

/** Of all signatures that look at logs: where there was nothing to look at. */
export function sightsOf(
  { signatures, matchers }: Compiled,
  masks: SourceMasks,
  facts: AllFacts,
  names: Names,
): Sights {
  const all = [...Map.groupBy(matchers, ({ signature }) => signature)];
  const local = all.filter(([, own]) => own.every(looksAtHosts));
  const hosts = new Map(local.map(([signature]) => [signature, new Set<string>()]));
  for (const { source, host } of facts.hostLogs) {
    const telling = masks.telling(source);
    for (const [signature, own] of local)
      if (own.some(({ id }) => telling[id] === 1)) hosts.get(signature)!.add(names.node(host));
  }
  const blind = new Map<number, Set<string>>();
  for (const { source, nodes } of missingContainers(facts, names)) {
    const telling = masks.telling(source);
    for (const { id, signature } of matchers) {
      if (telling[id] !== 1) continue;
      const known = blind.get(signature) ?? new Set();
      for (const node of nodes) known.add(node);
      blind.set(signature, known);
    }
  }
  const byId = <T>(map: ReadonlyMap<number, T>): Map<string, T> =>
    new Map([...map].map(([signature, value]) => [signatures[signature]!.id, value]));
  return { hosts: byId(hosts), blind: byId(blind) };
}

function looksAtHosts(matcher: CompiledMatcher): boolean {
  if (matcher.type !== 'log') return false;
  return matcher.restrictions.some(({ field, allowed }) => field === 'kind' && allowed.every((kind) => OWN.has(kind)));
}

interface Missing {
  readonly source: Source;
  readonly nodes: ReadonlySet<string>;
}

const LOG_PATH = /\/?namespaces\/(?<namespace>[^/]+)\/pods\/(?<pod>[^/]+)\/(?<container>[^/]+)\/(?:.*\/)?logs\//;

/** Containers that pods have and of which the gather has no log, not even an empty one; one of each name and namespace. */
function missingContainers(facts: AllFacts, names: Names): Iterable<Missing> {
  const there = new Set(
    facts.files
      .filter(({ family }) => family === 'container-log')
      .flatMap(({ path }) => {
        const { namespace, pod, container } = LOG_PATH.exec(path)?.groups ?? {};
        return namespace === undefined ? [] : [`${namespace}/${pod}/${container}`];
      }),
  );
  const missing = new Map<string, { source: Source; nodes: Set<string> }>();
  for (const { namespace, name: pod, body } of facts.Pod) {
    if (namespace === undefined || readText(body, 'status.phase') !== 'Running') continue;
    for (const one of readList(body, 'spec.containers')) {
      const container = isFields(one) ? readText(one, 'name') : undefined;
      if (container === undefined || there.has(`${namespace}/${pod}/${container}`)) continue;
      const key = `${namespace}/${container}`;
      const known = missing.get(key) ?? {
        source: { path: '', kind: 'container', namespace, pod, container, instance: 'current' },
        nodes: new Set(),
      };
      missing.set(key, known);
      const node = names.nodeOfPod(`${namespace}/${pod}`);
      if (node !== undefined) known.nodes.add(node);
    }
  }
  return missing.values();
}
