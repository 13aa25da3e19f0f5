import type { LogLine } from '../../../model/log-line.ts';
import { DAY, type Micros, SECOND } from '../../../model/time.ts';
import { jsonTime, logrusTime } from '../parse/application.ts';
import { isoAt } from '../parse/iso.ts';
import { nearestYear } from './order.ts';

/**
 * The full time that a yearless journal line's message states itself, which tells the line's year:
 * `crio[1877]: time="2024-12-03 12:01:40.131886104Z" level=info`, `NetworkManager[1201]: <info>  [1733256002.1187] device`.
 * A time that does not agree with the line's own is something else.
 */
export function quotedTime(line: LogLine): Micros | undefined {
  if (line.at?.clock !== 'yearless') return undefined;
  const quoted = messageTime(line.message);
  if (quoted === undefined) return undefined;
  const placed = nearestYear(line.at.micros, quoted);
  return placed !== undefined && Math.abs(placed - quoted) < DAY ? placed : undefined;
}

/** The full time that a message begins with, as many services write it. */
export function messageTime(message: string): Micros | undefined {
  switch (message.charCodeAt(0)) {
    case 116:
      return logrusTime(message);
    case 123:
      return jsonTime(message);
    case 60: {
      const epoch = /^<[a-z]+> {1,3}\[(\d{9,10})\.\d{4}\]/.exec(message.slice(0, 40))?.[1];
      return epoch === undefined ? undefined : Number(epoch) * SECOND;
    }
    default:
      return isoAt(message, 0)?.micros;
  }
}
