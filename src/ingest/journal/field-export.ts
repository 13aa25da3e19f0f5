import type { ByteWriter } from '../../model/byte-writer.ts';
import { Fields } from './fields.ts';
import type { JournalHeader } from './header.ts';
import { DATA, objectSize, PLACE } from './objects.ts';
import type { PagedBytes } from './paged-bytes.ts';
import { isPlainAscii, isPrintable } from './printable.ts';

const NEWLINE = 10;
const EQUALS = 61;
const LENGTH_BYTES = 8;
const LONGEST_NAME = 64;
/** The address of an entry has it already. */
const BOOT_ID = Buffer.from('_BOOT_ID');

/** Writes the fields of entries as `journalctl -o export` prints them. */
export class FieldExport {
  readonly #source: PagedBytes;
  readonly #payloadAt: number;
  readonly #fields: Fields;

  constructor(source: PagedBytes, header: JournalHeader, cacheBytes: number) {
    this.#source = source;
    this.#payloadAt = header.isCompact ? 72 : 64;
    this.#fields = new Fields(source, header, () => true, cacheBytes);
  }

  /** Writes the field at `offset`, and tells how many bytes that took; -1 where it cannot be read. */
  write(offset: number, out: ByteWriter): number {
    const source = this.#source;
    const size = objectSize(source, offset, DATA);
    if (size <= this.#payloadAt) return -1;
    if (source.bytes[source.at + 1] !== 0) return this.#unpacked(offset, out);
    if (!source.seek(offset, size)) return -1;
    const { bytes, words } = source;
    const start = source.at + this.#payloadAt;
    const end = source.at + size;
    const equals = endOfName(bytes, start, end);
    if (equals < 0) return -1;
    if (isBootId(bytes, start, equals)) return 0;
    const isText = isPlainAscii(bytes, words, start, end) || isPrintable(bytes.subarray(equals + 1, end), false);
    return isText ? textField(bytes, start, end, out) : binaryField(bytes, start, equals, end, out);
  }

  /** A field whose payload is compressed. */
  #unpacked(offset: number, out: ByteWriter): number {
    const field = this.#fields.at(offset / PLACE);
    if (field === undefined) return -1;
    const { name, value } = field;
    const end = name.length + 1 + value.length;
    const words = new Uint32Array(Math.ceil(end / 4));
    const bytes = Buffer.from(words.buffer);
    bytes.write(`${name}=`, 'latin1');
    bytes.set(value, name.length + 1);
    if (isBootId(bytes, 0, name.length)) return 0;
    const isText = isPlainAscii(bytes, words, 0, end) || isPrintable(value, false);
    return isText ? textField(bytes, 0, end, out) : binaryField(bytes, 0, name.length, end, out);
  }
}

/** Where the `=` stands behind a name that a journal would allow; -1 where there is none. */
function endOfName(bytes: Buffer, start: number, end: number): number {
  const limit = Math.min(end, start + LONGEST_NAME + 1);
  for (let at = start; at < limit; at++) {
    const byte = bytes[at]!;
    if (byte === EQUALS) return at > start ? at : -1;
    const isLetter = (byte >= 65 && byte <= 90) || byte === 95;
    const isDigit = byte >= 48 && byte <= 57;
    if (!isLetter && !(isDigit && at > start)) return -1;
  }
  return -1;
}

function isBootId(bytes: Buffer, start: number, equals: number): boolean {
  if (equals - start !== BOOT_ID.length) return false;
  for (let i = 0; i < BOOT_ID.length; i++) if (bytes[start + i] !== BOOT_ID[i]) return false;
  return true;
}

/** `NAME=text` */
function textField(bytes: Buffer, start: number, end: number, out: ByteWriter): number {
  const length = end - start + 1;
  out.room(length);
  bytes.copy(out.buffer, out.used, start, end);
  out.used += length;
  out.buffer[out.used - 1] = NEWLINE;
  return length;
}

/** `NAME`, a 64-bit length and raw bytes: what is no printable text. */
function binaryField(bytes: Buffer, start: number, equals: number, end: number, out: ByteWriter): number {
  const name = equals - start;
  const value = end - equals - 1;
  const length = name + 1 + LENGTH_BYTES + value + 1;
  out.room(length);
  const { buffer, used } = out;
  bytes.copy(buffer, used, start, equals);
  buffer[used + name] = NEWLINE;
  buffer.writeUInt32LE(value, used + name + 1);
  buffer.writeUInt32LE(0, used + name + 5);
  bytes.copy(buffer, used + name + 1 + LENGTH_BYTES, equals + 1, end);
  buffer[used + length - 1] = NEWLINE;
  out.used += length;
  return length;
}
