/** Size of the buffers that logs are collected in: large enough to amortise a region, small enough for the L2 cache. */
export const REGION_BYTES = 256 * 1024;

const KEPT = 8;

const free: Buffer[] = [];

/** A buffer of `REGION_BYTES`, aligned to words. Thousands of small logs would otherwise allocate one each. */
export function takeBuffer(): Buffer {
  return free.pop() ?? Buffer.allocUnsafeSlow(REGION_BYTES);
}

export function giveBack(buffer: Buffer): void {
  if (buffer.length === REGION_BYTES && free.length < KEPT && !free.includes(buffer)) free.push(buffer);
}
