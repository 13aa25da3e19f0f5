import type { SourceSummary } from '../../../model/ingest.ts';
import type { Interval } from '../../../model/time.ts';
import { fullTimeAt } from '../parse/journal.ts';
import { zoneOffset } from '../parse/zone.ts';

export type LogZone = NonNullable<SourceSummary['zone']>;

export type Marker =
  | { readonly type: 'header'; readonly interval: Interval; readonly zone?: LogZone }
  | { readonly type: 'boot'; readonly id?: string };

/**
 * What journalctl prints between the lines: `-- Logs begin at …, end at …. --`, `-- Journal begins at …; ends at …. --`,
 * `-- Reboot --`, `-- Boot 0a1b2c3d4e5f60718293a4b5c6d7e8f9 --`.
 */
export function markerOf(line: string): Marker | undefined {
  if (line.startsWith('-- Reboot --')) return { type: 'boot' };
  if (line.startsWith('-- Boot ')) {
    const id = /^[0-9a-f]{32}(?= --)/.exec(line.slice(8, 48))?.[0];
    return id === undefined ? undefined : { type: 'boot', id };
  }
  if (!line.startsWith('-- Logs begin at ') && !line.startsWith('-- Journal begins at ')) return undefined;
  const from = timeAfter(line, ' at ', 0);
  const to = timeAfter(line, ' at ', line.indexOf(' end'));
  if (from === undefined || to === undefined) return undefined;
  const zone = zoneIn(line.slice(line.indexOf(' end')));
  return { type: 'header', interval: { from, to }, ...(zone !== undefined && { zone }) };
}

const FULL_TIME =
  /[A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})? ([A-Z]{2,5}|[+-]\d\d(?::?\d\d)?)(?![A-Za-z0-9])/;

/** The zone of a full time such as `Tue 2024-12-03 20:00:00 CEST`. */
export function zoneIn(text: string): LogZone | undefined {
  const name = FULL_TIME.exec(text)?.[1];
  if (name === undefined) return undefined;
  const offset = zoneOffset(name);
  return { name, ...(offset !== undefined && { offset }) };
}

function timeAfter(line: string, words: string, start: number): number | undefined {
  const at = start < 0 ? -1 : line.indexOf(words, start);
  return at < 0 ? undefined : fullTimeAt(line, at + words.length)?.micros;
}

export function union(a: Interval | undefined, b: Interval): Interval {
  return a === undefined ? b : { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
}
