import type { Classified } from './classified.ts';

/** What people put into the name of a host's log beside the host: `master-2-dmesg.txt`, `console-worker-2.log`. */
const CONTENT = /^(?:serial|console|bmc|sol|kvm|dmesg|kernel|kern|journal|journalctl|log|logs|messages|syslog|boot)$/i;
/** Roles that machines of clusters are named after, with a number or after a cluster's name. */
const HOST =
  /^(?:[a-z0-9]+[-.])*(?:master|worker|infra|compute|control-?plane|ctlplane|bootstrap|node|host|storage|server)s?[-_.]?\d{1,4}(?:\.[a-z0-9][a-z0-9.-]*)?$|^ip-\d{1,3}(?:-\d{1,3}){3}(?:\.[a-z0-9.-]+)?$/i;
const LONGEST = 253;
const EXTENSIONS = /(?:\.(?:gz|xz|zst|bz2|logs?|txt|out|console|serial|dmesg|journal|\d{1,2}))+$/i;

/**
 * The log with the host that its path names, where nothing else does: `master-4.log`, `host10.console`,
 * `worker-2/console.log`, `sosreport-master-1/…`. Lines that name a host themselves are believed before it.
 */
export function withHostOfPath(found: Classified, segments: readonly string[]): Classified {
  if (found.type !== 'log') return found;
  const { source } = found;
  if (source.host !== undefined || source.merged === true) return found;
  if (source.kind !== 'console' && source.kind !== 'kernel' && source.kind !== 'journal') return found;
  const host = hostIn(segments);
  return host === undefined ? found : { ...found, source: { ...source, host, isHostGuessed: true } };
}

function hostIn(segments: readonly string[]): string | undefined {
  for (let at = segments.length - 1; at >= 0; at--) {
    const host = hostOf(segments[at]!, at === segments.length - 1);
    if (host !== undefined) return host;
  }
  return undefined;
}

function hostOf(segment: string, isFile: boolean): string | undefined {
  if (segment.length > LONGEST) return undefined;
  const name = isFile ? segment.replace(EXTENSIONS, '') : segment;
  const bare = withoutContent(name.replace(/^sosreport-/, ''));
  return HOST.test(bare) ? bare : undefined;
}

/** Whether the file's name says what it holds, and nothing else: `dmesg`, `console.log`, `kernel-log.txt.gz`. */
export function isNamedByContent(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(EXTENSIONS, '');
  return (
    name.length <= LONGEST && name.split(/[-_.]/).every((word) => CONTENT.test(word) || word === 'T' || word === '')
  );
}

/** The name without words for its content at either end. */
function withoutContent(name: string): string {
  const words = name.split(/([-_.])/);
  while (words.length > 2 && CONTENT.test(words[0]!)) words.splice(0, 2);
  while (words.length > 2 && CONTENT.test(words.at(-1)!)) words.splice(-2, 2);
  return words.join('');
}
