import type { JournalField } from '../../model/journal-entry.ts';
import type { EntryHead } from './objects.ts';

const BILLION = 1_000_000_000;
const TWO_32 = 0x1_0000_0000;
const LONGEST = 256;

/**
 * What journalctl puts before the fields of an entry: `__CURSOR` (`s=` sequence id, `i=` number, `b=` boot, `m=`, `t=` times,
 * `x=` hash, in hexadecimal), both times and the boot. Written as bytes, since making strings of them takes longer than
 * reading the entry. The bytes hold until the next entry is asked for.
 */
export class Addresses {
  readonly #bytes = Buffer.alloc(LONGEST);
  readonly #start: number;
  #at = 0;
  #boot: JournalField = { name: '_BOOT_ID', value: '', isShared: true };

  constructor(sequenceId: string) {
    this.#start = this.#bytes.write(`s=${sequenceId};i=`, 'latin1');
  }

  of(head: EntryHead): JournalField[] {
    const { bootId } = head;
    if (this.#boot.value !== bootId) this.#boot = { name: '_BOOT_ID', value: bootId, isShared: true };
    this.#at = this.#start;
    this.#hex(Math.floor(head.sequence / TWO_32), head.sequence >>> 0);
    this.#text(';b=');
    this.#text(bootId);
    this.#text(';m=');
    this.#hex(Math.floor(head.monotonic / TWO_32), head.monotonic >>> 0);
    this.#text(';t=');
    this.#hex(Math.floor(head.realtime / TWO_32), head.realtime >>> 0);
    this.#text(';x=');
    this.#hex(head.hashHigh, head.hashLow);
    return [
      { name: '__CURSOR', value: this.#bytes.subarray(0, this.#at) },
      { name: '__REALTIME_TIMESTAMP', value: this.#decimal(head.realtime) },
      { name: '__MONOTONIC_TIMESTAMP', value: this.#decimal(head.monotonic) },
      this.#boot,
    ];
  }

  #text(text: string): void {
    for (let i = 0; i < text.length; i++) this.#bytes[this.#at++] = text.charCodeAt(i);
  }

  /** Without leading zeros. */
  #hex(high: number, low: number): void {
    let isLeading = true;
    for (let shift = 60; shift >= 0; shift -= 4) {
      const digit = (shift < 32 ? low >>> shift : high >>> (shift - 32)) & 15;
      if (digit === 0 && isLeading && shift > 0) continue;
      isLeading = false;
      this.#bytes[this.#at++] = digit < 10 ? 48 + digit : 87 + digit;
    }
  }

  /** In two halves: division of small numbers is faster. */
  #decimal(value: number): Uint8Array {
    const start = this.#at;
    const high = Math.floor(value / BILLION);
    let end = start + (high === 0 ? 0 : String(high).length);
    if (high > 0) this.#text(String(high));
    end += high === 0 ? String(value).length : 9;
    let low = value - high * BILLION;
    for (let at = end - 1; at >= this.#at; at--) {
      this.#bytes[at] = 48 + (low % 10);
      low = Math.floor(low / 10);
    }
    this.#at = end;
    return this.#bytes.subarray(start, end);
  }
}
