/** Bytes that are being written, one after another. */
export interface ByteWriter {
  /** What comes next goes to `buffer` from `used` on, and `used` is moved behind it; both hold until `room` is called. */
  buffer: Buffer;
  used: number;
  /** Sees that so many more bytes fit into `buffer`. */
  room(length: number): void;
}
