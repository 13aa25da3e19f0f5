import type { BootEnding } from '../../../model/facts.ts';
import type { SourceSummary } from '../../../model/ingest.ts';
import type { LogLine } from '../../../model/log-line.ts';
import { cleaned } from '../decoder.ts';

/** So many bytes before a boot tell how the boot before it ended. */
export const TAIL_BYTES = 8 * 1024;
/** Services stop at other times too, and journald when the initial ramdisk hands over: only the very last lines count. */
const STOPPED_LINES = 4;
const JUDGED_LINES = 60;
const HEAD = 1024;

const WATCHDOG =
  /watchdog: .{0,80}\b(?:hard|soft) lockup\b|Watchdog detected hard LOCKUP|panic - not syncing: (?:hard|soft)[ -]?lockup|watchdog did not stop!|watchdog: (?:watchdog\d+: )?.{0,40}(?:hard )?reset/i;
const PANIC = /Kernel panic - not syncing/;
const CLEAN =
  /systemd-shutdown\[\d+\]: |systemd-logind\[\d+\]: (?:System is|The system will) (?:powering|reboot|power)|Reached target .{0,60}(?:Power[- ]?Off|Reboot|Shutdown|Final Step|Halt)\b|systemd\[1\]: Shutting down\.|reboot: (?:Restarting system|Power down|System halted)/;
const STOPPED = /systemd-journal(?:d)?\[\d+\]: (?:Journal stopped|Received SIGTERM)|systemd\[1\]: Stopp(?:ed|ing) /;

/** Where a boot begins: what stands before is the end of the one before it. */
const MARKER = /^-- (?:Boot [0-9a-f]|Reboot --)/;
const FIRST = /(?:kernel: |\] |^)Linux version \d/;

/** How a boot ended, by its last lines. */
export interface BootEnd {
  /** Absent where the lines break off without a word. */
  readonly ending?: BootEnding;
  readonly last?: { readonly text: string; readonly line: number };
}

/**
 * Judges the end of a boot by the text before the line numbered `nextLine`. In a log of several hosts only the lines that
 * name `host` count.
 */
export function bootEnd(tail: string, nextLine: number, host?: string): BootEnd {
  const lines = tail.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const own: string[] = [];
  let last: BootEnd['last'];
  for (let back = 1; back <= lines.length && own.length < JUDGED_LINES; back++) {
    const text = lines[lines.length - back]!;
    if (own.length > 0 && host === undefined && MARKER.test(text)) break;
    if (text.trim() === '' || text.startsWith('-- ') || (host !== undefined && !text.includes(` ${host} `))) continue;
    last ??= { text, line: nextLine - back };
    own.push(text);
    if (FIRST.test(text)) break;
  }
  const ending = endingOf(own);
  return { ...(ending !== undefined && { ending }), ...(last !== undefined && { last }) };
}

export type ToldEnd = Pick<SourceSummary['boots'][number], 'ending' | 'last'>;

/** The end with the time of its last line and that line as text; `parse` takes its bytes as Latin-1. */
export function toldEnd({ ending, last }: BootEnd, parse: (text: string) => LogLine | undefined): ToldEnd {
  if (last === undefined) return {};
  const head = last.text.slice(0, HEAD);
  const at = parse(cleaned(head))?.at;
  const text = Buffer.from(head, 'latin1').toString();
  return {
    ...(ending !== undefined && { ending }),
    last: { ...last, text, ...(at !== undefined && { at }) },
  };
}

/** `lines` are the last ones, the very last first. */
function endingOf(lines: readonly string[]): BootEnding | undefined {
  if (lines.some((line) => WATCHDOG.test(line))) return 'watchdog';
  if (lines.some((line) => PANIC.test(line))) return 'panic';
  const isStopped = lines.slice(0, STOPPED_LINES).some((line) => STOPPED.test(line));
  return isStopped || lines.some((line) => CLEAN.test(line)) ? 'clean' : undefined;
}
