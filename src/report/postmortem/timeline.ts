import { severityRank } from '../../model/finding.ts';
import type { Report, TimelineEntry } from '../../model/report.ts';
import { clockItems } from '../markdown/course.ts';
import { table, text } from '../markdown/text.ts';
import { readableTime, timeRange } from '../words.ts';

const MOST_ENTRIES = 60;

/** The course of events in UTC: the most severe entries where there are too many to read. */
export function timelineSection(report: Report): string[][] {
  const told = toldOnce(report.timeline);
  const entries = chosen(told);
  if (entries.length === 0) return [];
  const rows = entries.map((entry) => [
    entry.until === undefined ? readableTime(entry.at) : timeRange(entry.at, entry.until),
    text(entry.lane),
    `${entry.severity === 'critical' || entry.severity === 'error' ? '**' : ''}${entry.severity}${entry.severity === 'critical' || entry.severity === 'error' ? '**' : ''}`,
    text(entry.text),
  ]);
  const left = told.length - entries.length;
  return [
    ['## Timeline (UTC)'],
    table(['Time', 'Where', 'Severity', 'What'], rows),
    ...(report.clockSkews?.length
      ? [['Clocks that are off; the times above are as the logs say:', '', ...clockItems(report)]]
      : []),
    ...(left > 0 ? [[`Left out: ${left} less severe entries, which the report has.`]] : []),
  ];
}

/** A condition is left out where a finding about the same thing begins with it. */
function toldOnce(timeline: readonly TimelineEntry[]): TimelineEntry[] {
  const key = ({ lane, at }: TimelineEntry): string => `${lane} ${at}`;
  const found = new Set(timeline.filter(({ finding }) => finding !== undefined).map(key));
  return timeline.filter(
    (entry) => entry.kind !== 'condition' || entry.finding !== undefined || !found.has(key(entry)),
  );
}

function chosen(timeline: readonly TimelineEntry[]): TimelineEntry[] {
  if (timeline.length <= MOST_ENTRIES) return [...timeline];
  const ranked = timeline.map((entry, i) => ({ entry, i }));
  return ranked
    .sort((a, b) => severityRank(b.entry.severity) - severityRank(a.entry.severity) || a.i - b.i)
    .slice(0, MOST_ENTRIES)
    .sort((a, b) => a.i - b.i)
    .map(({ entry }) => entry);
}
