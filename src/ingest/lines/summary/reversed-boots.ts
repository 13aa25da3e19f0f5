import type { SourceSummary } from '../../../model/ingest.ts';
import type { LogLine } from '../../../model/log-line.ts';
import type { Stamp } from '../../../model/time.ts';
import { cleaned } from '../decoder.ts';
import { bootEnd, TAIL_BYTES, toldEnd } from './boot-end.ts';

type ShownBoot = SourceSummary['boots'][number];

const MOST_EDGES = 1000;

/** Where one boot ends and another begins: in a log printed newest first, the older one follows. */
export interface Edge {
  /** 0 for the start of the log. */
  readonly line: number;
  readonly by: 'start' | 'marker' | 'kernel';
  /** Which of the boots that lines count from follows. */
  readonly run: number;
  /** Of the boot that follows, by journalctl's marker. */
  readonly id?: string | undefined;
  /** When the boot before it in the log began: the time of its line that stands last. */
  readonly began?: Stamp | undefined;
}

type EndAfter = Pick<ShownBoot, 'ending' | 'last' | 'host'>;

/** Collects the boots of a log that may turn out to be printed newest first, as `journalctl -r` prints them. */
export class ReversedBoots {
  readonly #parse: (text: string) => LogLine | undefined;
  readonly #host: string | undefined;
  readonly #edges: (Edge & { end: EndAfter })[] = [];
  /** Edges whose text goes on in the next region. */
  #open: { readonly edge: Edge & { end: EndAfter }; text: string }[] = [];

  /** `host` is that of the log, where its lines name none. */
  constructor(parse: (text: string) => LogLine | undefined, host: string | undefined) {
    this.#parse = parse;
    this.#host = host;
  }

  /** `start` is where the line after the edge begins in `bytes[0, end)`. */
  add(edge: Edge, bytes: Buffer, start: number, end: number): void {
    if (this.#edges.length >= MOST_EDGES) return;
    const known = { ...edge, end: {} };
    this.#edges.push(known);
    this.#take({ edge: known, text: '' }, bytes, start, end);
  }

  /** A region that follows the last one. */
  region(bytes: Buffer, end: number): void {
    const open = this.#open;
    this.#open = [];
    for (const one of open) this.#take(one, bytes, 0, end);
  }

  /** The boots, the oldest one first; `first` is the time of the log's last line. */
  list(first: Stamp | undefined): ShownBoot[] {
    this.#settle();
    const boots: (ShownBoot & { readonly isByKernel: boolean })[] = [];
    const edges = this.#edges.toSorted((a, b) => a.line - b.line);
    if (edges.length < 2) return [];
    for (const { line, by, id, began, end } of edges) {
      const before = boots.pop();
      // The kernel's first line ends a boot's lines, and the marker of the boot before follows it at once.
      const isSame = by === 'marker' && before?.isByKernel === true && line - before.line <= 1;
      if (before !== undefined && !isSame) boots.push({ ...(began !== undefined && { at: began }), ...before });
      boots.push({ line: Math.max(1, line), isByKernel: by === 'kernel', ...(id !== undefined && { id }), ...end });
    }
    const last = boots.pop();
    if (last !== undefined) boots.push({ ...(first !== undefined && { at: first }), ...last });
    return boots
      .filter((boot) => boot.last !== undefined)
      .map(({ isByKernel: _, ...boot }) => boot)
      .toReversed();
  }

  /** The boots of `shown`, whose lines count from boot, each of them once and with the end that is its own. */
  withEnds(shown: SourceSummary['boots']): ShownBoot[] {
    this.#settle();
    const ends = new Map(this.#edges.filter(({ end }) => end.last).map(({ run, end }) => [run, end]));
    const byRun = [...Map.groupBy(shown, (boot) => boot.run ?? 0)].sort(([a], [b]) => a - b);
    return byRun.map(([run, same]) => {
      const { ending: _, last: __, ...boot } = same[0]!;
      const id = same.find((other) => other.id !== undefined)?.id;
      const at = (same.find((other) => other.at?.clock === 'absolute') ?? boot).at;
      const { ending, last } = ends.get(run) ?? {};
      return {
        ...boot,
        ...(id !== undefined && { id }),
        ...(at !== undefined && { at }),
        ...(ending !== undefined && { ending }),
        ...(last !== undefined && { last: last.at === undefined ? last : { ...last, at: { ...last.at, boot: run } } }),
      };
    });
  }

  #take(
    open: { readonly edge: Edge & { end: EndAfter }; text: string },
    bytes: Buffer,
    start: number,
    end: number,
  ): void {
    const wanted = TAIL_BYTES - open.text.length;
    const text = open.text + bytes.toString('latin1', start, Math.min(end, start + wanted));
    if (text.length >= TAIL_BYTES) open.edge.end = this.#judge(text, open.edge.line);
    else this.#open.push({ edge: open.edge, text });
  }

  #settle(): void {
    for (const { edge, text } of this.#open) edge.end = this.#judge(text, edge.line);
    this.#open = [];
  }

  /** How the boot ended whose lines, the newest first, stand after the line numbered `line`. */
  #judge(text: string, line: number): EndAfter {
    const lines = text.split('\n');
    if (text.length >= TAIL_BYTES) lines.pop();
    const { ending, last } = bootEnd(lines.toReversed().join('\n'), 0);
    if (last === undefined) return {};
    // Counted back from 0, the first of them is -1.
    const placed = { ...last, line: line - last.line };
    const host = this.#parse(cleaned(last.text))?.host ?? this.#host;
    return {
      ...toldEnd({ ...(ending !== undefined && { ending }), last: placed }, this.#parse),
      ...(host !== undefined && { host }),
    };
  }
}
