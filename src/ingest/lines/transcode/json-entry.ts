import type { JournalField } from '../../../model/journal-entry.ts';
import { emptyEntry, type JournalEntry, KEPT_FIELDS, setField } from './journal-entry.ts';

const FIELD_NAME = /^[A-Z_][A-Z0-9_]{0,63}$/;

/**
 * An entry from a JSON object as journalctl writes it: all scalars are strings; a value that is no text is an array of
 * byte values, a field that occurred several times an array of values, and `null` one of 4096 bytes or more that was left
 * out. Undefined where the text is no such object.
 */
export function jsonEntry(text: string, wantsFields = false): JournalEntry | undefined {
  const fields = parsed(text);
  if (fields === undefined) return undefined;
  const entry = emptyEntry();
  for (const name of KEPT_FIELDS) {
    const value = firstText(own(fields, name));
    if (value !== undefined) setField(entry, name, value);
  }
  const message = own(fields, 'MESSAGE');
  if (message === null) entry.isMessageMissing = true;
  else if (message !== undefined) entry.messages = messagesOf(message);
  if (wantsFields)
    entry.fields = [{ fields: Object.entries(fields).flatMap(([name, value]) => fieldsOf(name, value)) }];
  return entry;
}

function fieldsOf(name: string, value: unknown): JournalField[] {
  if (!FIELD_NAME.test(name)) return [];
  if (value === null) return [{ name, value }];
  return messagesOf(value).map((item) => ({ name, value: item }));
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function own(fields: object, name: string): unknown {
  return Object.hasOwn(fields, name) ? (fields as Record<string, unknown>)[name] : undefined;
}

function messagesOf(value: unknown): (string | Uint8Array)[] {
  if (!Array.isArray(value) || isBytes(value)) {
    const single = one(value);
    return single === undefined ? [] : [single];
  }
  return value.map(one).filter((item) => item !== undefined);
}

function one(value: unknown): string | Uint8Array | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return isBytes(value) ? Uint8Array.from(value) : undefined;
}

function isBytes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number');
}

function firstText(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) && !isBytes(value) ? value[0] : value;
  const text = one(first);
  return text instanceof Uint8Array ? Buffer.from(text).toString() : text;
}
