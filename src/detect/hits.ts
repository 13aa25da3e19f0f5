import { createHash } from 'node:crypto';
import { compareText, type Entity } from '../model/entity.ts';
import type { Resource } from '../model/resource.ts';
import type { Source } from '../model/source.ts';
import type { Clock, Stamp } from '../model/time.ts';
import { BoundedSeries } from './bounded-series.ts';
import type { CompiledMatcher } from './compile.ts';
import { goDuration, Spread } from './spread.ts';
import type { Surrounding } from './surroundings.ts';
import { TimeSeries } from './times.ts';

/** Distinct values remembered of one capture that is an entity but no key. */
const MAX_VALUES = 8;

/** One matched place, kept until the report is built. */
export interface Sample {
  readonly line?: number;
  readonly offset?: number;
  readonly pointer?: string;
  readonly stamp?: Stamp;
  readonly text: string;
  /** Kept of the first of a series: the lines around it in the file. */
  around?: Surrounding;
}

/** Hits of one matcher in one file on one key: counted exactly, kept sparsely. */
export interface Series {
  readonly matcher: CompiledMatcher;
  readonly path: string;
  readonly source?: Source;
  readonly resource?: Resource;
  readonly host?: string;
  /** What an event or a resource is about. */
  readonly entity?: Entity;
  readonly keys: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** As of a stamp: times since different boots cannot be told apart by themselves. */
  readonly boot?: number;
  readonly times: TimeSeries;
  count: number;
  untimed: number;
  first: Sample;
  last: Sample;
  /** Hits number 2, 4, 8, ...: a few from all along the series. */
  readonly between: Sample[];
  /** Of the newest hit. */
  captures: Record<string, string>;
  newest: number;
  readonly ranges: Map<string, { min: number; max: number }>;
  /** Of captures that are durations. */
  readonly spreads: Map<string, Spread>;
  readonly values: Map<string, Set<string>>;
}

export interface Hit {
  readonly matcher: CompiledMatcher;
  readonly path: string;
  readonly source?: Source;
  readonly resource?: Resource;
  readonly host?: string;
  readonly entity?: Entity;
  readonly keyCaptures: readonly string[];
  readonly captures: Readonly<Record<string, string | undefined>>;
  readonly sample: Sample;
  readonly around?: () => Surrounding;
  /** How many occurrences the hit stands for (an Event's count). */
  readonly weight?: number;
  /** Earlier time of a hit that stands for several. */
  readonly since?: Stamp;
}

/** All hits of an analysis. Memory is bounded by series, not by hits. */
export class Hits {
  readonly #byMatcher = new Map<number, BoundedSeries<Series>>();

  add(hit: Hit): void {
    const weight = hit.weight ?? 1;
    const series = this.#seriesOf(hit, weight);
    if (series === undefined) return;
    const { sample } = hit;
    if (series.count === 0 && hit.around !== undefined) sample.around = hit.around();
    series.count += weight;
    if (sample.stamp === undefined) series.untimed += weight;
    else addTimes(series.times, hit.since?.micros ?? sample.stamp.micros, sample.stamp.micros, weight);
    if ((series.count & (series.count - 1)) === 0 && series.last !== sample) series.between.push(series.last);
    if (series.between.length > 24) series.between.splice(8, 1);
    series.last = sample;
    // Events stand in a file in any order.
    const isNewest = sample.stamp === undefined || sample.stamp.micros >= series.newest;
    if (sample.stamp !== undefined && isNewest) series.newest = sample.stamp.micros;
    for (const [name, value] of Object.entries(hit.captures))
      if (value !== undefined) remember(series, name, value, isNewest);
  }

  /** In an order that does not depend on that of the files. */
  all(): readonly Series[] {
    return [...this.#byMatcher.values()]
      .flatMap((bounded) => [...bounded.kept()])
      .sort(([a], [b]) => compareText(a, b))
      .map(([, series]) => series);
  }

  /** By matcher: hits that were left out, because they were on more keys than are told apart. */
  leftOut(): ReadonlyMap<number, number> {
    const counts = [...this.#byMatcher].map(([matcher, bounded]) => [matcher, bounded.leftOut()] as const);
    return new Map(counts.filter(([, count]) => count > 0).sort(([a], [b]) => a - b));
  }

  #seriesOf(hit: Hit, weight: number): Series | undefined {
    const { matcher } = hit;
    const { clock, boot } = hit.sample.stamp ?? {};
    const keys: Record<string, string> = {};
    for (const name of hit.keyCaptures) {
      const value = hit.captures[name];
      if (value !== undefined) keys[name] = value;
    }
    const id = [
      matcher.id,
      hit.path,
      hit.resource?.pointer,
      hit.host,
      hit.entity?.kind,
      hit.entity?.name,
      clock,
      boot,
      ...Object.values(keys),
    ].join('\0');
    const bounded = this.#byMatcher.get(matcher.id) ?? new BoundedSeries<Series>();
    this.#byMatcher.set(matcher.id, bounded);
    return bounded.get(id, weight, () => newSeries(hit, keys));
  }
}

function newSeries(hit: Hit, keys: Record<string, string>): Series {
  const { clock, boot } = hit.sample.stamp ?? {};
  return {
    matcher: hit.matcher,
    path: hit.path,
    ...(hit.source && { source: hit.source }),
    ...(hit.resource && { resource: hit.resource }),
    ...(hit.host !== undefined && { host: hit.host }),
    ...(hit.entity && { entity: hit.entity }),
    ...(clock && { clock }),
    ...(boot !== undefined && { boot }),
    keys,
    times: new TimeSeries(),
    count: 0,
    untimed: 0,
    first: hit.sample,
    last: hit.sample,
    between: [],
    captures: {},
    newest: Number.NEGATIVE_INFINITY,
    ranges: new Map(),
    spreads: new Map(),
    values: new Map(),
  };
}

/** Spreads the occurrences of an Event evenly between its first and last time. */
function addTimes(times: TimeSeries, from: number, to: number, weight: number): void {
  const shown = Math.min(weight, 256);
  for (let i = 0; i < shown; i++) times.add(shown === 1 ? to : from + ((to - from) * i) / (shown - 1));
}

function remember(series: Series, name: string, value: string, isNewest: boolean): void {
  if (isNewest || series.captures[name] === undefined) series.captures[name] = value;
  const values = series.values.get(name) ?? new Set();
  if (values.size < MAX_VALUES) series.values.set(name, values.add(value));
  const number = /^-?\d{1,15}(?:\.\d{1,9})?$/.test(value) ? Number(value) : undefined;
  if (number === undefined) {
    spread(series, name, value);
    return;
  }
  const range = series.ranges.get(name);
  if (range === undefined) series.ranges.set(name, { min: number, max: number });
  else {
    range.min = Math.min(range.min, number);
    range.max = Math.max(range.max, number);
  }
}

function spread(series: Series, name: string, value: string): void {
  const seconds = goDuration(value);
  if (seconds === undefined) return;
  const known = series.spreads.get(name) ?? new Spread();
  known.add(seconds);
  series.spreads.set(name, known);
}

/** The id of a finding: the same for the same signature and entities, from run to run. */
export function findingId(signature: string, keys: readonly string[]): string {
  return createHash('sha256')
    .update([signature, ...keys].join('\n'))
    .digest('hex')
    .slice(0, 12);
}
