import type { Names } from '../model/detector.ts';
import { compareText } from '../model/entity.ts';
import { isFields, type Resource, readList, readText } from '../model/resource.ts';
import { DAY, type Duration, type Micros, parseTime, SECOND } from '../model/time.ts';
import { SecondCounts } from './second-counts.ts';

/** Fewer facts may be chance: an event that waited for the API says less than it seems. */
const LEAST_SAMPLES = 3;
/** Both clocks of an event show whole seconds. */
const ROUNDING: Duration = SECOND;
/** Further apart than this, one of the two is no clock's time. */
const LARGEST: Duration = 30 * DAY;
/** Stands for the hosts that operators run on: who of them wrote an event, it does not say. */
const OPERATORS = '';

/** How far a host's clock is ahead of the API server's, in µs. */
export interface Skew {
  readonly host: string;
  readonly skew: Duration;
  readonly uncertainty: Duration;
  readonly samples: number;
}

/**
 * Facts that two clocks saw: the kubelet stamps an event, a lease, a heartbeat or a pod's transition when it happens, the API
 * server when it is stored; and so do operators their events. Kept as counts of whole seconds, so that neither their order
 * nor their number matters.
 */
export class ClockSamples {
  readonly #byHost = new Map<string, SecondCounts>();

  add({ kind, name, body }: Resource): void {
    if (kind === 'Event') this.#event(body);
    else if (kind === 'Lease' && readText(body, 'metadata.namespace') === 'kube-node-lease') {
      this.#sample(readText(body, 'spec.holderIdentity'), readText(body, 'spec.renewTime'), storedByKubelet(body));
    } else if (kind === 'Node') {
      this.#sample(name, newest(body, 'lastHeartbeatTime'), storedByKubelet(body, 'status'));
    } else if (kind === 'Pod') {
      this.#sample(
        readText(body, 'spec.nodeName'),
        newest(body, 'lastTransitionTime'),
        storedByKubelet(body, 'status'),
      );
    }
  }

  /** Both forms of events, that of `v1` and that of `events.k8s.io/v1`. */
  #event(body: Resource['body']): void {
    const read = (old: string, since: string): string | undefined => readText(body, old) ?? readText(body, since);
    const component = read('source.component', 'deprecatedSource.component') ?? '';
    const isOfOperator = /-operator(?:-|$)/.test(component);
    if (component !== 'kubelet' && !isOfOperator) return;
    const host = isOfOperator ? OPERATORS : read('source.host', 'deprecatedSource.host');
    this.#sample(
      host,
      read('firstTimestamp', 'deprecatedFirstTimestamp'),
      readText(body, 'metadata.creationTimestamp'),
    );
  }

  #sample(host: string | undefined, own: string | undefined, stored: string | undefined): void {
    const [here, there] = [parseTime(own ?? ''), parseTime(stored ?? '')];
    if (host === undefined || here === undefined || there === undefined) return;
    if (Math.abs(here - there) > LARGEST) return;
    const seconds = Math.round((here - there) / SECOND);
    const counts = this.#byHost.get(host) ?? new SecondCounts();
    counts.add(seconds);
    this.#byHost.set(host, counts);
  }

  skews(names: Names): Skew[] {
    const merged = new Map<string, SecondCounts>();
    for (const [host, counts] of this.#byHost) {
      if (host === OPERATORS) continue;
      const node = names.node(host);
      const all = merged.get(node) ?? new SecondCounts();
      all.merge(counts);
      merged.set(node, all);
    }
    return [...merged]
      .flatMap(([host, counts]) => skewOf(host, counts) ?? [])
      .sort((a, b) => compareText(a.host, b.host));
  }

  /** How far apart the clocks are by which operators write, as far as their events tell. */
  operatorSpread(): Duration | undefined {
    const counts = this.#byHost.get(OPERATORS);
    if (counts === undefined || counts.total < LEAST_SAMPLES) return undefined;
    return Math.max(ROUNDING, counts.quantile(0.9) - counts.quantile(0.1));
  }
}

function storedByKubelet(body: Resource['body'], subresource?: string): string | undefined {
  return readList(body, 'metadata.managedFields').flatMap((field) => {
    if (!isFields(field) || readText(field, 'manager') !== 'kubelet') return [];
    if (subresource !== undefined && readText(field, 'subresource') !== subresource) return [];
    return readText(field, 'time') ?? [];
  })[0];
}

/** The newest of a field's times among the conditions that the kubelet writes: all but those of the scheduler. */
function newest(body: Resource['body'], field: string): string | undefined {
  const times = readList(body, 'status.conditions').flatMap((condition) =>
    isFields(condition) && readText(condition, 'type') !== 'PodScheduled' ? (readText(condition, field) ?? []) : [],
  );
  const at = (time: string): Micros => parseTime(time) ?? Number.NEGATIVE_INFINITY;
  return times.toSorted((a, b) => at(b) - at(a))[0];
}

/**
 * Storing takes time and never happens before the fact, so the upper half of the differences tells the clock and the lower
 * one the waiting: taken is the third quartile, and the way from there to the ninth decile is what it leaves open.
 */
function skewOf(host: string, counts: SecondCounts): Skew | undefined {
  const samples = counts.total;
  if (samples < LEAST_SAMPLES) return undefined;
  const skew = counts.quantile(0.75);
  const uncertainty = Math.max(ROUNDING, counts.quantile(0.9) - skew, skew - counts.quantile(0.5));
  return { host, skew, uncertainty, samples };
}
