import type { LineDecoder, LineRegion, LineSink } from '../model/log-line.ts';
import { countNewlines } from '../model/newlines.ts';
import type { Source, SourceKind } from '../model/source.ts';
import type { Compiled, CompiledLog } from './compile.ts';
import { confirm, matchedPart } from './confirm.ts';
import type { Failures } from './failures.ts';
import type { Hits } from './hits.ts';
import { type Literal, Prefilter } from './literals.ts';
import { LONG_MARKS } from './novelty/error-lines.ts';
import { WATCHED } from './novelty/novelties.ts';
import { unitMatches } from './restrictions.ts';
import { SourceMasks } from './source-masks.ts';
import { Surroundings } from './surroundings.ts';

/** A cut line's time stands in its head. */
const HEAD_BYTES = 512;
const NEWLINE = 10;
const MARKS: readonly Literal[] = LONG_MARKS.map((text) => ({ text, ignoreCase: false }));

/** Scans the logs of an analysis for the literals of all signatures, and confirms candidates line by line. */
export class LogScanner {
  readonly #compiled: Compiled;
  readonly #prefilters = new Map<SourceKind, Prefilter>();
  readonly #hits: Hits;
  readonly #failures: Failures;
  readonly #sources: SourceMasks;
  readonly #fed: Uint8Array;

  constructor(compiled: Compiled, hits: Hits, failures: Failures) {
    this.#compiled = compiled;
    this.#sources = new SourceMasks(compiled.matchers);
    this.#fed = new Uint8Array(compiled.matchers.length);
    this.#hits = hits;
    this.#failures = failures;
  }

  /** Whether at least one source was right for the log matcher. */
  isFed(matcher: number): boolean {
    return this.#fed[matcher] === 1;
  }

  get masks(): SourceMasks {
    return this.#sources;
  }

  /** `marks` receives the places of the marks of errors in the region at hand. */
  open(source: Source, marks: number[] = []): LineSink {
    const prefilter = this.#prefilterFor(source.kind);
    const allowed = this.#allowedFor(source);
    return new SourceScan(source, this.#compiled, prefilter, allowed, this.#hits, this.#failures, marks);
  }

  /** One for each kind of source: of what is wanted in journals much is common in container logs, and unwanted there. */
  #prefilterFor(kind: SourceKind): Prefilter {
    let prefilter = this.#prefilters.get(kind);
    if (prefilter === undefined) {
      const { literals, byLiteral } = this.#compiled;
      const wanted = literals.flatMap((_, index) =>
        byLiteral[index]!.some((one) => mayRead(one, kind)) ? [index] : [],
      );
      const marks = WATCHED.has(kind) ? MARKS.map((_, index) => literals.length + index) : [];
      prefilter = new Prefilter([...literals, ...MARKS], [...wanted, ...marks]);
      this.#prefilters.set(kind, prefilter);
    }
    return prefilter;
  }

  #allowedFor(source: Source): Uint8Array {
    const allowed = this.#sources.allowed(source);
    const telling = this.#sources.telling(source, allowed);
    for (let id = 0; id < telling.length; id++) this.#fed[id]! |= telling[id]!;
    return allowed;
  }
}

function mayRead({ restrictions }: CompiledLog, kind: SourceKind): boolean {
  return restrictions.every(({ field, passes }) => field !== 'kind' || passes(kind));
}

class SourceScan implements LineSink {
  readonly #source: Source;
  readonly #compiled: Compiled;
  readonly #prefilter: Prefilter;
  readonly #allowed: Uint8Array;
  readonly #hits: Hits;
  readonly #failures: Failures;
  readonly #marks: number[];
  /** Bytes before the region: they tell lines of different regions apart. */
  #bytesBefore = 0;
  #countedTo = 0;
  #countedLines = 0;
  /** Start of the last line that each matcher saw: a line is confirmed once per matcher. */
  readonly #lastLine = new Map<number, number>();
  readonly #surroundings = new Surroundings();

  constructor(
    source: Source,
    compiled: Compiled,
    prefilter: Prefilter,
    allowed: Uint8Array,
    hits: Hits,
    failures: Failures,
    marks: number[],
  ) {
    this.#source = source;
    this.#compiled = compiled;
    this.#prefilter = prefilter;
    this.#allowed = allowed;
    this.#hits = hits;
    this.#failures = failures;
    this.#marks = marks;
  }

  region(region: LineRegion, decoder: LineDecoder): void {
    const bytes = Buffer.from(region.bytes.buffer, region.bytes.byteOffset, region.bytes.byteLength);
    this.#countedTo = region.start;
    this.#countedLines = 0;
    this.#surroundings.enter(region);
    this.#marks.length = 0;
    this.#prefilter.scan(region.bytes, region.start, region.end, (literal, offset) => {
      const matchers = this.#compiled.byLiteral[literal];
      if (matchers === undefined) this.#marks.push(offset);
      else
        for (const matcher of matchers) {
          if (this.#allowed[matcher.id] === 1) this.#candidate(matcher, bytes, region, offset, decoder);
        }
    });
    this.#surroundings.leave(region);
    this.#bytesBefore += region.end - region.start;
  }

  end(): void {
    this.#lastLine.clear();
  }

  #candidate(matcher: CompiledLog, bytes: Buffer, region: LineRegion, offset: number, decoder: LineDecoder): void {
    const newline = offset === region.start ? -1 : bytes.lastIndexOf(NEWLINE, offset - 1);
    const start = Math.max(newline + 1, region.start);
    const absolute = this.#bytesBefore + start - region.start;
    if (this.#lastLine.get(matcher.id) === absolute) return;
    this.#lastLine.set(matcher.id, absolute);
    const next = bytes.indexOf(NEWLINE, offset);
    const end = next < 0 || next > region.end ? region.end : next;
    const { from, to } = matchedPart(start, end, offset);
    const line = bytes.toString('latin1', from, to);
    const captures = this.#failures.guard(matcher.signature, () => confirm(matcher, line));
    if (captures === undefined) return;
    const head = from === start ? line : bytes.toString('latin1', start, Math.min(end, start + HEAD_BYTES));
    const decoded = decoder.decode(head, start);
    if (!this.#fromUnit(matcher, decoded.identifier)) return;
    const host = decoded.host ?? this.#source.host;
    const index = this.#lineIndex(bytes, start);
    this.#hits.add({
      matcher,
      path: this.#source.path,
      source: this.#source,
      ...(host !== undefined && { host }),
      keyCaptures: matcher.keyCaptures,
      captures,
      sample: { text: line, ...place(region, index), ...(decoded.at && { stamp: decoded.at }) },
      around: () => this.#surroundings.around(region, start, end),
    });
  }

  /** Where the file does not belong to one unit, the line's own identifier decides. */
  #fromUnit(matcher: CompiledLog, identifier: string | undefined): boolean {
    if (matcher.units.length === 0 || this.#source.unit !== undefined) return true;
    return identifier !== undefined && unitMatches(matcher.units, identifier);
  }

  /** Lines of the region before `offset`. Literals come in order, so counting mostly goes on where it stopped. */
  #lineIndex(bytes: Buffer, offset: number): number {
    if (offset < this.#countedTo) return this.#countedLines - countNewlines(bytes, offset, this.#countedTo);
    this.#countedLines += countNewlines(bytes, this.#countedTo, offset);
    this.#countedTo = offset;
    return this.#countedLines;
  }
}

function place(region: LineRegion, index: number): { line?: number; offset?: number } {
  if (region.origins === undefined) return { line: region.linesBefore + index + 1 };
  const line = region.origins.lines[index];
  const offset = region.origins.offsets?.[index];
  return { ...(line !== undefined && line > 0 && { line }), ...(offset !== undefined && { offset }) };
}
