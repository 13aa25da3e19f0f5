import { statSync } from 'node:fs';
import type { BatchInput } from '../../batch/find-inputs.ts';
import type { BatchOutcome } from '../../batch/run-batch.ts';
import { clip, visible } from '../../report/text-safety.ts';
import { counted, formatMillis, percent } from '../../report/words.ts';

interface ViewOptions {
  readonly isQuiet: boolean;
  /** Milliseconds. */
  readonly now: () => number;
}

const REDRAW_MS = 200;

/** Shows how a batch goes on: a line on stdout for each archive that is done, one of progress on a terminal. */
export class BatchView {
  readonly counts = { analysed: 0, known: 0, outdated: 0, double: 0, failed: 0, reaching: 0 };
  readonly #inputs: readonly BatchInput[];
  readonly #terminal: NodeJS.WriteStream | undefined;
  readonly #options: ViewOptions;
  readonly #began: number;
  readonly #sizes: ReadonlyMap<BatchInput, number>;
  readonly #total: number;
  readonly #reading = new Map<BatchInput, number>();
  readonly #failures: string[] = [];
  #done = 0;
  /** Bytes of what was analysed, and of what needed no analysis. */
  #analysedBytes = 0;
  #skippedBytes = 0;
  #drawn = Number.NEGATIVE_INFINITY;
  #isInterrupted = false;

  constructor(inputs: readonly BatchInput[], stderr: NodeJS.WriteStream, options: ViewOptions) {
    this.#inputs = inputs;
    this.#terminal = stderr.isTTY === true && !options.isQuiet ? stderr : undefined;
    this.#options = options;
    this.#began = options.now();
    this.#sizes = new Map(inputs.map((input) => [input, sizeOf(input)]));
    this.#total = [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
  }

  started(input: BatchInput): void {
    this.#reading.set(input, 0);
    this.#draw();
  }

  progress(input: BatchInput, bytes: number): void {
    this.#reading.set(input, Math.min(bytes, this.#sizes.get(input) ?? 0));
    this.#draw();
  }

  finished(input: BatchInput, outcome: BatchOutcome, isReaching: boolean): void {
    this.#reading.delete(input);
    this.#done++;
    this.#count(outcome, isReaching);
    const size = this.#sizes.get(input) ?? 0;
    if (outcome.type === 'analysed') this.#analysedBytes += size;
    else this.#skippedBytes += size;
    if (outcome.type === 'failed') this.#failures.push(`${visible(input.source)}: ${visible(outcome.reason)}`);
    if (this.#options.isQuiet && outcome.type !== 'failed') return;
    const place = `[${String(this.#done).padStart(String(this.#inputs.length).length)}/${this.#inputs.length}]`;
    this.#erase();
    process.stdout.write(`${place} ${outcomeText(outcome)}  ${visible(input.name)}${detail(outcome)}\n`);
    this.#draw();
  }

  #count(outcome: BatchOutcome, isReaching: boolean): void {
    this.counts[outcome.type]++;
    if (outcome.type === 'known' && outcome.isOutdated) this.counts.outdated++;
    if (isReaching) this.counts.reaching++;
  }

  interrupted(): void {
    this.#isInterrupted = true;
    this.#erase();
    process.stderr.write(
      `inquest: interrupted (${this.#done} of ${this.#inputs.length} done); run it again to go on\n`,
    );
  }

  /** The sum, and what could not be analysed. */
  end(): void {
    this.#erase();
    if (this.#isInterrupted) return;
    const { analysed, known, outdated, double, failed } = this.counts;
    const parts = [
      `${analysed} analysed`,
      ...(known > 0 ? [`${known} known already`] : []),
      ...(double > 0 ? [`${double} the same as others`] : []),
      ...(failed > 0 ? [`${failed} could not be analysed`] : []),
    ];
    const lines = [`${counted(this.#inputs.length, 'archive')}: ${parts.join(', ')}`];
    if (outdated > 0)
      lines.push(`${outdated} of the known ones were analysed with other signatures; --update analyses them again`);
    process.stdout.write(`${[...lines, ...this.#failures.map((line) => `  ${line}`)].join('\n')}\n`);
  }

  #draw(): void {
    const now = this.#options.now();
    if (this.#terminal === undefined || now - this.#drawn < REDRAW_MS) return;
    this.#drawn = now;
    const text = progressText({
      done: this.#done,
      count: this.#inputs.length,
      failed: this.counts.failed,
      analysed: this.#analysedBytes + [...this.#reading.values()].reduce((sum, bytes) => sum + bytes, 0),
      skipped: this.#skippedBytes,
      total: this.#total,
      elapsedMs: now - this.#began,
      names: [...this.#reading.keys()].map(({ name }) => name),
    });
    this.#terminal.write(`\r\u001b[K${clip(text, (this.#terminal.columns ?? 80) - 1)}`);
  }

  #erase(): void {
    if (this.#terminal !== undefined) this.#terminal.write('\r\u001b[K');
    this.#drawn = Number.NEGATIVE_INFINITY;
  }
}

export interface BatchProgress {
  readonly done: number;
  readonly count: number;
  readonly failed: number;
  /** Bytes, as `skipped` and `total`. */
  readonly analysed: number;
  readonly skipped: number;
  readonly total: number;
  readonly elapsedMs: number;
  readonly names: readonly string[];
}

/** `12 of 200 done, 1 failed, 4 min 10 s left: a.tar.gz, b.tar.gz`. What needed no analysis says nothing of the time. */
export function progressText({
  done,
  count,
  failed,
  analysed,
  skipped,
  total,
  elapsedMs,
  names,
}: BatchProgress): string {
  const left = total - skipped - analysed;
  const isKnown = analysed > 0 && elapsedMs > 2000 && left > 0;
  return [
    `${done} of ${count} done`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(isKnown ? [`${duration((elapsedMs * left) / analysed)} left`] : []),
  ]
    .join(', ')
    .concat(names.length === 0 ? '' : `: ${names.map(visible).join(', ')}`);
}

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** A directory's files are not counted for a guess. */
function sizeOf({ source, isUrl }: BatchInput): number {
  if (isUrl) return 0;
  return statSync(source, { throwIfNoEntry: false })?.size ?? 0;
}

const WORDS = { analysed: 'done  ', known: 'known ', double: 'double', failed: 'FAILED' } as const;

function outcomeText(outcome: BatchOutcome): string {
  return WORDS[outcome.type];
}

function detail(outcome: BatchOutcome): string {
  switch (outcome.type) {
    case 'analysed': {
      const { causes, verdict } = outcome.incident;
      const first = causes[0];
      const found = first === undefined ? verdict.status : `${first.title} (${percent(first.confidence)})`;
      return `  ${visible(found)}  ${formatMillis(outcome.ms)}  ${outcome.incident.id}`;
    }
    case 'known':
      return `  ${outcome.id}${outcome.isOutdated ? ', other signatures' : ''}`;
    case 'double':
      return `  same content as ${visible(outcome.of)}`;
    case 'failed':
      return `  ${visible(outcome.reason)}`;
  }
}
