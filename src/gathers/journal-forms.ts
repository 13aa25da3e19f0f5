import type { JournalEntry } from './gather.ts';
import { nanos } from './stamps.ts';

/** The same journal entries as journalctl prints them in its other output modes; `journalText` is short-precise. */

function inOrder(entries: readonly JournalEntry[]): JournalEntry[] {
  return [...entries].sort((a, b) => a.at - b.at);
}

/** `journalctl -o short-iso-precise` in UTC. */
export function journalIso(entries: readonly JournalEntry[]): string {
  return inOrder(entries)
    .map(({ at, host, identifier, pid, text }) => {
      const stamp = nanos(at).slice(0, 26);
      return `${stamp}+00:00 ${host} ${identifier}${pid === undefined ? '' : `[${pid}]`}: ${text}\n`;
    })
    .join('');
}

interface Boot {
  readonly machine: string;
  readonly boot: string;
  /** The time at which the monotonic clock was zero, in microseconds since the epoch. */
  readonly started: number;
}

function fields(entry: JournalEntry, { machine, boot, started }: Boot, index: number): Record<string, string> {
  const kernel = entry.identifier === 'kernel';
  return {
    __CURSOR: `s=${machine};i=${(index + 4097).toString(16)};b=${boot};t=${entry.at.toString(16)}`,
    __REALTIME_TIMESTAMP: String(entry.at),
    __MONOTONIC_TIMESTAMP: String(Math.max(1, entry.at - started)),
    _BOOT_ID: boot,
    _MACHINE_ID: machine,
    _HOSTNAME: entry.host,
    _TRANSPORT: kernel ? 'kernel' : 'stdout',
    PRIORITY: kernel ? '3' : '6',
    SYSLOG_IDENTIFIER: entry.identifier,
    ...(entry.pid === undefined ? {} : { _PID: String(entry.pid) }),
    MESSAGE: entry.text,
  };
}

/** `journalctl -o export`: a field a line, a blank line after each entry. */
export function journalExport(entries: readonly JournalEntry[], boot: Boot): string {
  return inOrder(entries)
    .map((entry, index) => {
      const lines = Object.entries(fields(entry, boot, index)).map(([name, value]) => `${name}=${value}\n`);
      return `${lines.join('')}\n`;
    })
    .join('');
}

/** `journalctl -o json`: an object a line. */
export function journalJson(entries: readonly JournalEntry[], boot: Boot): string {
  return inOrder(entries)
    .map((entry, index) => `${JSON.stringify(fields(entry, boot, index))}\n`)
    .join('');
}
