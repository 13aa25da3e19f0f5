const FIRST_BYTES = 4096;
/** The buffer of a window that is not used any more: a gather has thousands of files, read one after the other. */
let spare: Buffer | undefined;
const LARGEST_SPARE = 1024 * 1024;

/** Bytes that have arrived and are not used up yet. Grows by doubling; what was dropped is never copied again. */
export class ByteWindow {
  bytes: Buffer = Buffer.alloc(0);
  /** First byte that is still needed. */
  start = 0;
  end = 0;

  /** Copies the chunk in. Returns by how much earlier positions moved towards 0. */
  append(chunk: Uint8Array): number {
    const moved = this.end + chunk.length > this.bytes.length ? this.makeRoom(chunk.length) : 0;
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
    return moved;
  }

  /** Nothing that it holds is needed any more. */
  release(): void {
    if (this.bytes.length <= LARGEST_SPARE && this.bytes.length > (spare?.length ?? 0)) spare = this.bytes;
    this.bytes = Buffer.alloc(0);
    this.start = 0;
    this.end = 0;
  }

  private makeRoom(more: number): number {
    if (this.bytes.length === 0) {
      this.bytes = spare ?? Buffer.allocUnsafeSlow(FIRST_BYTES);
      spare = undefined;
      if (more <= this.bytes.length) return 0;
    }
    const moved = this.start;
    const kept = this.end - moved;
    if (kept + more > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(2 * this.bytes.length, kept + more));
      this.bytes.copy(larger, 0, moved, this.end);
      this.bytes = larger;
    } else {
      this.bytes.copyWithin(0, moved, this.end);
    }
    this.start = 0;
    this.end = kept;
    return moved;
  }
}
