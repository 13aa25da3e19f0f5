import type { JournalEntry, LogEntry } from './gather.ts';
import type { Random } from './random.ts';
import { sorted } from './render.ts';
import { nanos } from './stamps.ts';

/** One start of a host. */
export interface Boot {
  readonly from: number;
  readonly id: string;
}

export function boots(random: Random, ...starts: readonly number[]): Boot[] {
  return starts.map((from) => ({ from, id: random.hex(32) }));
}

/** `journalctl -o export` of one host. */
export function exportText(entries: readonly JournalEntry[], starts: readonly Boot[]): string {
  return sorted(entries)
    .map((entry, index) => {
      const boot = starts.findLast(({ from }) => from <= entry.at) ?? starts[0]!;
      const monotonic = entry.at - boot.from;
      return [
        `__CURSOR=s=${boot.id};i=${(index + 4096).toString(16)};b=${boot.id};m=${monotonic.toString(16)};t=${entry.at.toString(16)};x=0`,
        `__REALTIME_TIMESTAMP=${entry.at}`,
        `__MONOTONIC_TIMESTAMP=${monotonic}`,
        `_BOOT_ID=${boot.id}`,
        `_HOSTNAME=${entry.host}`,
        `_TRANSPORT=${entry.identifier === 'kernel' ? 'kernel' : 'stdout'}`,
        `PRIORITY=6`,
        `SYSLOG_IDENTIFIER=${entry.identifier}`,
        ...(entry.pid === undefined ? [] : [`_PID=${entry.pid}`]),
        ...(entry.identifier === 'kubenswrapper' ? ['_SYSTEMD_UNIT=kubelet.service'] : []),
        `MESSAGE=${entry.text}`,
        '',
        '',
      ].join('\n');
    })
    .join('');
}

/** A container's log as CRI-O writes it below /var/log/pods. */
export function criText(entries: readonly LogEntry[], stream = 'stderr'): string {
  return sorted(entries)
    .map(({ at, text }) => `${nanos(at).replace('Z', '+00:00')} ${stream} F ${text}\n`)
    .join('');
}
