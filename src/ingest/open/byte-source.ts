/** Why a stream of bytes stopped before its proper end. */
export interface Failure {
  readonly kind: 'truncated' | 'corrupt' | 'limit' | 'unreadable';
  readonly detail: string;
}

/** Bytes that are pulled. A chunk stays valid after the next call, until its taker lets go of it or releases it. */
export interface ByteSource {
  /** The source uses the memory of its chunks again: who keeps them for long copies them, and releases them. */
  readonly isLent?: boolean;
  /** Gives a chunk back, exactly as it was read. */
  release?(chunk: Uint8Array): void;
  /** The next chunk, never empty; undefined at the end, proper or not. Never rejects: see `failure`. */
  read(): Promise<Uint8Array | undefined>;
  /** Set once `read` has returned undefined where the bytes did not end properly. */
  readonly failure: Failure | undefined;
  /** Lets go of threads, handles and buffers. Safe to call at any time, more than once. */
  close(): Promise<void>;
}

export const CHUNK_BYTES = 256 * 1024;

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
