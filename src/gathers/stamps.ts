import { DAY_NAMES, type Micros, MONTH_NAMES, parseTime, SECOND } from '../model/time.ts';
import type { Random } from './random.ts';

/** Parses a time written in a scenario; a malformed one is the author's mistake. */
export function at(text: string): Micros {
  const micros = parseTime(text);
  if (micros === undefined) throw new SyntaxError(`not an RFC 3339 time: ${text}`);
  return micros;
}

interface Parts {
  readonly date: Date;
  /** `2025-12-03T21:55:35.453854` */
  readonly iso: string;
  readonly micros: string;
}

function parts(time: Micros): Parts {
  const seconds = Math.floor(time / SECOND);
  const date = new Date(seconds * 1000);
  const micros = String(Math.round(time - seconds * SECOND)).padStart(6, '0');
  return { date, micros, iso: `${date.toISOString().slice(0, 19)}.${micros}` };
}

/** `2025-12-03T21:55:35Z`, as Kubernetes objects carry it. */
export function seconds(time: Micros): string {
  return `${parts(time).iso.slice(0, 19)}Z`;
}

/** `2025-12-03T21:55:35.453854Z`: leases, etcd. */
export function micros(time: Micros): string {
  return `${parts(time).iso}Z`;
}

/** The nanosecond stamp before each line of a container log. */
export function nanos(time: Micros): string {
  const { iso } = parts(time);
  return `${iso}${String((time * 7) % 1000).padStart(3, '0')}Z`;
}

/** `Dec 03 21:55:35.453854`: journalctl -o short-precise. */
export function shortPrecise(time: Micros): string {
  const { date, iso } = parts(time);
  return `${MONTH_NAMES[date.getUTCMonth()]} ${iso.slice(8, 10)} ${iso.slice(11)}`;
}

/** `Wed Dec  3 21:55:35 2025`: ctime, as keepalived prints it. */
export function ctime(time: Micros): string {
  const { date, iso } = parts(time);
  const day = String(date.getUTCDate()).padStart(2, ' ');
  return `${DAY_NAMES[date.getUTCDay()]} ${MONTH_NAMES[date.getUTCMonth()]} ${day} ${iso.slice(11, 19)} ${iso.slice(0, 4)}`;
}

/** `Dec  3 21:55:35`: syslog, as HAProxy prints it. */
export function syslog(time: Micros): string {
  return ctime(time).slice(4, 19);
}

/** `2025-12-03 21:55:35.453`: oslo.log. */
export function oslo(time: Micros): string {
  return parts(time).iso.slice(0, 23).replace('T', ' ');
}

/** `2025-12-03T21:55:35.453Z`: OVN, zap's console form. */
export function millis(time: Micros): string {
  return `${parts(time).iso.slice(0, 23)}Z`;
}

/** Go's `time.String()` in UTC with the monotonic reading that follows it in `timestamp` files. */
export function goTime(time: Micros, monotonic: number): string {
  const { iso } = parts(time);
  return `${iso.replace('T', ' ')}${String((time * 7) % 1000).padStart(3, '0')} +0000 UTC m=+${monotonic.toFixed(9)}`;
}

/** `I1203 21:55:35.453854  701002 csi_plugin.go:884] text`. */
export function klog(level: 'I' | 'W' | 'E' | 'F', time: Micros, pid: number, where: string, text: string): string {
  const { iso } = parts(time);
  return `${level}${iso.slice(5, 7)}${iso.slice(8, 10)} ${iso.slice(11)} ${String(pid).padStart(7, ' ')} ${where}] ${text}`;
}

/** Times from `from` to `to`, about `every` apart, each moved by up to a third of that. */
export function* spread(random: Random, from: Micros, to: Micros, every: number): Generator<Micros> {
  for (let time = from + Math.round(random.next() * every); time < to; time += every) {
    const moved = time + Math.round((random.next() - 0.5) * 0.66 * every);
    if (moved >= from && moved < to) yield moved;
  }
}
