import type { Source, SourceKind } from '../../model/source.ts';

/** Longer files are logs, whatever their first lines say. */
const LONGEST = 8192;

/** What collectors leave in place of a log that they could not fetch. */
const ERRORS: readonly RegExp[] = [
  /^options present and query resolved to log files\b/,
  /^try without specifying options$/,
  /^log not found\b/,
  /^journal output not available\b/,
  /^error: /,
  /^Error from server\b/,
  /^unable to retrieve container logs for /,
  /^failed to try resolving symlinks in path /,
  /^Unable to connect to the server: /,
  /^The connection to the server .{1,200} was refused\b/,
  /^timed out waiting for the condition$/,
  /^rpc error: code = /,
];

const NOTHING = /^-- No entries --$/;

/** These hold error text as their own content. */
const SPOKEN: ReadonlySet<SourceKind> = new Set(['gather', 'installer', 'text', 'console']);

/** Why a file holds no log: the first error of a file that holds nothing else, or undefined. */
export function collectorError(source: Source, bytes: Buffer, end: number): string | undefined {
  if (end === 0 || end > LONGEST || SPOKEN.has(source.kind)) return undefined;
  const lines = bytes
    .toString('latin1', 0, end)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const errors = lines.filter((line) => !NOTHING.test(line));
  if (lines.length > 0 && errors.length === 0) return 'no entries';
  const isError = (line: string): boolean => ERRORS.some((error) => error.test(line));
  return errors.length > 0 && errors.every(isError) ? `collector error: ${errors[0]!.slice(0, 200)}` : undefined;
}
