import type { Interval } from '../../../model/time.ts';
import { fullTimeAt } from '../parse/journal.ts';

export type Marker =
  | { readonly type: 'header'; readonly interval: Interval }
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
  return from === undefined || to === undefined ? undefined : { type: 'header', interval: { from, to } };
}

function timeAfter(line: string, words: string, start: number): number | undefined {
  const at = start < 0 ? -1 : line.indexOf(words, start);
  return at < 0 ? undefined : fullTimeAt(line, at + words.length)?.micros;
}

export function union(a: Interval | undefined, b: Interval): Interval {
  return a === undefined ? b : { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
}
