import { isPrintable, textOf } from '../../ingest/journal/printable.ts';
import type { FieldGroup, JournalEntry, JournalField } from '../../model/journal-entry.ts';
import { formatTime, SECOND, type Stamp } from '../../model/time.ts';
import { visible } from '../../report/text-safety.ts';
import type { DirectOutput } from './direct-output.ts';
import type { OutputForm } from './journal-flags.ts';

/** Writes one entry; `stamp` is the time of an entry that cannot be placed on the wall clock. */
export type PrintEntry = (entry: JournalEntry, stamp?: Stamp) => void;

/** The forms that cost nothing to have at hand. */
type CommonForm = 'short-iso' | 'cat' | 'json' | 'export';

export function isCommonForm(form: OutputForm): form is CommonForm {
  return form === 'short-iso' || form === 'cat' || form === 'json' || form === 'export';
}

export function entryPrinter(form: CommonForm, out: DirectOutput): PrintEntry {
  switch (form) {
    case 'short-iso':
      return (entry, stamp) => printLines(out, headOf(entry, timeOf(entry, stamp)), entry);
    case 'cat':
      return (entry) => printLines(out, '', entry);
    case 'json':
      return (entry) => out.text(`${JSON.stringify(jsonOf(entry))}\n`);
    case 'export':
      return (entry) => {
        for (const group of entry.fields ?? [{ fields: toldFields(entry) }]) exportFields(out, group);
        out.byte(NEWLINE);
      };
  }
}

const NEWLINE = 10;
const EQUALS = 61;
/** What a terminal may be given as it is. */
const PLAIN = /^[\x20-\x7e]*$/;

/** `2024-12-03T20:00:00.123789Z master-2 kubenswrapper[2511]: `, by the sender's clock as journalctl has it. */
function headOf(entry: JournalEntry, time: string): string {
  const identifier = entry.identifier ?? entry.unit ?? 'unknown';
  const who = entry.pid === undefined ? identifier : `${identifier}[${entry.pid}]`;
  return safe(`${time} ${entry.host ?? 'localhost'} ${who}: `);
}

function printLines(out: DirectOutput, head: string, entry: JournalEntry): void {
  for (const message of entry.messages) {
    const text = typeof message === 'string' ? message : textOf(message);
    const lines = text.includes('\n') ? text.replace(/\n+$/, '').split('\n') : [text];
    for (const line of lines) out.text(`${head}${safe(line)}\n`);
  }
}

function safe(text: string): string {
  return PLAIN.test(text) ? text : visible(text);
}

/** As the default form has it: a time that cannot be placed on the wall clock as the log itself gives it. */
export function timeOf({ sourceTime, realtime }: JournalEntry, stamp: Stamp | undefined): string {
  const at = sourceTime ?? realtime;
  if (at !== undefined) return fixedTime(at);
  if (stamp === undefined) return '-';
  if (stamp.clock === 'monotonic') return `[${(stamp.micros / SECOND).toFixed(6).padStart(12)}]`;
  return fixedTime(stamp.micros + Date.UTC(2000, 0, 1) * 1000).slice('2000-'.length);
}

let second = Number.NaN;
let secondText = '';

/** With all six decimals, so that columns align. */
function fixedTime(at: number): string {
  const whole = Math.floor(at / SECOND);
  if (whole !== second) {
    second = whole;
    secondText = formatTime(whole * SECOND).slice(0, -1);
  }
  return `${secondText}.${String(at - whole * SECOND).padStart(6, '0')}Z`;
}

/** The fields of an entry that was a line of text. */
function toldFields(entry: JournalEntry): readonly JournalField[] {
  const told: readonly (readonly [string, string | undefined])[] = [
    ['__REALTIME_TIMESTAMP', entry.realtime?.toString()],
    ['__MONOTONIC_TIMESTAMP', entry.monotonic?.toString()],
    ['_BOOT_ID', entry.bootId],
    ['_HOSTNAME', entry.host],
    ['_SYSTEMD_UNIT', entry.unit],
    ['SYSLOG_IDENTIFIER', entry.identifier],
    ['_PID', entry.pid],
  ];
  return [
    ...told.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }])),
    ...entry.messages.map((value) => ({ name: 'MESSAGE', value })),
  ];
}

export function fieldsOf(entry: JournalEntry): readonly JournalField[] {
  return entry.fields?.flatMap((group) => group.fields) ?? toldFields(entry);
}

type JsonValue = string | readonly number[] | null;

/** All scalars are strings, bytes that are no text arrays of numbers, repeated fields arrays. */
export function jsonOf(entry: JournalEntry): Record<string, JsonValue | readonly JsonValue[]> {
  const values = new Map<string, JsonValue[]>();
  for (const { name, value } of fieldsOf(entry)) {
    const json =
      typeof value === 'string' || value === null ? value : isPrintable(value, true) ? textOf(value) : [...value];
    const known = values.get(name);
    if (known === undefined) values.set(name, [json]);
    else known.push(json);
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? all[0]! : all]));
}

function exportFields(out: DirectOutput, group: FieldGroup): void {
  for (const { name, value } of group.fields) if (value !== null) exportValue(out, name, value);
}

function exportValue(out: DirectOutput, name: string, value: string | Uint8Array): void {
  if (typeof value !== 'string') exportBytes(out, name, value);
  else if (CONTROL.test(value)) exportBytes(out, name, Buffer.from(value));
  else out.text(`${name}=${value}\n`);
}

/** `NAME=text`, or `NAME`, a 64-bit length and raw bytes where the value is no printable text. */
function exportBytes(out: DirectOutput, name: string, value: Uint8Array): void {
  out.ascii(name);
  if (isPrintable(value, false)) out.byte(EQUALS);
  else {
    out.byte(NEWLINE);
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(value.length));
    out.bytes(length);
  }
  out.bytes(value);
  out.byte(NEWLINE);
}

/** Control characters other than a tab. */
const CONTROL = /[\x00-\x08\x0a-\x1f\x7f-\x9f]/;
