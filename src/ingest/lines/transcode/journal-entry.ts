import type { JournalEntry } from '../../../model/journal-entry.ts';

export type { EntryOrigin, JournalEntry } from '../../../model/journal-entry.ts';

export function emptyEntry(): JournalEntry {
  return {
    realtime: undefined,
    sourceTime: undefined,
    monotonic: undefined,
    bootId: undefined,
    host: undefined,
    identifier: undefined,
    pid: undefined,
    unit: undefined,
    priority: undefined,
    transport: undefined,
    messages: [],
    isMessageMissing: false,
  };
}

/** Names of the fields that an entry keeps; the rest is read past. */
export const KEPT_FIELDS: ReadonlySet<string> = new Set([
  '__REALTIME_TIMESTAMP',
  '__MONOTONIC_TIMESTAMP',
  '_SOURCE_REALTIME_TIMESTAMP',
  '_BOOT_ID',
  '_HOSTNAME',
  'SYSLOG_IDENTIFIER',
  '_COMM',
  '_TRANSPORT',
  '_PID',
  'SYSLOG_PID',
  '_SYSTEMD_UNIT',
  'UNIT',
  'PRIORITY',
]);

/** What is put in place of a boot that is not known. */
const NO_BOOT = /^0+$/;

/** Sets a field of text; the trusted or more telling of two fields wins, whatever their order. */
export function setField(entry: JournalEntry, name: string, value: string): void {
  switch (name) {
    case '__REALTIME_TIMESTAMP':
      entry.realtime = micros(value) ?? entry.realtime;
      break;
    case '_SOURCE_REALTIME_TIMESTAMP':
      entry.sourceTime = micros(value);
      entry.realtime ??= entry.sourceTime;
      break;
    case '__MONOTONIC_TIMESTAMP':
      entry.monotonic = micros(value);
      break;
    case '_BOOT_ID':
      if (!NO_BOOT.test(value)) entry.bootId = value.slice(0, 32);
      break;
    case '_HOSTNAME':
      entry.host = value;
      break;
    case 'SYSLOG_IDENTIFIER':
      entry.identifier = value;
      break;
    case '_COMM':
      entry.identifier ??= value;
      break;
    case '_TRANSPORT':
      entry.transport = value;
      if (value === 'kernel') entry.identifier ??= value;
      break;
    case '_PID':
      entry.pid = value;
      break;
    case 'SYSLOG_PID':
      entry.pid ??= value;
      break;
    case '_SYSTEMD_UNIT':
      entry.unit ??= value;
      break;
    case 'UNIT':
      entry.unit = value;
      break;
    case 'PRIORITY':
      entry.priority = micros(value);
  }
}

function micros(value: string): number | undefined {
  return /^\d{1,17}$/.test(value) ? Number(value) : undefined;
}
