import { textOf } from '../../../ingest/journal/printable.ts';
import type { JournalEntry } from '../../../model/journal-entry.ts';
import type { Micros, Stamp } from '../../../model/time.ts';
import { visible } from '../../../report/text-safety.ts';
import type { DirectOutput } from '../direct-output.ts';
import { type PrintEntry, timeOf } from '../entry-printer.ts';
import type { OutputForm } from '../journal-flags.ts';
import {
  fieldText,
  fullTime,
  monotonicOf,
  precise8601,
  preciseTime,
  secondsText,
  syslogTime,
  unixTime,
  type WriteTime,
} from './clock-times.ts';

const CLOCKS: Partial<Record<OutputForm, WriteTime>> = {
  short: syslogTime,
  'short-precise': preciseTime,
  'short-iso-precise': precise8601,
  'short-full': fullTime,
  'short-unix': unixTime,
  'with-unit': fullTime,
};

/** Time, host, sender and message; further lines of a message are indented to where it began, as journalctl does. */
export function shortPrinter(form: OutputForm, withHost: boolean, out: DirectOutput): PrintEntry {
  const time = timeWriter(form);
  const sender = form === 'with-unit' ? unitOf : identifierOf;
  return (entry, stamp) => {
    const host = withHost ? ` ${entry.host ?? 'localhost'}` : '';
    const pid = entry.pid === undefined ? '' : `[${entry.pid}]`;
    const head = visible(`${time(entry, stamp)}${host} ${sender(entry)}${pid}: `);
    // Whoever wants to find a line by its time gets one with each line: that is what the form is for here.
    const next = form === 'short-iso' ? head : ' '.repeat(head.length);
    for (const message of entry.messages) {
      const text = (typeof message === 'string' ? message : textOf(message)).replace(/\n$/, '');
      let start = head;
      for (const line of text.split('\n')) {
        out.text(`${start}${visible(line.replaceAll('\t', TAB))}\n`);
        start = next;
      }
    }
  };
}

/** What journalctl makes of a tab. */
const TAB = ' '.repeat(8);

type TimeOfEntry = (entry: JournalEntry, stamp: Stamp | undefined) => string;

function timeWriter(form: OutputForm): TimeOfEntry {
  const clock = CLOCKS[form];
  if (clock !== undefined) return (entry, stamp) => onWallClock(entry, stamp, clock);
  if (form === 'short-monotonic') return (entry, stamp) => sinceBoot(entry, stamp, '');
  if (form === 'short-delta') return deltaWriter();
  return timeOf;
}

function onWallClock(entry: JournalEntry, stamp: Stamp | undefined, clock: WriteTime): string {
  const at = entry.sourceTime ?? entry.realtime;
  return at === undefined ? timeOf(entry, stamp) : clock(at);
}

function sinceBoot(entry: JournalEntry, stamp: Stamp | undefined, delta: string): string {
  const micros = monotonicOf(entry);
  return micros === undefined ? timeOf(entry, stamp) : `[${secondsText(micros, 5)}${delta}]`;
}

interface Before {
  readonly bootId: string | undefined;
  readonly monotonic: number | undefined;
  readonly realtime: Micros | undefined;
}

/** `<    1.500000 >` since the entry before; with a star where only the wall clock tells it, which may have been set. */
function deltaWriter(): TimeOfEntry {
  let before: Before | undefined;
  return (entry, stamp) => {
    const now = { bootId: entry.bootId, monotonic: monotonicOf(entry), realtime: entry.realtime };
    const delta = before === undefined ? NO_DELTA : deltaText(before, now);
    before = now;
    return sinceBoot(entry, stamp, delta);
  };
}

const NO_DELTA = ' '.repeat(16);

function deltaText(before: Before, now: Before): string {
  if (before.bootId === now.bootId && before.monotonic !== undefined && now.monotonic !== undefined)
    return ` <${secondsText(Math.max(0, now.monotonic - before.monotonic), 5)} >`;
  if (before.realtime === undefined || now.realtime === undefined || now.realtime < before.realtime) return NO_DELTA;
  return ` <${secondsText(now.realtime - before.realtime, 5)}*>`;
}

function identifierOf(entry: JournalEntry): string {
  return entry.identifier ?? entry.unit ?? 'unknown';
}

/** The unit that the sender ran in, and the user's; the unit that it spoke about is another. */
function unitOf(entry: JournalEntry): string {
  const units = ['_SYSTEMD_UNIT', '_SYSTEMD_USER_UNIT'].flatMap((name) => fieldText(entry.fields, name) ?? []);
  if (units.length > 0) return units.join('/');
  return entry.fields === undefined ? (entry.unit ?? identifierOf(entry)) : (entry.identifier ?? 'unknown');
}
