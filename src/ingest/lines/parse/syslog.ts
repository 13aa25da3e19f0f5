import type { LogLine } from '../../../model/log-line.ts';
import { digitsEnd, SPACE } from './digits.ts';
import { isoAt } from './iso.ts';
import { shortTimeAt } from './journal.ts';
import { absolute, logLine, yearless } from './log-line.ts';
import { fromHost } from './writer-tag.ts';

/** Syslog lines that start with `<priority>`: RFC 3164, RFC 5424 and rsyslog's forward format. */
export function syslogWire(line: string): LogLine | undefined {
  if (line.charCodeAt(0) !== 60) return undefined;
  const close = digitsEnd(line, 1);
  if (close < 2 || close > 4 || line.charCodeAt(close) !== 62) return undefined;
  const at = close + 1;
  if (line.startsWith('1 ', at)) return rfc5424(line, at + 2);
  const short = shortTimeAt(line, at);
  if (short !== undefined) return fromHost(line, short.end + 1, yearless(short.micros));
  const iso = isoAt(line, at);
  return iso === undefined ? undefined : fromHost(line, iso.end + 1, absolute(iso.micros));
}

/** `2003-10-11T22:14:15.003Z host app procid msgid [structured data] message`; `-` stands for nothing. */
function rfc5424(line: string, at: number): LogLine | undefined {
  const time = isoAt(line, at);
  const start = time?.end ?? (line.charCodeAt(at) === 45 ? at + 1 : -1);
  if (start < 0 || line.charCodeAt(start) !== SPACE) return undefined;
  const words: string[] = [];
  let next = start + 1;
  for (let i = 0; i < 4; i++) {
    const space = line.indexOf(' ', next);
    if (space < 0) return undefined;
    words.push(line.slice(next, space));
    next = space + 1;
  }
  const [host, app, pid] = words as [string, string, string];
  return logLine(line.slice(structuredEnd(line, next)), time && absolute(time.micros), {
    host: given(host),
    identifier: given(app),
    pid: /^\d{1,10}$/.test(pid) ? Number(pid) : undefined,
  });
}

function given(word: string): string | undefined {
  return word === '-' ? undefined : word;
}

/** Skips `[id key="value"][…] `; a quote in a value is escaped with a backslash. */
function structuredEnd(line: string, at: number): number {
  if (line.charCodeAt(at) === 45) return Math.min(at + 2, line.length);
  let quoted = false;
  for (let i = at; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 34) quoted = !quoted;
    else if (code === SPACE && !quoted && line.charCodeAt(i - 1) === 93) return i + 1;
  }
  return at;
}
