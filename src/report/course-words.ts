import type { Affected, ClockSkew, LogChange, Report, RootCause } from '../model/report.ts';
import { formatDuration, parseTime } from '../model/time.ts';
import { beforeGather, counted, readableTime, timeRange } from './words.ts';

/** How the course of an incident is said: its onset, what it kept from working, its clocks, what was new in the logs. */

/** `2025-12-02 19:00:14Z or earlier, 30 h before the gather`. */
export function beganInWords(report: Report): string | undefined {
  const { began, mayBeEarlier } = report.impact ?? {};
  if (began === undefined) return undefined;
  const ago = beforeGather(report, began);
  return `${readableTime(began)}${mayBeEarlier === true ? ' or earlier' : ''}${ago === undefined ? '' : `, ${ago}`}`;
}

/** `2025-12-02 19:00:14Z: operator network degraded`. */
export function reportedInWords({ impact }: Report): string | undefined {
  const first = impact?.firstReported;
  return first === undefined ? undefined : `${readableTime(first.at)}: ${first.text}`;
}

const AFFECTED: Readonly<Record<Affected['kind'], (name: string) => string>> = {
  'operator-unavailable': (name) => `operator ${name} unavailable`,
  'operator-degraded': (name) => `operator ${name} degraded`,
  'node-not-ready': (name) => `node ${name} not ready`,
  'api-errors': (name) => (name === 'cluster' ? 'API errors' : `API errors of ${name}`),
  'pool-degraded': (name) => `pool ${name} degraded`,
};

export function affectedInWords({ kind, name }: Affected): string {
  return AFFECTED[kind](name);
}

/** From, until and how long, each as it is to be read in a table. */
export function spanInWords(
  { window }: Report,
  { from, until }: Pick<Affected, 'from' | 'until'>,
): [string, string, string] {
  const start = from === undefined ? undefined : parseTime(from);
  const end = parseTime(until ?? window.gatheredAt ?? '');
  return [
    from === undefined ? 'not known' : readableTime(from),
    until === undefined ? 'still so at the gather' : readableTime(until),
    start === undefined || end === undefined || end < start ? 'not known' : formatDuration(end - start),
  ];
}

/** `12 min ahead of the cluster, give or take 2 s, by 3 facts`. */
export function skewInWords({ against, skewMs, uncertaintyMs, samples }: ClockSkew): string {
  const clock = against === 'cluster' ? 'the cluster' : against;
  const off = `${formatDuration(Math.abs(skewMs) * 1000)} ${skewMs < 0 ? 'behind' : 'ahead of'} ${clock}`;
  return `${off}, give or take ${formatDuration(uncertaintyMs * 1000)}, by ${counted(samples, 'fact')}`;
}

export function isSilence({ kind }: LogChange): boolean {
  return kind === 'silence';
}

export function isNew(change: LogChange): boolean {
  return !isSilence(change);
}

export function changeInWords(change: LogChange): string {
  if (change.kind === 'silence') return silenceInWords(change);
  const { kind, count, from, until, logs, perHourBefore, perHourAfter } = change;
  const span =
    from !== undefined && until !== undefined
      ? timeRange(from, until)
      : from !== undefined
        ? `from ${readableTime(from)}`
        : until !== undefined && `until ${readableTime(until)}`;
  const rate =
    perHourBefore !== undefined &&
    perHourAfter !== undefined &&
    `${perHour(perHourBefore)} an hour before, ${perHour(perHourAfter)} after`;
  return [KINDS[kind], counted(count, 'time'), rate, span, logs > 1 && `in ${counted(logs, 'log')}`]
    .filter((part) => part !== false)
    .join(', ');
}

/** `on master-1, steadily (120 lines an hour) from … until …; nothing after it, while other logs of the host go on`. */
function silenceInWords({ host, perHourBefore, from, until }: LogChange): string {
  const rate = perHourBefore === undefined ? '' : ` (${perHour(perHourBefore)} lines an hour)`;
  const span = from === undefined || until === undefined ? '' : ` ${timeRange(from, until)}`;
  const where = host === undefined ? '' : `on ${host}, `;
  return `${where}steadily${rate}${span}, then nothing, while other logs of the host go on`;
}

const KINDS: Readonly<Record<Exclude<LogChange['kind'], 'silence'>, string>> = {
  rate: 'much more often from the onset on',
  first: 'never before the onset',
};

function perHour(rate: number): string {
  return rate >= 10 ? String(Math.round(rate)) : String(Math.round(rate * 10) / 10);
}

/** `over since 2025-12-02 19:00:14Z`, and what was different then. */
export function recoveredInWords({ recovered }: RootCause): string[] {
  if (recovered === undefined) return [];
  const head = recovered.at === undefined ? 'over, nothing dates its end' : `over since ${readableTime(recovered.at)}`;
  return [head, ...recovered.changed.map(({ at, text }) => (at === undefined ? text : `${readableTime(at)}: ${text}`))];
}

/** Earlier times at which a cause was there and went away again. */
export function earlierInWords({ earlier }: RootCause): string[] {
  return (earlier ?? []).map(({ from, until, count }) => `${timeRange(from, until)}, ${counted(count, 'time')}`);
}
