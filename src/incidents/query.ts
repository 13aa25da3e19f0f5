import { UserError } from '../model/errors.ts';
import { DAY, formatTime, type Micros, parseDuration, parseTime } from '../model/time.ts';
import type { IncidentFilter } from './store.ts';

const LIST_FIELDS = ['signature', 'component', 'version', 'platform', 'status', 'cluster'] as const;

/**
 * Takes `field:value` out of what somebody typed: `etcd slow version:4.18 since:30d`. The rest are the words.
 * @throws UserError for a time that is none
 */
export function parseQuery(text: string, now: Micros): { words: string; filter: IncidentFilter } {
  const words: string[] = [];
  const filter: Record<string, string | string[]> = {};
  for (const part of text.split(/\s+/)) {
    const [, field = '', value = ''] = /^([a-z]+):(.+)$/.exec(part) ?? [];
    if (field === 'since' || field === 'until') filter[field] = timeOf(field, value, now);
    else if (LIST_FIELDS.some((one) => one === field)) filter[field] = [...(filter[field] ?? []), value];
    else words.push(part);
  }
  return { words: words.join(' ').trim(), filter };
}

/** A day, a month, a time, or how long ago: `2025-12-04`, `2025-12`, `2025-12-04T10:00:00Z`, `30d`. */
function timeOf(field: string, text: string, now: Micros): string {
  const ago = parseDuration(text.replace(/^(\d+)w$/, (_, weeks: string) => `${Number(weeks) * 7}d`));
  const at = ago === undefined ? parseTime(completed(text)) : now - ago;
  if (at === undefined || Math.abs(at) > 40_000 * 365 * DAY) {
    throw new UserError(`${field}:${text} is no time; give one such as 2025-12-04 or 30d`);
  }
  return formatTime(Math.floor(at / 1e6) * 1e6);
}

function completed(text: string): string {
  if (/^\d{4}-\d\d$/.test(text)) return `${text}-01T00:00:00Z`;
  return /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text;
}
