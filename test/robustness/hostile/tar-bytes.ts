import { Buffer } from 'node:buffer';

const BLOCK = 512;

export interface RawMember {
  readonly name: string;
  readonly body?: string | Uint8Array;
  /** What the header says of the size; that of the body where left out. */
  readonly size?: number;
  readonly type?: string;
  readonly link?: string;
}

/** A tar archive whose headers say whatever they are told to. */
export function rawTar(members: readonly RawMember[], end = true): Buffer {
  return Buffer.concat([...members.map(rawMember), Buffer.alloc(end ? 2 * BLOCK : 0)]);
}

export function rawMember({ name, body = '', size, type = '0', link = '' }: RawMember): Buffer {
  const data = Buffer.from(body as string);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 100, 'latin1');
  header.write('0000644\0', 100, 'latin1');
  writeNumber(header, size ?? data.length);
  header.write('00000000000\0', 136, 'latin1');
  header.write(type, 156, 'latin1');
  header.write(link, 157, 100, 'latin1');
  header.write('ustar\u000000', 257, 'latin1');
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return Buffer.concat([header, data, Buffer.alloc((BLOCK - (data.length % BLOCK)) % BLOCK)]);
}

/** Octal where it fits, base-256 where it does not. */
function writeNumber(header: Buffer, size: number): void {
  if (size < 8 ** 11) header.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  else {
    header[124] = 0x80;
    header.writeBigUInt64BE(BigInt(size), 128);
  }
}

/** A record of a PAX header. */
export function paxRecord(key: string, value: string): string {
  const body = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(body);
  let length = bytes + 1;
  while (String(length).length + bytes !== length) length = String(length).length + bytes;
  return `${length}${body}`;
}
