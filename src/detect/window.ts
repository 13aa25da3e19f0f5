import { listOf } from '../model/matcher-values.ts';
import type { Signature, When } from '../model/signature.ts';
import { type Duration, type Micros, parseDuration } from '../model/time.ts';
import type { Timed } from './timed.ts';

/** What `when` made of a group: the hits that count, and since when. */
export interface Verdict {
  readonly hits: readonly Timed[];
  readonly count: number;
  readonly first?: Micros;
  readonly last?: Micros;
  /** Median time between the repeats of a loop. */
  readonly spacing?: Duration;
}

interface Weighted {
  readonly at: Micros;
  readonly weight: number;
}

/** Judges a group by its signature's `when`. Undefined: not met. */
export function judge(
  signature: Signature,
  group: readonly Timed[],
  gatheredAt: Micros | undefined,
): Verdict | undefined {
  const { when } = signature;
  const resolved = new Set(listOf(signature.resolved));
  const named = 'of' in when && when.type !== 'all' && when.type !== 'absent' ? listOf(when.of) : [];
  const hits = group.filter((t) => t.count > 0 && belongs(t, named, resolved));
  switch (when.type) {
    case 'any':
      return hits.length === 0 ? undefined : spanned(hits);
    case 'count':
      return judgeCount(when, hits);
    case 'loop':
      return judgeLoop(when, hits);
    case 'distinct':
      return judgeDistinct(when, hits);
    case 'persistent':
      return judgePersistent(when, hits, gatheredAt);
    case 'all':
      return judgeAll(when, group);
    case 'sequence':
      return judgeSequence(when, group);
    case 'absent':
      return judgeAbsent(when, group);
  }
}

function belongs(t: Timed, named: readonly string[], resolved: ReadonlySet<string>): boolean {
  const { name } = t.series.matcher;
  return named.length > 0 ? named.includes(name) : !resolved.has(name);
}

function spanned(hits: readonly Timed[]): Verdict {
  const firsts = hits.map((t) => t.first).filter((at) => at !== undefined);
  const lasts = hits.map((t) => t.last).filter((at) => at !== undefined);
  return {
    hits,
    count: hits.reduce((sum, t) => sum + t.count, 0),
    ...(firsts.length > 0 && { first: Math.min(...firsts) }),
    ...(lasts.length > 0 && { last: Math.max(...lasts) }),
  };
}

function merged(hits: readonly Timed[]): Weighted[] {
  return hits.flatMap((t) => t.times.map((at) => ({ at, weight: t.stride }))).sort((a, b) => a.at - b.at);
}

function judgeCount(when: Extract<When, { type: 'count' }>, hits: readonly Timed[]): Verdict | undefined {
  const verdict = spanned(hits);
  if (verdict.count < when.gte) return undefined;
  if (when.within === undefined) return verdict;
  const times = merged(hits);
  if (times.length === 0) return verdict;
  return densest(times, parseDuration(when.within)!) >= when.gte ? verdict : undefined;
}

/** The most hits that any window of that length holds. */
function densest(times: readonly Weighted[], window: Duration): number {
  let most = 0;
  let sum = 0;
  let start = 0;
  for (const { at, weight } of times) {
    sum += weight;
    while (at - times[start]!.at > window) sum -= times[start++]!.weight;
    most = Math.max(most, sum);
  }
  return most;
}

/** A longer pause than this many spacings ends a loop. */
const PAUSE = 10;

function judgeLoop(when: Extract<When, { type: 'loop' }>, hits: readonly Timed[]): Verdict | undefined {
  const spacing = parseDuration(when.spacing)!;
  const lasting = when.lasting === undefined ? 0 : parseDuration(when.lasting)!;
  const whole = spanned(hits);
  const isRun = (run: readonly Weighted[]): boolean =>
    run.reduce((sum, t) => sum + t.weight, 0) >= when.repeats &&
    run.at(-1)!.at - run[0]!.at >= lasting &&
    medianGap(run) <= spacing;
  const runs = splitRuns(merged(hits), spacing * PAUSE).filter(isRun);
  const last = runs.at(-1);
  if (last !== undefined) return { ...whole, first: runs[0]![0]!.at, last: last.at(-1)!.at, spacing: medianGap(last) };
  return judgeUnplaced(hits, whole, spacing, when.repeats, isRun);
}

/** A console's seconds since boot tell a rhythm without telling the time; without any clock only repeats can tell. */
function judgeUnplaced(
  hits: readonly Timed[],
  whole: Verdict,
  spacing: Duration,
  repeats: number,
  isRun: (run: readonly Weighted[]) => boolean,
): Verdict | undefined {
  for (const t of hits) {
    const run = splitRuns(
      t.ownTimes.map((at) => ({ at, weight: t.stride })),
      spacing * PAUSE,
    ).find(isRun);
    if (run !== undefined) return { ...whole, spacing: medianGap(run) };
  }
  const clockless = hits.filter((t) => t.times.length === 0 && t.ownTimes.length === 0);
  return clockless.reduce((sum, t) => sum + t.count, 0) >= repeats ? whole : undefined;
}

function splitRuns(times: readonly Weighted[], pause: Duration): Weighted[][] {
  const runs: Weighted[][] = [];
  let previous = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    if (time.at - previous > pause * time.weight) runs.push([]);
    runs.at(-1)!.push(time);
    previous = time.at;
  }
  return runs;
}

function medianGap(run: readonly Weighted[]): Duration {
  const gaps = run.slice(1).map((t, index) => (t.at - run[index]!.at) / t.weight);
  return gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? 0;
}

function judgeDistinct(when: Extract<When, { type: 'distinct' }>, hits: readonly Timed[]): Verdict | undefined {
  const seen = hits.flatMap((t) => {
    const value = t.series.keys[when.capture];
    return value === undefined ? [] : [{ value, at: t.first }];
  });
  const within = when.within === undefined ? Number.POSITIVE_INFINITY : parseDuration(when.within)!;
  const close = seen.some(
    (a) => new Set(seen.filter((b) => near(a.at, b.at, within)).map((b) => b.value)).size >= when.gte,
  );
  return close ? spanned(hits) : undefined;
}

function near(a: Micros | undefined, b: Micros | undefined, within: Duration): boolean {
  return a === undefined || b === undefined || Math.abs(a - b) <= within;
}

function judgePersistent(
  when: Extract<When, { type: 'persistent' }>,
  hits: readonly Timed[],
  gatheredAt: Micros | undefined,
): Verdict | undefined {
  const lasting = parseDuration(when.for)!;
  const held = hits.filter((t) => {
    if (t.first === undefined) return false;
    const until = t.series.resource === undefined ? (t.active ? t.last : undefined) : gatheredAt;
    return until !== undefined && until - t.first >= lasting;
  });
  return held.length === 0 ? undefined : spanned(held);
}

function byName(group: readonly Timed[], name: string): Timed[] {
  return group.filter((t) => t.count > 0 && t.series.matcher.name === name);
}

function judgeAll(when: Extract<When, { type: 'all' }>, group: readonly Timed[]): Verdict | undefined {
  const parts = when.of.map((name) => byName(group, name));
  if (parts.some((part) => part.length === 0)) return undefined;
  const within = when.within === undefined ? undefined : parseDuration(when.within)!;
  if (within !== undefined && !parts.every((part) => overlap(parts[0]!, part, within))) return undefined;
  return spanned(parts.flat());
}

/** Do any two of their spans come within that distance of each other? Untimed parts fit anywhere. */
function overlap(a: readonly Timed[], b: readonly Timed[], within: Duration): boolean {
  return a.some((x) =>
    b.some((y) => {
      if (x.first === undefined || y.first === undefined) return true;
      return y.first - (x.last ?? x.first) <= within && x.first - (y.last ?? y.first) <= within;
    }),
  );
}

function judgeSequence(when: Extract<When, { type: 'sequence' }>, group: readonly Timed[]): Verdict | undefined {
  const within = parseDuration(when.within)!;
  const steps = when.steps.map((name) => merged(byName(group, name)).map((t) => t.at));
  let rounds = 0;
  let after = Number.NEGATIVE_INFINITY;
  for (;;) {
    const end = walkSteps(steps, after, within);
    if (end === undefined) break;
    rounds++;
    after = end;
  }
  return rounds >= (when.times ?? 1) ? spanned(when.steps.flatMap((name) => byName(group, name))) : undefined;
}

/** Time at which the steps, begun after `after`, are complete; undefined if they never are in time. */
function walkSteps(steps: readonly (readonly Micros[])[], after: Micros, within: Duration): Micros | undefined {
  for (const start of steps[0]!) {
    if (start <= after) continue;
    let at: Micros | undefined = start;
    for (const times of steps.slice(1)) {
      at = times.find((time) => time >= at!);
      if (at === undefined) return undefined;
    }
    if (at - start <= within) return at;
  }
  return undefined;
}

function judgeAbsent(when: Extract<When, { type: 'absent' }>, group: readonly Timed[]): Verdict | undefined {
  const seen = byName(group, when.of);
  if (seen.length === 0) return undefined;
  const verdict = spanned(seen);
  const answers = byName(group, when.without);
  const within = when.within === undefined ? Number.POSITIVE_INFINITY : parseDuration(when.within)!;
  const answered = answers.some(
    (t) =>
      verdict.last === undefined || t.last === undefined || (t.last >= verdict.last && t.last - verdict.last <= within),
  );
  return answered ? undefined : verdict;
}
