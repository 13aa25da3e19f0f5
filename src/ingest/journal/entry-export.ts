import type { ByteWriter } from '../../model/byte-writer.ts';
import { Addresses, LONGEST_ADDRESS } from './addresses.ts';
import { ExportedRuns, LARGEST_RUN } from './exported-runs.ts';
import { FieldExport } from './field-export.ts';
import { type JournalHeader, number64 } from './header.ts';
import { ENTRY_HEAD, type EntryHead, MOST_FIELDS, PLACE } from './objects.ts';
import type { PagedBytes } from './paged-bytes.ts';

const NEWLINE = 10;
/** How many lengths of a run are tried. */
const PROBES = 3;

/**
 * Writes entries as `journalctl -o export` prints them, from the bytes of the file: nothing is made for an entry that would have to be
 * taken away again.
 */
export class EntryExport {
  /** Fields that entries point to and that could not be read. */
  missing = 0;
  readonly #source: PagedBytes;
  readonly #isCompact: boolean;
  readonly #fields: FieldExport;
  readonly #runs: ExportedRuns;
  readonly #addresses: Addresses;
  /** Of the entry's fields, in steps of eight bytes: numbers that V8 keeps without an object. */
  readonly #places = new Uint32Array(MOST_FIELDS);
  /** How many of them, from the first on, were written before the last entry was, so that other entries have them too. */
  #shared = 0;
  /** Hashes of so many of them. */
  readonly #keys = new Int32Array(MOST_FIELDS + 1);
  /** Place of the entry that was written last. */
  #last = 0;

  constructor(source: PagedBytes, header: JournalHeader, cacheBytes: number) {
    this.#source = source;
    this.#isCompact = header.isCompact;
    this.#fields = new FieldExport(source, header, cacheBytes / 2);
    this.#runs = new ExportedRuns(cacheBytes / 2);
    this.#addresses = new Addresses(header.sequenceId);
  }

  write(head: EntryHead, out: ByteWriter): void {
    const count = this.#items(head);
    out.room(LONGEST_ADDRESS);
    out.used = this.#addresses.write(head, out.buffer, out.used);
    this.#writeFields(this.#writeRun(out), count, out);
    out.room(1);
    out.buffer[out.used++] = NEWLINE;
  }

  /** Writes the fields from the first on that stand in other entries too, and tells how many. */
  #writeRun(out: ByteWriter): number {
    const longest = this.#shared;
    // The last ones may be values that come back now and then, such as a message, behind those of the process.
    for (let count = longest; count > 0 && count > longest - PROBES; count--) {
      const known = this.#runs.find(this.#keys[count]!, this.#places, count);
      if (known === undefined) continue;
      out.room(known.length);
      out.buffer.set(known, out.used);
      out.used += known.length;
      return count;
    }
    for (let count = longest; count > 0 && count > longest - PROBES; count--) {
      if (this.#runs.isMetAgain(this.#keys[count]!)) return this.#writeNewRun(count, out);
    }
    return 0;
  }

  /** Keeps the run too, if all of it is there and was written in one piece. */
  #writeNewRun(count: number, out: ByteWriter): number {
    out.room(LARGEST_RUN);
    const start = out.used;
    const { missing } = this;
    const length = this.#writeFields(0, count, out);
    if (out.used - start === length && this.missing === missing) {
      const exported = Buffer.from(out.buffer.subarray(start, out.used));
      this.#runs.keep(this.#keys[count]!, this.#places.slice(0, count), exported);
    }
    return count;
  }

  /** Returns how many bytes they took. */
  #writeFields(from: number, to: number, out: ByteWriter): number {
    let length = 0;
    for (let item = from; item < to; item++) {
      const written = this.#fields.write(this.#places[item]! * PLACE, out);
      if (written < 0) this.missing++;
      else length += written;
    }
    return length;
  }

  /** Reads where the entry's fields stand. */
  #items(head: EntryHead): number {
    const source = this.#source;
    const isCompact = this.#isCompact;
    const itemSize = isCompact ? 4 : 16;
    const count = Math.min(head.items, MOST_FIELDS);
    this.missing += head.items - count;
    const last = this.#last;
    this.#last = head.offset / PLACE;
    this.#shared = 0;
    if (!source.seek(head.offset + ENTRY_HEAD, count * itemSize)) return 0;
    const { words } = source;
    const places = this.#places;
    let word = source.at / 4;
    let shared = 0;
    const keys = this.#keys;
    let key = 0;
    for (let item = 0; item < count; item++) {
      const place = isCompact ? words[word++]! >>> 3 : number64(words, word) / PLACE;
      if (!isCompact) word += 4;
      places[item] = place;
      if (item === shared && place < last) {
        key = (Math.imul(key, 31) + place) | 0;
        keys[++shared] = key;
      }
    }
    this.#shared = shared;
    return count;
  }
}
