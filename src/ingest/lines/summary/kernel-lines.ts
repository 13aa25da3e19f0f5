import type { LogLine } from '../../../model/log-line.ts';
import { countNewlines } from '../../../model/newlines.ts';
import type { SourceDecoder } from '../decoder.ts';
import { countsFromBoot } from '../formats.ts';
import { type BootList, type EndBefore, wallClock } from './boots.ts';
import { messageTime } from './quoted-time.ts';

const FIRST_LINE = Buffer.from('Linux version ');
const WALL_CLOCKS = [Buffer.from('setting system clock to '), Buffer.from(' audit(')];
/** `crio[1877]: time="2024-12-03 …`, `NetworkManager[1201]: <info>  [1733256002.1187] …`: services say what the wall clock is, too. */
const QUOTES = [Buffer.from(': time="20'), Buffer.from(': <info>  [1')];
/** A region may be full of audit lines; one of them is enough to place a boot. */
const MOST_FOUND = 32;
const HEAD = 1024;

/** Looks for the kernel lines of a region that tell when a host booted. */
export function kernelLines(
  bytes: Buffer,
  end: number,
  decoder: SourceDecoder,
  boots: BootList,
  linesBefore: number,
  sourceHost: string | undefined,
  endBefore: (start: number, line: number) => EndBefore,
): void {
  for (const at of found(bytes, end, decoder)) {
    const start = bytes.lastIndexOf(10, at) + 1;
    const line = decoder.decode(bytes.toString('latin1', start, Math.min(end, start + HEAD)).split('\n', 1)[0]!, start);
    const number = linesBefore + countNewlines(bytes, 0, start) + 1;
    const host = line.host ?? sourceHost;
    if (isFirstLine(line)) boots.kernel(host, line.at, number, endBefore(start, number));
    const wall = line.at?.clock === 'monotonic' ? wallClock(line.message) : undefined;
    if (wall !== undefined) boots.anchor(host, wall - line.at!.micros, number, line.at!.boot);
    else if (line.at?.clock === 'monotonic') {
      const quoted = messageTime(line.message);
      if (quoted !== undefined) boots.quoted(host, quoted - line.at.micros, number, line.at.boot);
    }
  }
}

function isFirstLine(line: LogLine): boolean {
  return line.message.startsWith('Linux version ') && (line.identifier === undefined || line.identifier === 'kernel');
}

/** Of each boot in the region by itself: any of them may have audit lines in plenty. */
function found(bytes: Buffer, end: number, { format, runs }: SourceDecoder): number[] {
  const needles = countsFromBoot(format) ? [FIRST_LINE, ...WALL_CLOCKS, ...QUOTES] : [FIRST_LINE];
  const starts = runs.starts(0);
  return starts
    .flatMap((start, index) => needles.flatMap((needle) => occurrences(bytes, needle, start, starts[index + 1] ?? end)))
    .sort((a, b) => a - b);
}

function occurrences(bytes: Buffer, needle: Buffer, start: number, end: number): number[] {
  const places: number[] = [];
  const view = bytes.subarray(0, end);
  for (let at = view.indexOf(needle, start); at >= 0; at = view.indexOf(needle, at + 1)) {
    places.push(at);
    if (places.length === MOST_FOUND) break;
  }
  return places;
}
