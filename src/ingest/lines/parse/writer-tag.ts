import type { LogLine } from '../../../model/log-line.ts';
import type { Stamp } from '../../../model/time.ts';
import { digitsEnd, SPACE } from './digits.ts';
import { type LineOrigin, logLine } from './log-line.ts';

const LONGEST_TAG = 128;

/** Where a line's `identifier[pid]: ` ends and what it says. */
export interface WriterTag {
  readonly identifier: string;
  readonly pid?: number;
  /** Where the message starts. */
  readonly end: number;
}

/** `kubenswrapper[2511]: `, `kernel: `, `NetworkManager[1201]:` at the end of the line. */
export function tagAt(line: string, at: number): WriterTag | undefined {
  const colon = tagColon(line, at);
  if (colon <= at) return undefined;
  const end = Math.min(colon + 2, line.length);
  if (line.charCodeAt(colon - 1) === 93) {
    const bracket = line.lastIndexOf('[', colon - 1);
    if (bracket > at) {
      const pid = pidOf(line, bracket + 1, colon - 1);
      return { identifier: identifierOf(line.slice(at, bracket)), end, ...(pid !== undefined && { pid }) };
    }
  }
  const identifier = line.slice(at, colon);
  // Only an identifier that a process id follows may hold spaces: else any sentence with a colon would be one.
  return identifier.includes(' ') ? undefined : { identifier: identifierOf(identifier), end };
}

function tagColon(line: string, at: number): number {
  const limit = Math.min(line.length, at + LONGEST_TAG);
  for (let i = at; i < limit; i++) {
    if (line.charCodeAt(i) !== 58) continue;
    if (i + 1 === line.length || line.charCodeAt(i + 1) === SPACE) return i;
  }
  return -1;
}

function pidOf(line: string, at: number, end: number): number | undefined {
  return end > at && end - at < 11 && digitsEnd(line, at) === end ? Number(line.slice(at, end)) : undefined;
}

/** journalctl's with-unit modes print `kubelet.service` where others print the identifier. */
function identifierOf(text: string): string {
  return text.endsWith('.service') ? text.slice(0, -8) : text;
}

/** `host identifier[pid]: message`, or without a host as HAProxy writes it: `haproxy[12]: message`. */
export function fromHost(line: string, at: number, stamp: Stamp | undefined): LogLine {
  const space = line.indexOf(' ', at);
  if (space < 0) return logLine(line.slice(at), stamp);
  if (line.charCodeAt(space - 1) === 58) return tagged(line, at, stamp, undefined);
  return tagged(line, space + 1, stamp, line.slice(at, space));
}

function tagged(line: string, at: number, stamp: Stamp | undefined, host: string | undefined): LogLine {
  const tag = tagAt(line, at);
  if (tag === undefined) return logLine(line.slice(at), stamp, { host });
  const origin: LineOrigin = { host, identifier: tag.identifier, pid: tag.pid };
  return logLine(line.slice(tag.end), stamp, origin);
}
