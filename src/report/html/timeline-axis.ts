const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS = [
  1000,
  5000,
  15_000,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  30 * DAY,
  90 * DAY,
  365 * DAY,
  3650 * DAY,
] as const;

export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** Round times between two, at most `most` of them, in milliseconds and UTC. */
export function ticksOf(from: number, to: number, most: number): Tick[] {
  const step = STEPS.find((each) => (to - from) / each <= most) ?? (to - from) / most;
  const ticks: Tick[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    const iso = new Date(at).toISOString();
    ticks.push({
      at,
      label: step >= DAY ? iso.slice(0, 10) : `${iso.slice(5, 10)} ${iso.slice(11, step < MINUTE ? 19 : 16)}`,
    });
  }
  return ticks;
}
