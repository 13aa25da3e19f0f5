import { openLines } from '../../../src/ingest/lines/open-lines.ts';
import type { SourceSummary } from '../../../src/model/ingest.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import type { LogLine } from '../../../src/model/log-line.ts';
import type { Source } from '../../../src/model/source.ts';
import { formatTime, type Stamp } from '../../../src/model/time.ts';

export interface ReadLine {
  readonly text: string;
  /** Line in the original file. */
  readonly line: number;
  readonly decoded: LogLine;
}

export interface ReadLog {
  readonly lines: readonly ReadLine[];
  /** Length of each region in bytes, and whether it ended with a newline. */
  readonly regions: readonly { readonly bytes: number; readonly isWhole: boolean; readonly isAligned: boolean }[];
  readonly summary: SourceSummary;
  readonly notes: readonly string[];
  readonly skipped: readonly string[];
  readonly ends: number;
}

export interface ReadOptions {
  readonly source?: Partial<Source>;
  /** Sizes of the chunks that the bytes come in, used in turn. */
  readonly chunks?: readonly number[];
  readonly truncated?: boolean;
}

/** Reads a log as the engine does: decodes every line, counts lines by newlines where a region states no origins. */
export function readLog(content: string | Uint8Array, options: ReadOptions = {}): ReadLog {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const lines: ReadLine[] = [];
  const regions: ReadLog['regions'][number][] = [];
  const notes: string[] = [];
  const skipped: string[] = [];
  const summaries: SourceSummary[] = [];
  let ends = 0;
  let linesBefore = 0;
  const writer = openLines(
    { path: 'a.log', kind: 'text', ...options.source },
    {
      region(region, decoder) {
        const view = Buffer.from(region.bytes.buffer, region.bytes.byteOffset, region.bytes.byteLength);
        let index = 0;
        for (let start = region.start; start < region.end; index++) {
          const newline = view.indexOf(10, start);
          const end = newline < 0 || newline >= region.end ? region.end : newline;
          const text = view.toString('latin1', start, end);
          const line = region.origins?.lines[index] ?? linesBefore + index + 1;
          lines.push({ text, line, decoded: decoder.decode(text, start) });
          start = end + 1;
        }
        const isWhole = view[region.end - 1] === 10;
        linesBefore += isWhole ? index : index - 1;
        const isAligned = (region.bytes.byteOffset + region.start) % 4 === 0;
        regions.push({ bytes: region.end - region.start, isWhole, isAligned });
      },
      end() {
        ends++;
      },
    },
    {
      limits: DEFAULT_LIMITS,
      notes: { note: (text) => notes.push(text), skip: (source, reason) => skipped.push(`${source}: ${reason}`) },
      summary: (summary) => summaries.push(summary),
    },
  );
  writeChunks(writer, bytes, options.chunks ?? [bytes.length]);
  writer.end(options.truncated ?? false);
  if (summaries.length !== 1) throw new Error(`${summaries.length} summaries`);
  return { lines, regions, summary: summaries[0]!, notes, skipped, ends };
}

function writeChunks(writer: { write(chunk: Uint8Array): void }, bytes: Uint8Array, sizes: readonly number[]): void {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const size = Math.max(sizes[turn % sizes.length]!, 1);
    // The giver may overwrite its chunk afterwards.
    const chunk = Uint8Array.from(bytes.subarray(at, at + size));
    writer.write(chunk);
    chunk.fill(0x58);
    at += size;
  }
}

/** `2024-12-03T20:00:00Z`, `yearless 12-03T20:00:00Z`, `monotonic 41.5`. */
export function stampText(stamp: Stamp | undefined): string {
  if (stamp === undefined) return 'none';
  if (stamp.clock === 'absolute') return formatTime(stamp.micros);
  if (stamp.clock === 'monotonic') return `monotonic ${stamp.micros / 1e6}`;
  return `yearless ${formatTime(stamp.micros + Date.UTC(2000, 0, 1) * 1000).slice(5)}`;
}

/** Time, host, identifier, pid and message of a decoded line, for comparison at a glance. */
export function told(line: LogLine): string {
  const writer = [line.host, line.identifier, line.pid].map((part) => part ?? '-').join(' ');
  return `${stampText(line.at)} | ${writer} | ${line.message}`;
}
