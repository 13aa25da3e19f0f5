import type { FieldGroup, JournalField } from '../../model/journal-entry.ts';
import type { EntryHead } from './objects.ts';

const BILLION = 1_000_000_000;
const TWO_32 = 0x1_0000_0000;
const LONGEST = 512;
const NEWLINE = 10;
const EQUALS = 61;

/**
 * What journalctl puts before the fields of an entry: `__CURSOR` (`s=` sequence id, `i=` number, `b=` boot, `m=`, `t=` times,
 * `x=` hash, in hexadecimal), both times and the boot. Written as bytes, since making strings of them takes longer than
 * reading the entry. The bytes hold until the next entry is asked for.
 */
export class Addresses {
  readonly #bytes = Buffer.alloc(LONGEST);
  readonly #start: number;
  #at = 0;
  #bootId = '';
  readonly #bootField = Buffer.alloc('_BOOT_ID='.length + 33);

  constructor(sequenceId: string) {
    this.#start = this.#bytes.write(`__CURSOR=s=${sequenceId};i=`, 'latin1');
  }

  of(head: EntryHead): FieldGroup {
    if (head.bootId !== this.#bootId) {
      this.#bootId = head.bootId;
      this.#bootField.write(`_BOOT_ID=${head.bootId}\n`, 'latin1');
    }
    this.#at = this.#start;
    this.#hex(Math.floor(head.sequence / TWO_32), head.sequence >>> 0);
    this.#text(';b=');
    this.#at += this.#bootField.copy(this.#bytes, this.#at, '_BOOT_ID='.length, '_BOOT_ID='.length + 32);
    this.#text(';m=');
    this.#hex(Math.floor(head.monotonic / TWO_32), head.monotonic >>> 0);
    this.#text(';t=');
    this.#hex(Math.floor(head.realtime / TWO_32), head.realtime >>> 0);
    this.#text(';x=');
    this.#hex(head.hashHigh, head.hashLow);
    this.#text('\n__REALTIME_TIMESTAMP=');
    this.#decimal(head.realtime);
    this.#text('\n__MONOTONIC_TIMESTAMP=');
    this.#decimal(head.monotonic);
    this.#text('\n');
    this.#at += this.#bootField.copy(this.#bytes, this.#at);
    return new AddressGroup(this.#bytes.subarray(0, this.#at));
  }

  #text(text: string): void {
    for (let i = 0; i < text.length; i++) this.#bytes[this.#at++] = text.charCodeAt(i);
  }

  /** Without leading zeros. */
  #hex(high: number, low: number): void {
    if (high > 0) this.#digits(high, 8 - (Math.clz32(high) >> 2));
    this.#digits(low, high > 0 ? 8 : Math.max(1, 8 - (Math.clz32(low) >> 2)));
  }

  #digits(value: number, count: number): void {
    for (let shift = (count - 1) * 4; shift >= 0; shift -= 4) {
      const digit = (value >>> shift) & 15;
      this.#bytes[this.#at++] = digit < 10 ? 48 + digit : 87 + digit;
    }
  }

  /** In two halves: division of small numbers is faster. */
  #decimal(value: number): void {
    const high = Math.floor(value / BILLION);
    if (high > 0) this.#text(String(high));
    let low = (value - high * BILLION) | 0;
    const end = this.#at + (high === 0 ? String(low).length : 9);
    for (let at = end - 1; at >= this.#at; at--) {
      const rest = (low / 10) | 0;
      this.#bytes[at] = 48 + low - rest * 10;
      low = rest;
    }
    this.#at = end;
  }
}

/** Most who want an entry's fields want them as they are exported. */
class AddressGroup implements FieldGroup {
  readonly exported: Uint8Array;

  constructor(exported: Uint8Array) {
    this.exported = exported;
  }

  get fields(): readonly JournalField[] {
    const fields: JournalField[] = [];
    for (let at = 0; at < this.exported.length; ) {
      const equals = this.exported.indexOf(EQUALS, at);
      const end = this.exported.indexOf(NEWLINE, equals);
      const name = Buffer.from(this.exported.subarray(at, equals)).toString('latin1');
      fields.push({ name, value: this.exported.subarray(equals + 1, end) });
      at = end + 1;
    }
    return fields;
  }
}
