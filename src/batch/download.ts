import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UserError } from '../model/errors.ts';
import { formatBytes, formatMillis } from '../report/words.ts';

export interface DownloadLimits {
  readonly maxBytes: number;
  readonly maxMs: number;
}

const MOST_REDIRECTS = 5;

/**
 * Fetches an archive into a file, over https only, redirects included.
 * @throws UserError that says why it could not; nothing is left of the file then
 */
export async function download(url: string, path: string, limits: DownloadLimits, signal?: AbortSignal): Promise<void> {
  const timeout = AbortSignal.timeout(limits.maxMs);
  try {
    const response = await follow(url, signal === undefined ? timeout : AbortSignal.any([timeout, signal]));
    const announced = Number(response.headers.get('content-length') ?? 0);
    if (announced > limits.maxBytes) throw tooLarge(limits);
    if (response.body === null) throw new UserError('the server sent nothing');
    await pipeline(Readable.fromWeb(response.body as never), ceiling(limits), createWriteStream(path, { flags: 'wx' }));
  } catch (error) {
    await rm(path, { force: true });
    if (timeout.aborted) throw new UserError(`the download took longer than ${formatMillis(limits.maxMs)}`);
    if (error instanceof UserError) throw error;
    const { message, cause } = error as Error;
    throw new UserError(`cannot be downloaded: ${cause instanceof Error ? cause.message : message}`);
  }
}

/** Redirects are followed by hand: none may lead away from https. */
async function follow(url: string, signal: AbortSignal): Promise<Response> {
  let address = new URL(url);
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    if (address.protocol !== 'https:') throw new UserError('only https addresses are downloaded');
    const response = await fetch(address, { redirect: 'manual', signal });
    const target = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || target === null) {
      if (!response.ok) throw new UserError(`the server answered ${response.status} ${response.statusText}`.trim());
      return response;
    }
    await response.body?.cancel();
    address = new URL(target, address);
  }
  throw new UserError('is redirected too often');
}

function ceiling(limits: DownloadLimits): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limits.maxBytes) done(tooLarge(limits));
      else done(null, chunk);
    },
  });
}

function tooLarge({ maxBytes }: DownloadLimits): UserError {
  return new UserError(`is larger than ${formatBytes(maxBytes)} (--max-download)`);
}
