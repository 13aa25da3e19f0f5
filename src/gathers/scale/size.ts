const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  KI: 1024,
  MI: 1024 ** 2,
  GI: 1024 ** 3,
};

/** Parses `500MB`, `1GB`, `2GiB`, `1.5G` to bytes. Throws a RangeError for anything else. */
export function parseSize(text: string): number {
  const match = /^(\d+(?:\.\d+)?) ?([KMG]?I?)B?$/i.exec(text);
  const unit = UNITS[(match?.[2] ?? 'none').toUpperCase()];
  if (match === null || unit === undefined) throw new RangeError(`not a size: ${text}`);
  return Math.round(Number(match[1]) * unit);
}
