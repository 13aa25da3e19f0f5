import type { Anomaly } from '../../model/anomaly.ts';
import { SECOND, type Stamp } from '../../model/time.ts';

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Median time from one stamp to the next, and how much the spacings differ; nothing where there are no times. */
export function spacingOf(stamps: readonly (Stamp | undefined)[]): Pick<Anomaly, 'medianSpacing' | 'jitter'> {
  const times = stamps.flatMap((stamp) => (stamp === undefined ? [] : [stamp.micros]));
  if (times.length < 3) return {};
  const gaps = times.slice(1).map((time, index) => Math.abs(time - times[index]!));
  const medianSpacing = median(gaps);
  const deviation = median(gaps.map((gap) => Math.abs(gap - medianSpacing)));
  // Bursts are no rhythm; but a log that states whole seconds may hold several turns in each.
  const isBurst = medianSpacing === 0 && times.some((time) => time % SECOND !== 0);
  if (isBurst) return { medianSpacing, jitter: Number.POSITIVE_INFINITY };
  return { medianSpacing, jitter: medianSpacing === 0 ? 0 : deviation / medianSpacing };
}
