import type { BootEnding } from '../../../model/facts.ts';
import type { SourceSummary } from '../../../model/ingest.ts';
import { type Micros, SECOND, type Stamp } from '../../../model/time.ts';
import { isoAt } from '../parse/iso.ts';
import { absolute } from '../parse/log-line.ts';

const MOST_BOOTS = 1000;
/** A kernel's first line and journalctl's marker before it are one boot. */
const SAME_BOOT_LINES = 20;
const MOST_QUOTED = 9;
const QUOTE_LAG = 5 * SECOND;

interface Boot {
  host: string | undefined;
  id: string | undefined;
  at: Stamp | undefined;
  line: number;
  /** The marker has been seen, the boot's first line not yet. */
  open: boolean;
  /** When it began, by the times that its lines quote. */
  quoted?: Micros[];
  /** Which of the boots that the log's lines count from it is. */
  readonly run: number;
  /** It was journalctl's own words that showed it. */
  readonly byMarker?: boolean;
  end?: SourceSummary['boots'][number]['last'];
  ending?: BootEnding;
}

/** Tells how a host's last boot before a place ended; the host is left out where the log is of one. */
export type EndBefore = (host: string | undefined) => Pick<SourceSummary['boots'][number], 'ending' | 'last'>;

/** Collects the boots that a log shows. */
export class BootList {
  readonly #boots: Boot[] = [];
  readonly #merged: boolean;
  /** Whether boots are told apart by their times: then each has a run of its own. */
  readonly #byRun: boolean;
  #open = 0;

  constructor(merged: boolean, byRun = false) {
    this.#merged = merged;
    this.#byRun = byRun;
  }

  /** Whether a marker waits for the first line of its boot. */
  get isWaiting(): boolean {
    return this.#open > 0;
  }

  marker(host: string | undefined, id: string | undefined, line: number, before?: EndBefore, run = 0): void {
    // A region's kernel lines are looked for before its markers are read.
    const shown = this.#boots.find((boot) =>
      this.#byRun ? boot.run === run : boot.line > line && boot.line - line < SAME_BOOT_LINES,
    );
    if (shown !== undefined) {
      shown.id ??= id;
      if (this.#byRun) shown.line = Math.min(shown.line, line);
      if (shown.host === undefined || shown.host.startsWith('localhost')) shown.host = host ?? shown.host;
      return;
    }
    if (this.#push({ host, id, at: undefined, line, open: true, byMarker: true, run }, before)) this.#open++;
  }

  /** A line of `host` after a marker. In a merged log only the same host's line can be the boot's first. */
  spoke(host: string, stamp: () => Stamp | undefined): void {
    for (const boot of this.#boots) {
      if (!boot.open || (this.#merged && boot.host !== undefined && boot.host !== host)) continue;
      boot.open = false;
      boot.at = stamp();
      if (boot.host === undefined || boot.host.startsWith('localhost')) boot.host = host;
      this.#open--;
    }
  }

  /** The kernel's first line. */
  kernel(host: string | undefined, at: Stamp | undefined, line: number, before?: EndBefore): void {
    const run = at?.boot ?? 0;
    const last = this.#boots.findLast((boot) => host === undefined || boot.host === host);
    const isMarked = last?.byMarker === true && line > last.line && line - last.line < SAME_BOOT_LINES;
    if (!isMarked) this.#push({ host, id: undefined, at, line, open: false, run }, before);
  }

  /** The end of the log, or of what is known of a boot. */
  ended(end: EndBefore): void {
    const last = new Map(this.#boots.map((boot) => [this.#merged ? boot.host : undefined, boot]));
    for (const boot of last.values()) close(boot, end(this.#merged ? boot.host : undefined));
  }

  /** How the boot of this id ended, as far as has been read. */
  endedKnown(id: string, end: ReturnType<EndBefore>): void {
    const boot = this.#boots.find((known) => known.id === id);
    if (boot !== undefined) close(boot, end);
  }

  /** A boot whose id and start the entries of a structured journal state. */
  known(host: string | undefined, id: string, at: Stamp | undefined, line: number): void {
    this.#push({ host, id, at, line, open: false, run: 0 });
  }

  /** A line that states its time on the wall as well as since boot. The first one of a boot is believed. */
  anchor(host: string | undefined, bootTime: Micros, line: number, run = 0): void {
    const last = this.#boots.findLast((boot) => !this.#byRun || boot.run === run);
    if (last?.at?.clock === 'absolute') return;
    if (last === undefined) this.#push({ host, id: undefined, at: absolute(bootTime), line, open: false, run });
    else last.at = absolute(bootTime);
  }

  /** A line whose message states its time on the wall. It may quote any: several must agree. */
  quoted(host: string | undefined, bootTime: Micros, line: number, run = 0): void {
    if (!this.#byRun) return;
    const boot = this.#boots.findLast((known) => known.run === run);
    if (boot === undefined)
      this.#push({ host, id: undefined, at: undefined, line, open: false, run, quoted: [bootTime] });
    else {
      boot.quoted ??= [];
      if (boot.quoted.length < MOST_QUOTED) boot.quoted.push(bootTime);
    }
  }

  list(): SourceSummary['boots'] {
    return this.#boots.map(({ host, id, at: shown, line, ending, end, run, quoted = [] }) => {
      const at = shown?.clock === 'absolute' ? shown : (agreed(quoted) ?? shown);
      return {
        ...(host !== undefined && { host }),
        ...(id !== undefined && { id }),
        ...(at !== undefined && { at }),
        line,
        ...(run !== 0 && { run }),
        ...(ending !== undefined && { ending }),
        ...(end !== undefined && { last: end }),
      };
    });
  }

  #push(boot: Boot, before?: EndBefore): boolean {
    if (this.#boots.length >= MOST_BOOTS) return false;
    const previous = this.#boots.findLast(
      (other) => other.line < boot.line && (!this.#merged || other.host === boot.host),
    );
    if (previous !== undefined && before !== undefined) close(previous, before(this.#merged ? boot.host : undefined));
    this.#boots.push(boot);
    return true;
  }
}

/** What most of the times tell, of which two at least: the message was written just before its line was. */
function agreed(times: readonly Micros[]): Stamp | undefined {
  const sorted = times.toSorted((a, b) => a - b);
  const median = sorted[sorted.length >> 1] ?? 0;
  const near = sorted.filter((time) => Math.abs(time - median) < QUOTE_LAG);
  return near.length >= 2 && near.length * 2 > sorted.length ? absolute(near.at(-1)!) : undefined;
}

function close(boot: Boot, { ending, last }: ReturnType<EndBefore>): void {
  if (ending !== undefined) boot.ending = ending;
  if (last !== undefined) boot.end = last;
}

/**
 * The wall clock that a kernel line quotes: `rtc_cmos 00:01: setting system clock to 2024-12-03T12:01:09 UTC (1733227269)`,
 * `audit: type=2000 audit(1733227268.123:1): state=initialized`.
 */
export function wallClock(message: string): Micros | undefined {
  const rtc = message.indexOf('setting system clock to ');
  if (rtc >= 0) return isoAt(message, rtc + 24)?.micros;
  const audit = /audit\((\d{9,11})\.(\d{3}):\d+\)/.exec(message.slice(0, 512));
  return audit === null ? undefined : Number(audit[1]) * 1_000_000 + Number(audit[2]) * 1000;
}
