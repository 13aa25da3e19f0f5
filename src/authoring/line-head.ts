import type { Severity } from '../model/finding.ts';
import type { SourceKind } from '../model/source.ts';

/** What stands before a line's message. */
export interface LineHead {
  /** Characters of the line before its message. */
  readonly length: number;
  readonly source?: SourceKind;
  readonly host?: string;
  /** Syslog identifier. */
  readonly identifier?: string;
  readonly severity?: Severity;
}

const ISO = '\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d+)?(?:Z|[+-]\\d\\d:?\\d\\d)?';
const SHORT = '[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?';
const JOURNAL = new RegExp(
  `^(?:${ISO}|${SHORT}) (?<host>[\\w.-]{1,253}) (?<identifier>[\\w.@/-]{1,100})(?:\\[\\d+\\])?: `,
);
const CONTAINER = new RegExp(`^${ISO} (?:std(?:out|err) [FP] )?`);
const KERNEL = /^\[ *\d+\.\d{6}\] /;
const INSTALLER = /^time="[^"]*" level=/;
const AUDIT = /^\{"kind":"Event","apiVersion":"audit\.k8s\.io\//;
const KLOG = /^(?<letter>[IWEF])\d{4} [\d:.]{8,20} +\d+ [\w.]+:\d+\] /;
const LEVEL = /\blevel"?[=:]"?(?<level>info|warn|error|fatal|panic)/;

/** Takes the prefixes off a line, and tells from them what log it is of. */
export function headOf(line: string): LineHead {
  const outer = outerHead(line);
  const rest = line.slice(outer.length);
  const klog = KLOG.exec(rest);
  const severity = severityOf(klog?.groups?.['letter'] ?? LEVEL.exec(rest)?.groups?.['level']);
  const source = outer.source ?? (klog === null ? undefined : 'container');
  const length = outer.length + (klog?.[0].length ?? 0);
  return { ...outer, length, ...(source !== undefined && { source }), ...(severity !== undefined && { severity }) };
}

function outerHead(line: string): LineHead {
  const journal = JOURNAL.exec(line);
  if (journal !== null) {
    const { host, identifier } = journal.groups as { host: string; identifier: string };
    return { length: journal[0].length, source: 'journal', host, identifier };
  }
  const kernel = KERNEL.exec(line);
  if (kernel !== null) return { length: kernel[0].length, source: 'kernel' };
  if (INSTALLER.test(line)) return { length: 0, source: 'installer' };
  if (AUDIT.test(line)) return { length: 0, source: 'audit' };
  const container = CONTAINER.exec(line);
  return container === null ? { length: 0 } : { length: container[0].length, source: 'container' };
}

function severityOf(level: string | undefined): Severity | undefined {
  if (level === undefined) return undefined;
  if (level === 'I' || level === 'info') return 'info';
  return level === 'W' || level === 'warn' ? 'warning' : 'error';
}
