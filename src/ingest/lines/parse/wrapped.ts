import type { LogLine } from '../../../model/log-line.ts';
import { DAY } from '../../../model/time.ts';
import { anyLine } from './any.ts';
import { inYear } from './civil.ts';
import { container } from './container.ts';
import { shortTimeAt } from './journal.ts';
import { absolute, logLine } from './log-line.ts';
import { fromHost } from './writer-tag.ts';

const BUNDLE = '.tar.gz: ';
const LONGEST_BUNDLE = 256;

/**
 * A line of `metal3-ramdisk-logs`: the container prints whole bundles of a host's ramdisk, line by line, when it finds
 * them. So the container's time is the printing's, and the journal line inside has the event's; its clock is believed
 * when it is within a day of the printing.
 */
export function ramdisk(line: string): LogLine | undefined {
  const outer = container(line);
  if (outer === undefined) return undefined;
  const bundle = outer.message.indexOf(BUNDLE);
  if (bundle < 0 || bundle > LONGEST_BUNDLE) return outer;
  const text = outer.message.slice(bundle + BUNDLE.length);
  const time = shortTimeAt(text, 0);
  if (time === undefined) return logLine(text, outer.at);
  const at = nearest(time.micros, outer.at?.micros);
  const inner = fromHost(text, time.end + 1, at === undefined ? outer.at : absolute(at));
  const host = inner.host === 'localhost' ? nodeOf(outer.message.slice(0, bundle)) : undefined;
  return host === undefined ? inner : { ...inner, host };
}

/** Every ramdisk is `localhost`; its bundle is named `openshift-worker-1_9b1f4c1e-0000-4000-8000-000000000031_…`. */
function nodeOf(bundle: string): string | undefined {
  const name = /^(?:[a-z0-9-]+~)?([a-z0-9][a-z0-9.-]*)_[0-9a-f]{8}-/.exec(bundle)?.[1];
  return name === undefined || name.length > 253 ? undefined : name;
}

/** The yearless time in the year that brings it nearest to `outer`; undefined where even that is over a day off. */
function nearest(yearless: number, outer: number | undefined): number | undefined {
  if (outer === undefined) return undefined;
  const year = new Date(outer / 1000).getUTCFullYear();
  for (const candidate of [year, year - 1, year + 1]) {
    const at = inYear(yearless, candidate);
    if (at !== undefined && Math.abs(at - outer) <= DAY) return at;
  }
  return undefined;
}

/** A line of a Windows node's log as must-gather collects them all in one: `<node> I1203 20:00:00.123456 …`. */
export function windows(line: string): LogLine | undefined {
  const space = line.indexOf(' ');
  if (space <= 0) return undefined;
  const text = line.slice(space + 1);
  return logLine(text, anyLine(text)?.at, { host: line.slice(0, space) });
}
