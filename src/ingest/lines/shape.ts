import type { LineFormat } from './formats.ts';
import { auditd, klogTime, logrusTime } from './parse/application.ts';
import { gatherOutput, isCri } from './parse/container.ts';
import { isDigit, SPACE } from './parse/digits.ts';
import { type IsoTime, isoAt } from './parse/iso.ts';
import { bracketSecondsAt, ctimeAt, fullTimeAt, secondsAt, shortTimeAt, undatedHostAt } from './parse/journal.ts';
import { dmesg, dmesgCtime, kmsg } from './parse/kernel.ts';
import { isRecordedKernel } from './parse/recorder.ts';
import { syslogWire } from './parse/syslog.ts';
import { tagAt, type WriterTag } from './parse/writer-tag.ts';

/** The form that a single line has, taken by itself; undefined where it has no known one. */
export function shapeOf(line: string): LineFormat | undefined {
  const first = line.charCodeAt(0);
  if (isDigit(first)) return dated(line);
  switch (first) {
    case 91:
      return bracketed(line);
    case 123:
      return jsonShape(line);
    case 60:
      return syslogWire(line) !== undefined ? 'syslog-wire' : dmesg(line) !== undefined ? 'dmesg' : undefined;
    case 116:
      return logrusTime(line) === undefined ? worded(line) : 'logrus';
    default:
      return worded(line);
  }
}

function dated(line: string): LineFormat | undefined {
  const time = isoAt(line, 0);
  if (isRecorded(line)) return 'recorded';
  if (time !== undefined) return time.tee ? teeShape(line, time) : spacedShape(line, time);
  const seconds = secondsAt(line, 0);
  if (seconds !== undefined && hostAndTag(line, seconds.end)) return 'journal-short-unix';
  if (kmsg(line) !== undefined) return 'dmesg';
  return undatedHostAt(line) < 0 ? undefined : 'journal-undated';
}

/** Only where a kernel's time may stand in the line is it looked for. */
function isRecorded(line: string): boolean {
  return line.slice(8, 300).includes(' [') && isRecordedKernel(line);
}

function teeShape(line: string, time: IsoTime): LineFormat {
  const next = line.charCodeAt(time.end);
  if (next === 124) return 'vlog';
  if (next === 9) return 'zap-console';
  if (isCri(line, time)) return 'cri';
  if (time.comma && time.zone === 'offset') return 'dmesg-iso';
  if (time.digits > 6) return 'container';
  const isJournal = time.zone !== 'none' && (time.digits === 0 || time.digits === 6);
  if (isJournal && (hostAndTag(line, time.end) ?? tagOnly(line, time.end)) !== undefined) {
    return time.digits === 0 ? 'journal-short-iso' : 'journal-short-iso-precise';
  }
  return 'iso-text';
}

function spacedShape(line: string, time: IsoTime): LineFormat {
  const rest = line.slice(time.end, time.end + 24);
  if (/^ \d+ (?:TRACE|DEBUG|INFO|WARNING|ERROR|CRITICAL) /.test(rest)) return 'oslo';
  return /^ [A-Z] \| /.test(rest) ? 'capnslog' : 'iso-text';
}

/** ` host identifier[pid]: ` or ` host kernel: `. */
function hostAndTag(line: string, at: number): WriterTag | undefined {
  if (line.charCodeAt(at) !== SPACE) return undefined;
  const space = line.indexOf(' ', at + 1);
  const isHost = space > at + 1 && line.charCodeAt(space - 1) !== 58 && !SEVERITY.test(line.slice(at + 1, space));
  return isHost ? tagAt(line, space + 1) : undefined;
}

/** `journalctl --no-hostname`: ` kernel: ` or ` identifier[pid]: ` directly after the time. */
function tagOnly(line: string, at: number): WriterTag | undefined {
  const tag = line.charCodeAt(at) === SPACE ? tagAt(line, at + 1) : undefined;
  if (tag === undefined || tag.identifier.includes(' ')) return undefined;
  return tag.pid !== undefined || tag.identifier === 'kernel' ? tag : undefined;
}

/** What an application writes where a journal has the host: `2016-10-25T12:37:23.297265-07:00 INFO periodic_scheduler: …`. */
const SEVERITY = /^\[?(?:trace|debug|info|notice|warn|warning|error|err|crit|critical|fatal|panic)\]?$/i;

function bracketed(line: string): LineFormat | undefined {
  const seconds = bracketSecondsAt(line, 0);
  if (seconds !== undefined) {
    // A kernel line may look like one with a host: `[    1.200000] pci 0000:3b:00.0: enabling device`.
    const tag = hostAndTag(line, seconds.end);
    return tag?.pid !== undefined || tag?.identifier === 'kernel' ? 'journal-short-monotonic' : 'dmesg';
  }
  if (isRecorded(line)) return 'recorded';
  if (dmesgCtime(line) !== undefined) return 'dmesg-ctime';
  if (gatherOutput(line) !== undefined) return 'gather';
  return /^\[(?:INFO|ERROR|WARNING|FATAL)\] /.test(line) ? 'coredns' : undefined;
}

function jsonShape(line: string): LineFormat | undefined {
  if (line.includes('"apiVersion":"audit.k8s.io/')) return 'audit';
  if (!line.startsWith('{"')) return undefined;
  return /"caller":"(?:etcd|mvcc|wal|raft|rafthttp|embed|membership|snap|backend|fileutil)/.test(line.slice(0, 512))
    ? 'etcd-json'
    : 'json';
}

function worded(line: string): LineFormat | undefined {
  if (klogTime(line) !== undefined) return 'klog';
  if (isRecorded(line)) return 'recorded';
  const short = shortTimeAt(line, 0);
  if (short !== undefined && line.charCodeAt(short.end) === SPACE) {
    if (line.charCodeAt(4) === SPACE) return 'syslog';
    return short.end > 15 ? 'journal-short-precise' : 'journal-short';
  }
  if (fullTimeAt(line, 0) !== undefined) return 'journal-short-full';
  if (ctimeAt(line, 0) !== undefined) return 'keepalived';
  if (dmesg(line) !== undefined) return 'dmesg';
  if (auditd(line) !== undefined) return 'auditd';
  return undatedHostAt(line) < 0 ? undefined : 'journal-undated';
}
