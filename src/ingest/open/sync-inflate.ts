import zlib from 'node:zlib';
import type { Failure } from './byte-source.ts';
import { explainInflate } from './inflate-source.ts';

/** The binding under a zlib stream: zlib itself, which says by `state` what a call left of output room and of input. */
interface Binding {
  readonly stream: zlib.Gunzip;
  readonly state: Uint32Array;
  writeSync(
    flush: number,
    input: Uint8Array,
    at: number,
    length: number,
    out: Uint8Array,
    to: number,
    room: number,
  ): void;
}

const OUTPUT_LEFT = 0;
const INPUT_LEFT = 1;
const NOTHING = new Uint8Array(0);

/** Whether this Node lets zlib be called without its stream. */
export function canInflateSync(): boolean {
  const binding = open();
  binding?.stream.destroy();
  return binding !== undefined;
}

/**
 * Decompresses gzip where it is called, into memory that the caller gives. Node's streams hand each piece to a thread of the
 * pool and wait for word of it, and make a buffer for each piece: on a thread that has nothing else to do, that took as long
 * as the decompression. What a damaged stream gives before its end is the same as with `InflateSource`, for inputs of
 * the same lengths.
 */
export class SyncInflate {
  failure: Failure | undefined;
  /** Nothing more will come: the data has ended, properly or not. */
  hasEnded = false;
  readonly #binding: Binding;
  #input: Uint8Array = NOTHING;
  #flush: number = zlib.constants.Z_NO_FLUSH;

  constructor() {
    const binding = open();
    if (binding === undefined) throw new Error('this Node has no synchronous zlib streams');
    this.#binding = binding;
    // It is told at once by `errored`, and once more by this event.
    binding.stream.on('error', () => undefined);
  }

  /** The compressed bytes that `fill` takes from; to be called once that has room left over. */
  give(input: Uint8Array): void {
    this.#input = input;
  }

  /** No more compressed bytes follow. */
  finish(): void {
    this.#flush = zlib.constants.Z_FINISH;
    this.#input = NOTHING;
  }

  /** Decompresses into `out` from `at` on. Returns the bytes written; where they leave room, all input was used. */
  fill(out: Uint8Array, at: number): number {
    const room = out.length - at;
    const { stream, state } = this.#binding;
    this.#binding.writeSync(this.#flush, this.#input, 0, this.#input.length, out, at, room);
    if (stream.errored) {
      this.failure = explainInflate(stream.errored);
      this.hasEnded = true;
      return 0;
    }
    this.#input = this.#input.subarray(this.#input.length - state[INPUT_LEFT]!);
    const left = state[OUTPUT_LEFT]!;
    // Zeros behind the last member, as tapes have them. After a last call with room left over, all has come.
    if (left > 0 && (this.#input.length > 0 || this.#flush === zlib.constants.Z_FINISH)) this.hasEnded = true;
    return room - left;
  }

  close(): void {
    this.#binding.stream.destroy();
  }
}

function open(): Binding | undefined {
  const stream = zlib.createGunzip();
  const { _handle: handle, _writeState: state } = stream as unknown as {
    _handle?: Pick<Binding, 'writeSync'>;
    _writeState?: unknown;
  };
  if (typeof handle?.writeSync === 'function' && state instanceof Uint32Array) {
    return { stream, state, writeSync: handle.writeSync.bind(handle) };
  }
  stream.destroy();
  return undefined;
}
