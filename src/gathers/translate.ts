import { formatTime, type Micros, MONTH_NAMES, parseTime, SECOND } from '../model/time.ts';
import type { Gather } from './gather.ts';
import type { KubeObject } from './kube.ts';

/** Says what happened in one cluster in the names and times of another. */
export interface Translate {
  /** µs from a time there to the same time here: gathers end together. */
  readonly shift: number;
  text(text: string): string;
}

/** Undefined where the clusters are not of the same make. */
export function translator(there: Gather, here: Gather): Translate | undefined {
  if (shape(there) !== shape(here)) return undefined;
  const shift = Math.round((here.cluster.gatheredAt - there.cluster.gatheredAt) / SECOND) * SECOND;
  const names = podNames(there, here);
  const name = new RegExp([...names.keys()].sort((a, b) => b.length - a.length).join('|'), 'g');
  return {
    shift,
    text: (text) =>
      shiftTimes(
        text.replaceAll(name, (found) => names.get(found)!),
        shift,
        there.cluster.gatheredAt,
      ),
  };
}

function shape({ cluster, objects }: Gather): string {
  const nodes = cluster.nodes.map(({ name, ip }) => `${name} ${ip}`);
  const kinds = Map.groupBy(
    objects.filter(({ kind }) => kind !== 'Event'),
    ({ kind }) => kind,
  );
  const counts = [...kinds].map(([kind, all]) => `${kind} ${all.length}`).sort();
  return JSON.stringify([cluster.name, cluster.domain, cluster.version, nodes, counts]);
}

/** A pod is named as the one of the same workload on the same node. */
function podNames(there: Gather, here: Gather): Map<string, string> {
  const placeOf = ({ metadata, ...rest }: KubeObject): string =>
    [metadata.namespace, metadata['labels']?.app, rest['spec']?.nodeName].join(' ');
  const pods = ({ objects }: Gather) => objects.filter(({ kind }) => kind === 'Pod');
  const ours = Map.groupBy(pods(here), placeOf);
  const workloads = Map.groupBy(pods(here), ({ metadata }) => `${metadata.namespace} ${metadata['labels']?.app}`);
  const names = new Map<string, string>();
  for (const pod of pods(there)) {
    const fallback = workloads.get(`${pod.metadata.namespace} ${pod.metadata['labels']?.app}`);
    const match = ours.get(placeOf(pod))?.shift() ?? fallback?.[0];
    if (match !== undefined && match.metadata.name !== pod.metadata.name)
      names.set(pod.metadata.name, match.metadata.name);
  }
  return names;
}

const TIMES =
  /(?<date>\d{4}-\d\d-\d\d)(?<t>[T ])(?<clock>\d\d:\d\d:\d\d)|(?<level>\b[IWEF])(?<md>\d{4}) (?<klog>\d\d:\d\d:\d\d)|(?<mon>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?<day>\d\d) (?<journal>\d\d:\d\d:\d\d)/g;

/** RFC 3339, klog's and the journal's; the latter two are of the year before `end`. */
function shiftTimes(text: string, shift: number, end: Micros): string {
  return text.replaceAll(TIMES, (...args) => {
    const g = args.at(-1) as Record<string, string | undefined>;
    const whole = args[0] as string;
    if (g['date'] !== undefined) {
      const moved = move(`${g['date']}T${g['clock']}Z`, shift);
      return moved === undefined ? whole : moved.replace('T', g['t']!);
    }
    if (g['level'] !== undefined) {
      const moved = move(yearOf(`${g['md']!.slice(0, 2)}-${g['md']!.slice(2)}T${g['klog']}Z`, end), shift);
      return moved === undefined ? whole : `${g['level']}${moved.slice(5, 7)}${moved.slice(8, 10)} ${moved.slice(11)}`;
    }
    const month = String(MONTH_NAMES.indexOf(g['mon']!) + 1).padStart(2, '0');
    const moved = move(yearOf(`${month}-${g['day']}T${g['journal']}Z`, end), shift);
    if (moved === undefined) return whole;
    return `${MONTH_NAMES[Number(moved.slice(5, 7)) - 1]} ${moved.slice(8, 10)} ${moved.slice(11)}`;
  });
}

function yearOf(rest: string, end: Micros): string {
  const year = Number(formatTime(end).slice(0, 4));
  const time = parseTime(`${year}-${rest}`);
  return time !== undefined && time > end ? `${year - 1}-${rest}` : `${year}-${rest}`;
}

function move(time: string, shift: number): string | undefined {
  const at = parseTime(time);
  return at === undefined ? undefined : formatTime(at + shift).slice(0, 19);
}
