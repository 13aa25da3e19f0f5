import type { Names } from '../model/detector.ts';
import { compareText } from '../model/entity.ts';
import type { Finding } from '../model/finding.ts';
import type { ClockSkew } from '../model/report.ts';
import { isFields, type Resource, readList, readText } from '../model/resource.ts';
import { DAY, type Duration, formatDuration, MINUTE, parseTime, SECOND } from '../model/time.ts';
import type { PeerDifference } from './etcd-clocks.ts';

/** Fewer facts may be chance: an event that waited for the API says less than it seems. */
const LEAST_SAMPLES = 3;
/** Both clocks of an event show whole seconds. */
const ROUNDING: Duration = SECOND;
/** Further apart than this, one of the two is no clock's time. */
const LARGEST: Duration = 30 * DAY;
/** Distinct differences kept of one host; a host has few, unless its clock runs away. */
const MOST_DIFFERENCES = 5000;
/** Smaller than this it is not worth telling. */
const TELLING: Duration = 5 * SECOND;
/** What is not measured is trusted to agree this well. */
const UNMEASURED: Duration = 2 * MINUTE;
/** A host notices a thing this much later than another, clocks apart. */
const NOTICING: Duration = 30 * SECOND;

/**
 * Facts that two clocks saw: the kubelet stamps an event or a lease when it happens, the API server when it is stored. Kept as
 * counts of whole seconds, so that neither their order nor their number matters.
 */
export class ClockSamples {
  readonly #byHost = new Map<string, Map<number, number>>();

  add({ kind, body }: Resource): void {
    if (kind === 'Event' && readText(body, 'source.component') === 'kubelet') {
      const host = readText(body, 'source.host');
      this.#sample(host, readText(body, 'firstTimestamp'), readText(body, 'metadata.creationTimestamp'));
    }
    if (kind === 'Lease' && readText(body, 'metadata.namespace') === 'kube-node-lease') {
      const stored = readList(body, 'metadata.managedFields').flatMap((field) =>
        isFields(field) && readText(field, 'manager') === 'kubelet' ? (readText(field, 'time') ?? []) : [],
      );
      this.#sample(readText(body, 'spec.holderIdentity'), readText(body, 'spec.renewTime'), stored[0]);
    }
  }

  #sample(host: string | undefined, own: string | undefined, stored: string | undefined): void {
    const [here, there] = [parseTime(own ?? ''), parseTime(stored ?? '')];
    if (host === undefined || here === undefined || there === undefined) return;
    if (Math.abs(here - there) > LARGEST) return;
    const seconds = Math.round((here - there) / SECOND);
    const counts = this.#byHost.get(host) ?? new Map<number, number>();
    if (counts.size < MOST_DIFFERENCES || counts.has(seconds)) counts.set(seconds, (counts.get(seconds) ?? 0) + 1);
    this.#byHost.set(host, counts);
  }

  skews(names: Names): Skew[] {
    const merged = new Map<string, Map<number, number>>();
    for (const [host, counts] of this.#byHost) {
      const node = names.node(host);
      const all = merged.get(node) ?? new Map<number, number>();
      for (const [seconds, count] of counts) all.set(seconds, (all.get(seconds) ?? 0) + count);
      merged.set(node, all);
    }
    return [...merged]
      .flatMap(([host, counts]) => skewOf(host, counts) ?? [])
      .sort((a, b) => compareText(a.host, b.host));
  }
}

/** How far a host's clock is ahead of the API server's, in µs. */
export interface Skew {
  readonly host: string;
  readonly skew: Duration;
  readonly uncertainty: Duration;
  readonly samples: number;
}

/**
 * Storing takes time and never happens before the fact, so the upper half of the differences tells the clock and the lower
 * one the waiting: taken is the third quartile, and the way from there to the ninth decile is what it leaves open.
 */
function skewOf(host: string, counts: ReadonlyMap<number, number>): Skew | undefined {
  const sorted = [...counts].sort(([a], [b]) => a - b);
  const samples = sorted.reduce((sum, [, count]) => sum + count, 0);
  if (samples < LEAST_SAMPLES) return undefined;
  const at = (share: number): number => {
    let left = share * samples;
    for (const [seconds, count] of sorted) {
      left -= count;
      if (left <= 0) return seconds * SECOND;
    }
    return sorted.at(-1)![0] * SECOND;
  };
  const skew = at(0.75);
  return { host, skew, uncertainty: Math.max(ROUNDING, at(0.9) - skew, skew - at(0.5)), samples };
}

/** Puts onsets on one clock, and says how well two of them can be compared. */
export class Clocks {
  readonly #skews: ReadonlyMap<string, Skew>;
  /** Of two hosts that measured each other: which of them is wrong, they do not tell. */
  readonly #differences: ReadonlyMap<string, Duration>;
  readonly #byFinding = new Map<Finding, Skew | undefined>();

  constructor(skews: readonly Skew[], differences: readonly PeerDifference[] = []) {
    this.#skews = new Map(skews.map((skew) => [skew.host, skew]));
    this.#differences = new Map(differences.map((one) => [pairOf(one.host, one.against), one.ahead + one.uncertainty]));
  }

  /** How much later the effect began than the cause, on one clock; undefined where one of them has no time. */
  lag(cause: Finding, effect: Finding): Duration | undefined {
    if (cause.firstSeen === undefined || effect.firstSeen === undefined) return undefined;
    return effect.firstSeen - cause.firstSeen - this.#ahead(effect) + this.#ahead(cause);
  }

  /** An effect that seems earlier by no more than this may still be later. */
  tolerance(cause: Finding, effect: Finding): Duration {
    const [a, b] = [this.#of(cause), this.#of(effect)];
    if (a === undefined || b === undefined) return Math.max(UNMEASURED, this.#difference(cause, effect));
    return NOTICING + (a.host === b.host ? 0 : a.uncertainty + b.uncertainty);
  }

  #difference(cause: Finding, effect: Finding): Duration {
    if (this.#differences.size === 0) return 0;
    return this.#differences.get(pairOf(writerOf(cause) ?? '', writerOf(effect) ?? '')) ?? 0;
  }

  #ahead(finding: Finding): Duration {
    return this.#of(finding)?.skew ?? 0;
  }

  #of(finding: Finding): Skew | undefined {
    if (this.#skews.size === 0) return undefined;
    if (!this.#byFinding.has(finding)) this.#byFinding.set(finding, this.#skews.get(writerOf(finding) ?? ''));
    return this.#byFinding.get(finding);
  }
}

function pairOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** The host whose clock the times carry: of log lines that it wrote itself, not of what the API says of it. */
function writerOf({ entities, evidence }: Finding): string | undefined {
  if (evidence[0]?.pointer !== undefined) return undefined;
  return entities.find(({ kind }) => kind === 'node')?.name;
}

/** Those worth telling: the rest agree with the API server to a few seconds. */
export function wordSkews(skews: readonly Skew[]): ClockSkew[] {
  return skews
    .filter(({ skew, uncertainty }) => Math.abs(skew) > Math.max(TELLING, uncertainty))
    .map(({ host, skew, uncertainty, samples }) => ({
      host,
      against: 'cluster',
      skewMs: skew / 1000,
      uncertaintyMs: uncertainty / 1000,
      samples,
      because: [
        `${samples} events and leases carry the time of ${host} and the time at which the API server stored them: the host's is ${formatDuration(skew)} ${skew > 0 ? 'ahead' : 'behind'}`,
      ],
    }));
}
