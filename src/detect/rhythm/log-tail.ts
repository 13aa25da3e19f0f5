import type { LineDecoder, LineRegion } from '../../model/log-line.ts';

/** Only so much of the end of a log is looked at. */
export const TAIL_BYTES = 64 * 1024;
const NEWLINE = 10;

export interface TailLine {
  readonly text: string;
  /** Lines of the log from this one to its end, itself counted. */
  readonly fromEnd: number;
  /** Where it stands in the original, in transcoded journals. */
  readonly line?: number;
  readonly offset?: number;
}

/** Of logs that have ended: a gather has a thousand, and hardly two of them are read at a time. */
const spare: Buffer[] = [];
const MOST_SPARE = 4;

/** Keeps the last bytes of a log as its regions go by. */
export class LogTail {
  decoder: LineDecoder | undefined;
  #bytes: Buffer = Buffer.alloc(0);
  #used = 0;
  #lines: number[] = [];
  #offsets: number[] = [];
  #hasOrigins = false;

  add(region: LineRegion, decoder: LineDecoder): void {
    this.decoder = decoder;
    if (this.#bytes.length === 0) this.#bytes = spare.pop() ?? Buffer.allocUnsafeSlow(TAIL_BYTES * 2);
    const length = Math.min(region.end - region.start, TAIL_BYTES);
    if (this.#used + length > this.#bytes.length) {
      this.#bytes.copyWithin(0, this.#used - TAIL_BYTES, this.#used);
      this.#used = TAIL_BYTES;
    }
    this.#bytes.set(region.bytes.subarray(region.end - length, region.end), this.#used);
    this.#used += length;
    this.#addOrigins(region);
  }

  /** Nothing is asked of it any more. */
  release(): void {
    if (this.#bytes.length > 0 && spare.length < MOST_SPARE) spare.push(this.#bytes);
    this.#bytes = Buffer.alloc(0);
    this.#used = 0;
  }

  /** The last `bytes` of the log, without a line that is not whole. */
  text(bytes: number): string {
    const start = Math.max(0, this.#used - bytes);
    const text = this.#bytes.toString('latin1', start, this.#used);
    return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
  }

  lines(): TailLine[] {
    const texts = this.text(TAIL_BYTES).split('\n');
    if (texts.at(-1) === '') texts.pop();
    return texts.map((text, index) => {
      const fromEnd = texts.length - index;
      const line = this.#hasOrigins ? this.#lines.at(-fromEnd) : undefined;
      const offset = this.#hasOrigins ? this.#offsets.at(-fromEnd) : undefined;
      return {
        text,
        fromEnd,
        ...(line !== undefined && line > 0 && { line }),
        ...(offset !== undefined && { offset }),
      };
    });
  }

  get hasOrigins(): boolean {
    return this.#hasOrigins;
  }

  /** Of a whole region only the origins of the lines in its tail are kept. */
  #addOrigins({ origins, bytes, end, start }: LineRegion): void {
    if (origins === undefined) return;
    this.#hasOrigins = true;
    let wanted = 0;
    for (let at = Math.max(start, end - TAIL_BYTES); at < end; at++) if (bytes[at] === NEWLINE) wanted++;
    const from = Math.max(0, origins.lines.length - wanted - 1);
    for (let index = from; index < origins.lines.length; index++) {
      this.#lines.push(origins.lines[index]!);
      if (origins.offsets !== undefined) this.#offsets.push(origins.offsets[index]!);
    }
    const most = TAIL_BYTES;
    if (this.#lines.length > most) this.#lines = this.#lines.slice(-most / 2);
    if (this.#offsets.length > most) this.#offsets = this.#offsets.slice(-most / 2);
  }
}
