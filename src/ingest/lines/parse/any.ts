import type { LogLine } from '../../../model/log-line.ts';
import { auditd, ctimeText, isoText, json, klog, logrus } from './application.ts';
import { container, gatherOutput, isCri } from './container.ts';
import { isDigit } from './digits.ts';
import { isoAt } from './iso.ts';
import { journalFull, journalShort, journalUnix } from './journal.ts';
import { dmesg, dmesgCtime, dmesgIso, kmsg } from './kernel.ts';
import { syslogWire } from './syslog.ts';

/** Reads a line of an unknown form by its first character; undefined where it states no time. */
export function anyLine(line: string): LogLine | undefined {
  const first = line.charCodeAt(0);
  if (isDigit(first)) return datedLine(line);
  switch (first) {
    case 91:
      return dmesg(line) ?? dmesgCtime(line) ?? gatherOutput(line);
    case 123:
      return json(line);
    case 60:
      return syslogWire(line) ?? dmesg(line);
    case 116:
      return logrus(line) ?? auditd(line);
    default:
      return first >= 65 && first <= 122 ? worded(line) : undefined;
  }
}

function datedLine(line: string): LogLine | undefined {
  const time = isoAt(line, 0);
  if (time === undefined) return journalUnix(line) ?? kmsg(line);
  if (isCri(line, time) || (time.tee && time.digits === 9)) return container(line);
  return dmesgIso(line) ?? isoText(line);
}

function worded(line: string): LogLine | undefined {
  return klog(line) ?? journalShort(line) ?? journalFull(line) ?? ctimeText(line) ?? dmesg(line) ?? auditd(line);
}
