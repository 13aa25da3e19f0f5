import type { SourceKind } from '../model/source.ts';

/** `1 kernel log (dmesg)`, `3 journal logs (a.log, …)`: what a note is about. */
export function logsInWords(kind: SourceKind, paths: readonly string[]): string {
  const one = paths.length === 1;
  return `${paths.length} ${kind} ${one ? 'log' : 'logs'} (${paths[0] ?? ''}${one ? '' : ', …'})`;
}
