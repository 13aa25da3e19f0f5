import { anyLine } from './parse/any.ts';
import { auditd, ctimeText, isoText, json, klog, logrus } from './parse/application.ts';
import { container, gatherOutput } from './parse/container.ts';
import {
  journalFull,
  journalIso,
  journalMonotonic,
  journalShort,
  journalUndated,
  journalUnix,
} from './parse/journal.ts';
import { dmesg, dmesgCtime, dmesgIso } from './parse/kernel.ts';
import type { LineParser } from './parse/log-line.ts';
import { recorded } from './parse/recorder.ts';
import { syslogWire } from './parse/syslog.ts';
import { ramdisk, windows } from './parse/wrapped.ts';

const nothing: LineParser = () => undefined;

/** Forms of logs whose lines are read as they stand. The parser named here is tried first, then any other that fits. */
const PARSERS = {
  container,
  cri: container,
  ramdisk,
  windows,
  klog,
  json,
  'etcd-json': json,
  audit: json,
  auditd,
  'zap-console': isoText,
  capnslog: isoText,
  oslo: isoText,
  vlog: isoText,
  'iso-text': isoText,
  logrus,
  'journal-short': journalShort,
  'journal-short-precise': journalShort,
  'journal-short-iso': journalIso,
  'journal-short-iso-precise': journalIso,
  'journal-short-full': journalFull,
  'journal-short-unix': journalUnix,
  'journal-short-monotonic': journalMonotonic,
  'journal-undated': journalUndated,
  syslog: journalShort,
  'syslog-wire': syslogWire,
  dmesg,
  'dmesg-ctime': dmesgCtime,
  'dmesg-iso': dmesgIso,
  recorded,
  console: (line) => dmesg(line) ?? recorded(line),
  gather: gatherOutput,
  keepalived: ctimeText,
  coredns: nothing,
  text: anyLine,
} satisfies Record<string, LineParser>;

export type LineFormat = keyof typeof PARSERS;

/** Journals whose fields are turned into lines before anything else sees them. */
export type JournalFormat =
  | 'journal-export'
  | 'journal-json'
  | 'journal-json-sse'
  | 'journal-json-seq'
  | 'journal-json-array'
  | 'journal-json-pretty'
  | 'journal-verbose';

export type Format = LineFormat | JournalFormat;

export function parserOf(format: LineFormat): LineParser {
  return PARSERS[format];
}

/** The line itself says which host wrote it. */
export function namesHosts(format: LineFormat): boolean {
  return format.startsWith('journal-') || format === 'syslog' || format === 'syslog-wire' || format === 'windows';
}

/** Whether lines count their times from boot. */
export function countsFromBoot(format: LineFormat): boolean {
  return format === 'journal-short-monotonic' || format === 'dmesg' || format === 'console';
}

/** Boot messages and clock settings of a kernel may be in it. */
export function holdsKernel(format: LineFormat): boolean {
  return (
    namesHosts(format) ||
    format.startsWith('dmesg') ||
    format === 'console' ||
    format === 'recorded' ||
    format === 'text'
  );
}
