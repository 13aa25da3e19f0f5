import type { Occurrence } from '../model/finding.ts';
import { type Duration, HOUR } from '../model/time.ts';
import type { Timed } from './timed.ts';

/** Silence that ends an occurrence: an hour, or twenty times what lies between two hits of it. */
const SILENCE: Duration = HOUR;
const SILENT_TURNS = 20;
/** The latest are kept. */
const MOST = 10;

/** The occurrences before the last one, oldest first: the same thing seen, gone for long, and seen again. */
export function earlierOccurrences(hits: readonly Timed[]): Occurrence[] {
  const times = hits
    .filter((t) => t.series.resource === undefined)
    .flatMap((t) => t.times.map((at) => ({ at, weight: t.stride })))
    .sort((a, b) => a.at - b.at);
  if (times.length < 2) return [];
  const gaps = times.slice(1).map(({ at }, index) => at - times[index]!.at);
  const median = gaps.toSorted((a, b) => a - b)[gaps.length >> 1]!;
  const silence = Math.max(SILENCE, SILENT_TURNS * median);
  const runs: { from: number; to: number; count: number }[] = [];
  for (const { at, weight } of times) {
    const run = runs.at(-1);
    if (run === undefined || at - run.to > silence) runs.push({ from: at, to: at, count: weight });
    else {
      run.to = at;
      run.count += weight;
    }
  }
  return runs.slice(0, -1).slice(-MOST);
}
