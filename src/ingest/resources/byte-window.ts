/** Bytes that have arrived and are not used up yet. Grows by doubling; what was dropped is never copied again. */
export class ByteWindow {
  bytes: Buffer = Buffer.allocUnsafe(4096);
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

  private makeRoom(more: number): number {
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
