import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type BatchOptions, runBatch } from '../../batch/run-batch.ts';
import { draftIn } from '../../incidents/directory/atomic-file.ts';
import type { IncidentStore } from '../../incidents/store.ts';
import { formatBytes } from '../../report/words.ts';
import { Refusal } from './respond.ts';

export interface Upload {
  readonly id: number;
  /** What the client calls it. Only ever shown. */
  readonly name: string;
  readonly bytes: number;
  state: 'waiting' | 'analysing' | 'done' | 'failed';
  /** 0..1 */
  share?: number;
  incident?: string;
  reason?: string;
}

export interface UploadLimits {
  readonly maxBytes: number;
}

/** Uploads that wait or are received at the same time. */
const MOST_WAITING = 100;
/** Uploads that are done and still listed. */
const MOST_LISTED = 50;
const LONGEST_NAME = 200;

/** Endings that tell what kind of log a file is. The only thing of a client's name that its file here may have. */
const ENDINGS = [
  '.tar.gz',
  '.tar.xz',
  '.tar.bz2',
  '.tar.zst',
  '.tar',
  '.tgz',
  '.zip',
  '.gz',
  '.xz',
  '.bz2',
  '.zst',
  '.journal',
  '.export',
  '.log',
  '.txt',
];

/** Receives archives and analyses them one after the other. */
export class UploadQueue {
  readonly #archive: IncidentStore;
  readonly #options: Omit<BatchOptions, 'finished'>;
  readonly #limits: UploadLimits;
  readonly #uploads: Upload[] = [];
  #receiving = 0;
  #last = 0;
  #tail: Promise<void> = Promise.resolve();

  constructor(archive: IncidentStore, options: Omit<BatchOptions, 'finished'>, limits: UploadLimits) {
    this.#archive = archive;
    this.#options = options;
    this.#limits = limits;
  }

  list(): readonly Upload[] {
    return this.#uploads;
  }

  /** Takes a request's body. @throws Refusal where it is too large, or too many wait */
  async receive(request: IncomingMessage): Promise<Upload> {
    const waiting = this.#uploads.filter(({ state }) => state === 'waiting').length + this.#receiving;
    if (waiting >= MOST_WAITING) throw new Refusal(503, 'too many uploads wait; try again later');
    if (Number(request.headers['content-length'] ?? 0) > this.#limits.maxBytes) throw this.#tooLarge();
    const name = nameOf(request.headers['x-file-name']);
    const folder = draftIn(this.#options.incoming);
    const path = join(folder, `upload${endingOf(name)}`);
    this.#receiving++;
    try {
      await mkdir(folder, { recursive: true });
      const bytes = await this.#store(request, path);
      const upload: Upload = { id: ++this.#last, name, bytes, state: 'waiting' };
      this.#uploads.push(upload);
      this.#forgetOldest();
      this.#tail = this.#tail.then(() => this.#analyse(upload, folder, path));
      return upload;
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    } finally {
      this.#receiving--;
    }
  }

  /** When everything that was received is done. */
  async idle(): Promise<void> {
    await this.#tail;
  }

  async #store(request: IncomingMessage, path: string): Promise<number> {
    let bytes = 0;
    const counting = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        bytes += chunk.length;
        if (bytes > this.#limits.maxBytes) done(this.#tooLarge());
        else done(null, chunk);
      },
    });
    await pipeline(request, counting, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    return bytes;
  }

  async #analyse(upload: Upload, folder: string, path: string): Promise<void> {
    upload.state = 'analysing';
    try {
      await runBatch(this.#archive, [{ source: path, name: upload.name, shownAs: upload.name, isUrl: false }], {
        ...this.#options,
        progress(_input, bytes, total) {
          if (total !== undefined && total > 0) upload.share = Math.min(1, bytes / total);
        },
        finished(_input, outcome) {
          if (outcome.type === 'analysed') Object.assign(upload, { state: 'done', incident: outcome.incident.id });
          else if (outcome.type === 'known') Object.assign(upload, { state: 'done', incident: outcome.id });
          else if (outcome.type === 'failed') Object.assign(upload, { state: 'failed', reason: outcome.reason });
        },
      });
      if (upload.state === 'analysing') Object.assign(upload, { state: 'failed', reason: 'was interrupted' });
    } catch (error) {
      Object.assign(upload, { state: 'failed', reason: 'the archive could not be written' });
      process.stderr.write(`inquest: ${error instanceof Error ? error.message : String(error)}\n`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  #forgetOldest(): void {
    const done = this.#uploads.filter(({ state }) => state === 'done' || state === 'failed');
    for (const upload of done.slice(0, Math.max(0, done.length - MOST_LISTED))) {
      this.#uploads.splice(this.#uploads.indexOf(upload), 1);
    }
  }

  #tooLarge(): Refusal {
    return new Refusal(413, `larger than ${formatBytes(this.#limits.maxBytes)} (--max-upload)`);
  }
}

function nameOf(header: string | string[] | undefined): string {
  let name = String(header ?? '');
  try {
    name = decodeURIComponent(name);
  } catch {
    // Shown as it came.
  }
  return name.split(/[/\\]/).at(-1)!.slice(-LONGEST_NAME) || 'upload';
}

function endingOf(name: string): string {
  return ENDINGS.find((ending) => name.toLowerCase().endsWith(ending)) ?? '';
}
