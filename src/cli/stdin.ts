import { UserError } from '../model/errors.ts';

/** Bytes; what people paste is far smaller. */
const LARGEST = 16 * 1024 * 1024;

/** All of stdin as text. Throws a `UserError` where it is too much to be pasted lines. */
export async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > LARGEST) throw new UserError('stdin holds more than 16 MiB; analyze reads whole logs');
  }
  return Buffer.concat(chunks).toString('utf8');
}
