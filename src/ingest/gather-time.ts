import type { GatherTime, SourceSummary } from '../model/ingest.ts';
import { type Micros, parseTime, SECOND } from '../model/time.ts';

/** 2014-06-06: Kubernetes' first commit. Nothing that we read was gathered before it. */
const EARLIEST: Micros = 1_402_012_800 * SECOND;
/** Time stamps after this are no times of a gather: 2100-01-01. */
const LATEST: Micros = 4_102_444_800 * SECOND;

interface Stamped {
  readonly at: Micros;
  readonly source: string;
  readonly utc: boolean;
}

/** Finds out when a gather was taken, from what its files say about that. */
export class GatherClock {
  readonly #stamps: Stamped[] = [];
  #newest: GatherTime | undefined;

  /** The text of a `timestamp` file. Its last line is the end of the gather. */
  timestamp(path: string, text: string): void {
    const times = text.split('\n').flatMap((line) => parseGoTime(line) ?? []);
    const last = times.at(-1);
    if (last !== undefined) this.#stamps.push({ ...last, source: path });
  }

  /** A member's modification time in an archive, in seconds. */
  member(path: string, mtime: number): void {
    const at = Math.floor(mtime * SECOND);
    if (at < EARLIEST || at > LATEST) return;
    if (this.#newest === undefined || at > this.#newest.at) this.#newest = { at, source: path, by: 'age' };
  }

  /**
   * The end of the gather. The stamps of the gather images are in UTC and on the cluster's clock; the one beside them is
   * on the clock of whoever ran the command, so it counts only where it is alone.
   */
  time(summaries: readonly SourceSummary[]): GatherTime | undefined {
    const inUtc = this.#stamps.filter((stamp) => stamp.utc);
    const stamp = latest(inUtc.length > 0 ? inUtc : this.#stamps);
    if (stamp !== undefined) return { at: stamp.at, source: stamp.source, by: 'stamp' };
    const headers = summaries.flatMap((summary) =>
      summary.header === undefined
        ? []
        : [{ at: summary.header.to, source: summary.source.path, by: 'header' as const }],
    );
    return latest(headers) ?? this.#newest;
  }
}

/** Parses Go's `time.String()`: `2024-12-03 21:15:02.113355871 +0100 CET m=+1.2`. */
export function parseGoTime(line: string): { readonly at: Micros; readonly utc: boolean } | undefined {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,9})?) ([+-]\d{4})(?: |$)/.exec(line.trim());
  if (match === null) return undefined;
  const [, date, time, zone] = match;
  const at = parseTime(`${date}T${time}${zone}`);
  return at === undefined ? undefined : { at, utc: zone === '+0000' };
}

function latest<T extends { readonly at: Micros }>(times: readonly T[]): T | undefined {
  return times.reduce<T | undefined>(
    (best, next) => (best === undefined || next.at > best.at ? next : best),
    undefined,
  );
}
