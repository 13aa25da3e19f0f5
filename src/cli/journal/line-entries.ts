import type { SourceSummary } from '../../model/ingest.ts';
import type { JournalEntry } from '../../model/journal-entry.ts';
import type { LineDecoder, LineRegion, LineSink, LogLine } from '../../model/log-line.ts';
import { countNewlines } from '../../model/newlines.ts';
import type { Source } from '../../model/source.ts';
import type { Micros, Stamp } from '../../model/time.ts';
import { bootKey } from './overview.ts';

const NEWLINE = 10;
const LONGEST = 1024 * 1024;

/** Places a time on the wall clock; undefined where it cannot be. */
export type PlaceLine = (source: Source, host: string | undefined, stamp: Stamp) => Micros | undefined;

/** Makes entries of the lines of a journal, kernel log or console that is text. */
export class LineEntries implements LineSink {
  readonly #source: Source;
  readonly #place: PlaceLine;
  readonly #boots: SourceSummary['boots'];
  readonly #take: (entry: JournalEntry, stamp: Stamp | undefined) => void;
  #line = 0;

  constructor(
    source: Source,
    place: PlaceLine,
    boots: SourceSummary['boots'],
    take: (entry: JournalEntry, stamp: Stamp | undefined) => void,
  ) {
    this.#source = source;
    this.#place = place;
    this.#boots = boots.toSorted((a, b) => a.line - b.line);
    this.#take = take;
  }

  region(region: LineRegion, decoder: LineDecoder): void {
    const bytes = Buffer.from(region.bytes.buffer, region.bytes.byteOffset, region.bytes.byteLength);
    let index = 0;
    for (let start = region.start; start < region.end; index++) {
      const newline = bytes.indexOf(NEWLINE, start);
      const end = newline < 0 || newline >= region.end ? region.end : newline;
      const line = decoder.decode(bytes.toString('utf8', start, Math.min(end, start + LONGEST)), start);
      const isEmpty = line.message.trim() === '' || isMarker(line);
      if (!isEmpty) this.#entry(line, region.origins?.lines[index] ?? this.#line + index + 1);
      start = end + 1;
    }
    this.#line += countNewlines(bytes, region.start, region.end);
  }

  end(): void {}

  #entry(line: LogLine, number: number): void {
    const host = line.host ?? this.#source.host;
    const realtime = line.at === undefined ? undefined : this.#place(this.#source, host, line.at);
    const boot = this.#boots.findLast((one) => one.line <= number);
    this.#take(
      {
        realtime,
        sourceTime: undefined,
        monotonic: line.at?.clock === 'monotonic' ? line.at.micros : undefined,
        bootId: boot?.id,
        ...(boot !== undefined && boot.id === undefined && { unnamedBoot: bootKey(this.#source.path, boot) }),
        host,
        identifier: line.identifier ?? (this.#source.kind === 'journal' ? undefined : this.#source.kind),
        pid: line.pid?.toString(),
        unit: this.#source.unit,
        priority: undefined,
        transport: undefined,
        messages: [line.message],
        isMessageMissing: false,
      },
      line.at,
    );
  }
}

/** What journalctl itself prints between the lines. */
function isMarker(line: LogLine): boolean {
  return (
    line.identifier === undefined &&
    /^--(?:$| (?:Logs begin|Journal begins|Boot|Reboot|No entries|cursor)\b)/.test(line.message)
  );
}
