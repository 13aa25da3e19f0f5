import { type Classified, known, log } from './classified.ts';
import { plainName, unitOf } from './path-parts.ts';

/** The host that a sosreport's directory is named after, without label and case number. */
export function sosHost(path: string): string | undefined {
  const named = /(?:^|\/)sosreport-([^/]+?)(?:-\d{8})?-\d{4}-\d\d-\d\d-[a-z]{7}(?:\/|!|\.tar|$)/.exec(path);
  return named?.[1];
}

/** `sos_commands/<plugin>/<mangled command>`. */
export function classifySosCommand(rest: readonly string[], path: string): Classified | undefined {
  const command = plainName(rest.at(-1) ?? '');
  const host = sosHost(path);
  if (rest.length < 2) return undefined;
  if (/^(?:host|general)$/.test(rest.at(-2) ?? '') && /^hostname(?:ctl)?(?:_|$)/.test(command)) {
    return { type: 'stamp', family: 'hostname' };
  }
  if (/^journalctl_.*(?:--disk-usage|--list-boots|--verify|--header)/.test(command)) return known('sos-command');
  if (command.startsWith('journalctl')) {
    const unit = /--unit[_=]([A-Za-z0-9@.-]+)/.exec(command)?.[1];
    return log('journal', 'journal', { host, unit: unit === undefined ? undefined : unitOf(unit) });
  }
  if (/^dmesg(?:_|$)/.test(command)) return log('dmesg', 'kernel', { host });
  if (/^crictl_logs/.test(command)) return log('container-log', 'container', { host, instance: 'current' });
  return known('sos-command');
}

/** `var/log/…` of a sosreport or of any copy of a host's own log directory. */
export function classifyVarLog(rest: readonly string[], path: string): Classified | undefined {
  const name = plainName(rest.at(-1) ?? '');
  const host = sosHost(path);
  if (rest[0] === 'journal') return log('journal', 'journal', { host });
  if (rest[0] === 'pods' || rest[0] === 'containers') return undefined;
  if (/^(?:messages|syslog|secure|auth\.log|cron|daemon\.log)(?:[-.]\d+)?$/.test(name)) {
    return log('syslog', 'journal', { host });
  }
  if (/^(?:kern\.log|dmesg)(?:[-.]\d+)?$/.test(name)) return log('dmesg', 'kernel', { host });
  if (/^audit[-.\w]*\.log$/.test(name) && /apiserver$/.test(rest.at(-2) ?? ''))
    return log('audit-log', 'audit', { host });
  if (rest[0] === 'audit') return log('audit-log', 'text', { host });
  return log('host-log', 'text', { host });
}

/** `var/spool/abrt/<problem>/<element>`: what abrt keeps of a crash. Of the kernel's it is the oops itself. */
export function classifyProblem(rest: readonly string[], path: string): Classified | undefined {
  const [problem, element] = rest;
  if (problem === undefined || element === undefined || rest.length !== 2) return undefined;
  const host = sosHost(path);
  if (element === 'var_log_messages') return log('syslog', 'journal', { host });
  if (/^(?:dmesg|vmcore-dmesg\.txt)$/.test(element)) return log('dmesg', 'kernel', { host });
  const isKernel = /^(?:oops|kerneloops|vmcore)-/i.test(problem);
  return isKernel && element === 'backtrace' ? log('dmesg', 'kernel', { host }) : known('abrt-problem');
}

/** `pods/<namespace>_<pod>_<uid>/<container>/<restart>.log`: the kubelet's own log directory. */
export function classifyKubeletPodLog(rest: readonly string[]): Classified | undefined {
  const [directory, container, file] = rest;
  const [namespace, pod, uid] = directory?.split('_') ?? [];
  if (rest.length === 1) return classifyFlatPodLog(directory as string);
  if (uid === undefined || container === undefined || file === undefined) return undefined;
  const instance = /^\d+\.log$/.test(file) ? 'current' : 'rotated';
  return log('container-log', 'container', { namespace, pod, container, instance });
}

/** `pods/<namespace>_<pod>_<container>[_previous].log`, as CI jobs collect them. */
function classifyFlatPodLog(file: string): Classified | undefined {
  const match = /^([^_]+)_([^_]+)_([^_]+?)(_previous)?\.log$/.exec(plainName(file));
  if (match === null) return undefined;
  const [, namespace, pod, container, previous] = match;
  const instance = previous === undefined ? 'current' : 'previous';
  return log('container-log', 'container', { namespace, pod, container, instance });
}

/** `containers/<pod>_<namespace>_<container>-<id>.log`: the kubelet's links. */
export function classifyKubeletContainerLog(rest: readonly string[]): Classified | undefined {
  const match = /^([^_]+)_([^_]+)_(.+)-[0-9a-f]{64}\.log$/.exec(plainName(rest.at(-1) ?? ''));
  if (match === null) return undefined;
  const [, pod, namespace, container] = match;
  return log('container-log', 'container', { namespace, pod, container, instance: 'current' });
}
