import { visible } from '../report/text-safety.ts';
import { counted, formatBytes } from '../report/words.ts';

/** How far the reading is. */
export interface Progress {
  /** Bytes of the inputs as they lie on disk, read so far. */
  readonly bytes: number;
  /** Size of the inputs on disk; undefined where it cannot be known. */
  readonly total?: number;
  readonly files: number;
}

const REDRAW_MS = 100;
/** Before this, an estimate would jump about. */
const ESTIMATE_AFTER_MS = 1000;

/** One line on a terminal that is drawn over and erased at the end. */
export class ProgressLine {
  readonly #terminal: NodeJS.WriteStream;
  readonly #now: () => number;
  readonly #started: number;
  #drawn = Number.NEGATIVE_INFINITY;
  #stage = '';
  #progress: Progress = { bytes: 0, files: 0 };

  constructor(terminal: NodeJS.WriteStream, now: () => number) {
    this.#terminal = terminal;
    this.#now = now;
    this.#started = now();
  }

  enter(stage: string): void {
    this.#stage = stage;
    this.#draw();
  }

  update(progress: Progress): void {
    this.#progress = progress;
    if (this.#now() - this.#drawn >= REDRAW_MS) this.#draw();
  }

  #draw(): void {
    this.#drawn = this.#now();
    const width = (this.#terminal.columns ?? 80) - 1;
    const text = progressText(this.#stage, this.#progress, this.#drawn - this.#started);
    this.#terminal.write(`\r\u001b[K${text.slice(0, width)}`);
  }

  erase(): void {
    if (this.#drawn !== Number.NEGATIVE_INFINITY) this.#terminal.write('\r\u001b[K');
  }
}

export function progressText(stage: string, progress: Progress, elapsedMs: number): string {
  const { bytes, total, files } = progress;
  const known = total !== undefined && total > 0;
  const share = known ? Math.min(1, bytes / total) : 0;
  const estimate = known && elapsedMs >= ESTIMATE_AFTER_MS && share > 0.01 && share < 1;
  return [
    visible(stage),
    known ? `${Math.floor(share * 100)} % of ${formatBytes(total)}` : formatBytes(bytes),
    counted(files, 'file'),
    ...(estimate ? [`${seconds((elapsedMs * (1 - share)) / share)} left`] : []),
  ].join(', ');
}

function seconds(ms: number): string {
  const whole = Math.ceil(ms / 1000);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Time spent in each stage. */
export class StageTimes {
  readonly #now: () => number;
  readonly #spent = new Map<string, number>();
  #stage: string | undefined;
  #since: number;

  constructor(now: () => number) {
    this.#now = now;
    this.#since = now();
  }

  enter(stage: string | undefined): void {
    if (stage === this.#stage) return;
    const now = this.#now();
    const before = this.#stage ?? 'start';
    this.#spent.set(before, (this.#spent.get(before) ?? 0) + now - this.#since);
    this.#stage = stage;
    this.#since = now;
  }

  /** `read 1.2 s`, in the order of the stages. */
  lines(): string[] {
    return [...this.#spent].map(([stage, ms]) => `${visible(stage).padEnd(12)} ${(ms / 1000).toFixed(3)} s`);
  }
}
