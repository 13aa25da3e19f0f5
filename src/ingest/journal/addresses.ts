import type { FieldGroup, JournalField } from '../../model/journal-entry.ts';
import type { EntryHead } from './objects.ts';

const TWO_32 = 0x1_0000_0000;
const HUNDRED_MILLION = 100_000_000;
const EMPTY = Buffer.alloc(0);

/** More bytes than the fields of any entry. */
export const LONGEST_ADDRESS = 512;

/** `00` to `ff`. */
const HEX_PAIRS = pairsOf(16);
/** `00` to `99`. */
const DECIMAL_PAIRS = pairsOf(10);

const BOOT = bytesOf(';b=');
const MONOTONIC = bytesOf(';m=');
const REALTIME = bytesOf(';t=');
const HASH = bytesOf(';x=');
const REALTIME_FIELD = bytesOf('\n__REALTIME_TIMESTAMP=');
const MONOTONIC_FIELD = bytesOf('\n__MONOTONIC_TIMESTAMP=');

/** The digits of a number before its last eight: as many times a hundred million, and as text. */
interface Upper {
  value: number;
  text: Buffer;
}

/**
 * What journalctl puts before the fields of an entry: `__CURSOR` (`s=` sequence id, `i=` number, `b=` boot, `m=`, `t=` times,
 * `x=` hash, in hexadecimal), both times and the boot. Written as bytes, since making strings of them takes longer than
 * reading the entry.
 */
export class Addresses {
  readonly #cursor: Buffer;
  #bytes: Buffer = EMPTY;
  #at = 0;
  readonly #realtime: Upper = { value: 0, text: EMPTY };
  readonly #monotonic: Upper = { value: 0, text: EMPTY };
  #bootId = '';
  #boot: Buffer = EMPTY;
  #bootField: Buffer = EMPTY;

  constructor(sequenceId: string) {
    this.#cursor = bytesOf(`__CURSOR=s=${sequenceId};i=`);
  }

  /** The address as fields. */
  of(head: EntryHead): FieldGroup {
    const bytes = Buffer.allocUnsafe(LONGEST_ADDRESS);
    const lines = bytes.toString('latin1', 0, this.write(head, bytes, 0) - 1).split('\n');
    return { fields: lines.map(fieldOf) };
  }

  /** Writes it to `bytes` from `at` on, and tells where it ends. */
  write(head: EntryHead, bytes: Buffer, at: number): number {
    if (head.bootId !== this.#bootId) this.#newBoot(head.bootId);
    this.#bytes = bytes;
    this.#at = at;
    this.#copy(this.#cursor);
    this.#hex(head.sequence);
    this.#copy(BOOT);
    this.#copy(this.#boot);
    this.#copy(MONOTONIC);
    this.#hex(head.monotonic);
    this.#copy(REALTIME);
    this.#hex(head.realtime);
    this.#copy(HASH);
    this.#hexWords(head.hashHigh, head.hashLow);
    this.#copy(REALTIME_FIELD);
    this.#decimal(head.realtime, this.#realtime);
    this.#copy(MONOTONIC_FIELD);
    this.#decimal(head.monotonic, this.#monotonic);
    this.#copy(this.#bootField);
    return this.#at;
  }

  #newBoot(bootId: string): void {
    this.#bootId = bootId;
    this.#boot = bytesOf(bootId);
    this.#bootField = bytesOf(`\n_BOOT_ID=${bootId}\n`);
  }

  #copy(text: Buffer): void {
    this.#bytes.set(text, this.#at);
    this.#at += text.length;
  }

  /** Without leading zeros. */
  #hex(value: number): void {
    this.#hexWords(Math.floor(value / TWO_32), value >>> 0);
  }

  #hexWords(high: number, low: number): void {
    if (high === 0) this.#digits(low, 8 - (Math.clz32(low | 1) >>> 2));
    else {
      this.#digits(high, 8 - (Math.clz32(high) >>> 2));
      this.#digits(low, 8);
    }
  }

  /** The last `count` hexadecimal digits. */
  #digits(value: number, count: number): void {
    const bytes = this.#bytes;
    const start = this.#at;
    let rest = value | 0;
    let at = start + count;
    this.#at = at;
    for (; at > start + 1; rest >>>= 8) {
      const pair = (rest & 255) << 1;
      bytes[--at] = HEX_PAIRS[pair + 1]!;
      bytes[--at] = HEX_PAIRS[pair]!;
    }
    if (at > start) bytes[start] = HEX_PAIRS[((rest & 15) << 1) + 1]!;
  }

  #decimal(value: number, known: Upper): void {
    // Times share their upper digits with the entry before for a minute and a half.
    let low = value - known.value;
    if (low < 0 || low >= HUNDRED_MILLION) {
      const high = Math.floor(value / HUNDRED_MILLION);
      known.value = high * HUNDRED_MILLION;
      known.text = bytesOf(high === 0 ? '' : String(high));
      low = value - known.value;
    }
    this.#copy(known.text);
    this.#decimals(low, known.value === 0 ? lengthOf(low) : 8);
  }

  /** The last `count` decimal digits. */
  #decimals(value: number, count: number): void {
    const bytes = this.#bytes;
    const start = this.#at;
    let rest = value;
    let at = start + count;
    this.#at = at;
    while (at > start + 1) {
      const above = (rest / 100) | 0;
      const pair = (rest - above * 100) << 1;
      rest = above;
      bytes[--at] = DECIMAL_PAIRS[pair + 1]!;
      bytes[--at] = DECIMAL_PAIRS[pair]!;
    }
    if (at > start) bytes[start] = DECIMAL_PAIRS[((rest % 10) << 1) + 1]!;
  }
}

/** Of `NAME=value`. */
function fieldOf(line: string): JournalField {
  const equals = line.indexOf('=');
  return { name: line.slice(0, equals), value: line.slice(equals + 1) };
}

function lengthOf(value: number): number {
  let length = 1;
  for (let over = 10; over <= value; over *= 10) length++;
  return length;
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

function pairsOf(base: 10 | 16): Buffer {
  const numbers = Array.from({ length: base * base }, (_, value) => value.toString(base).padStart(2, '0'));
  return bytesOf(numbers.join(''));
}
