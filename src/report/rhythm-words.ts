import type { Report, ReportAnomaly, ReportBoot } from '../model/report.ts';
import { formatDuration } from '../model/time.ts';
import { counted, percent, readableTime, timeRange } from './words.ts';

const ENDINGS: Readonly<Record<NonNullable<ReportBoot['ending']>, string>> = {
  clean: 'shut down',
  panic: 'kernel panic',
  watchdog: 'watchdog',
  unknown: 'broke off (power loss or reset)',
};

export function endingInWords(ending: ReportBoot['ending']): string {
  return ending === undefined ? '' : ENDINGS[ending];
}

/** Boots are worth telling where a host booted more than once, or a boot ended badly. */
export function tellingBoots(report: Report): readonly ReportBoot[] {
  const boots = report.boots ?? [];
  const hosts = Map.groupBy(boots, (boot) => boot.host);
  return [...hosts.values()].flatMap((own) => (own.length > 1 || own.some(endedBadly) ? own : []));
}

export function endedBadly({ ending }: ReportBoot): boolean {
  return ending !== undefined && ending !== 'clean';
}

export function bootSpan({ from, until }: ReportBoot): string {
  if (from !== undefined && until !== undefined) return timeRange(from, until);
  if (from !== undefined) return `from ${readableTime(from)}`;
  return until === undefined ? '' : `until ${readableTime(until)}`;
}

/** `95 times, every 32 s, since 2021-03-13 14:50:01Z, until 2021-03-13 15:40:27Z, 94 % of the last lines, in 3 logs`. */
export function rhythmInWords({ count, medianSpacingMs, from, until, share, logs }: ReportAnomaly): string {
  return [
    counted(count, 'time'),
    ...(medianSpacingMs === undefined ? [] : [`every ${formatDuration(medianSpacingMs * 1000)}`]),
    ...(from === undefined ? [] : [`since ${readableTime(from)}`]),
    ...(until === undefined ? [] : [`until ${readableTime(until)}`]),
    `${percent(share)} of the last lines`,
    ...(logs > 1 ? [`in ${counted(logs, 'log')}`] : []),
  ].join(', ');
}
