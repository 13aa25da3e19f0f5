import { compareText } from '../../model/entity.ts';
import type { SourceSummary } from '../../model/ingest.ts';
import type { SourceKind } from '../../model/source.ts';
import { isNamedByContent } from './host-name.ts';

/** A file of a host's own file system, or of a sosreport, that holds nothing but the host's name. */
export interface StatedHost {
  readonly path: string;
  readonly host: string;
}

/** `hostname`, `etc/hostname`, `sos_commands/host/hostname_-f`: what is left before it is the folder of that host. */
const STATEMENT = /(?:^|(?<=[/]))(?:sos_commands\/(?:host|general)\/[^/]+|etc\/hostname|hostname)(?:\.txt)?$/;
/** What lies in such a folder, beside the files that lie directly in it. */
const OF_HOST = /^(?:sos_commands|var|run)\//;
const TREE = /^(.*?)(?:(?<=^|\/)(?:sos_commands|var\/log)\/)/;
/** A container's log is of its pod. */
const KINDS: ReadonlySet<SourceKind> = new Set(['kernel', 'console', 'journal', 'text']);
const STATIC_NAME = /^\s*(?:Static|Transient) hostname:\s*(\S+)/m;
const NAME = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i;

/** The name in the text of such a file: that of `hostname`, or of `hostnamectl`. */
export function statedHost(text: string): string | undefined {
  const name = STATIC_NAME.exec(text)?.[1] ?? text.trim();
  return NAME.test(name) && !isLocal(name) ? name : undefined;
}

/**
 * The logs with the host of the folder that they lie in, where neither they nor their path name one: `dmesg` and `var/log`
 * of a sosreport that somebody renamed, `dmesg` beside the journal of a ramdisk. The folder's host is what its files say
 * that hold nothing else, and else the only one that speaks in its other logs. Where two are named, it is nobody's.
 * With `several` inputs, files that were given by themselves lie in no folder.
 */
export function withFolderHosts(
  summaries: readonly SourceSummary[],
  stated: readonly StatedHost[],
  several: boolean,
): SourceSummary[] {
  const isFolder = (folder: string): boolean => folder !== '' || !several;
  const statements = stated.map(({ path, host }) => ({ folder: path.replace(STATEMENT, ''), host }));
  const trees = new Set(statements.map(({ folder }) => folder).filter(isFolder));
  for (const { source } of summaries) {
    const folder = TREE.exec(source.path)?.[1];
    if (folder !== undefined && isFolder(folder)) trees.add(folder);
  }
  const folders = summaries.map(({ source }) => treeOf(source.path, trees));
  const inTrees = Map.groupBy(summaries.keys(), (index) => folders[index]);
  const hosts = new Map(
    [...trees].map((folder) => {
      const names = statements.filter((one) => one.folder === folder).map(({ host }) => host);
      const spoken = (inTrees.get(folder) ?? []).flatMap((index) => spokenIn(summaries[index]!));
      return [folder, hostOf(names, spoken)] as const;
    }),
  );
  const besides = Map.groupBy(summaries, ({ source }) => directoryOf(source.path));
  return summaries.map((summary, index) => {
    const own = ownHost(summary);
    if (own !== undefined) return withHost(summary, own);
    const folder = folders[index];
    if (folder !== undefined) return withHost(summary, hosts.get(folder));
    const directory = directoryOf(summary.source.path);
    return isFolder(directory) && mayBeOfFolder(summary)
      ? withHost(summary, hostOf([], besides.get(directory)!.flatMap(spokenIn)))
      : summary;
  });
}

/** What a console or kernel log says itself, between its lines. */
function ownHost({ source, hosts }: SourceSummary): string | undefined {
  if (source.kind !== 'kernel' && source.kind !== 'console') return undefined;
  const [only] = hosts;
  return hosts.length === 1 && only!.host !== source.host ? only!.host : undefined;
}

/** The innermost folder of a host that the log lies in. */
function treeOf(path: string, trees: ReadonlySet<string>): string | undefined {
  if (trees.size === 0) return undefined;
  for (let end = path.length; end >= 0; end = path.lastIndexOf('/', end - 2) + 1) {
    const folder = path.slice(0, end);
    const rest = path.slice(end);
    if (trees.has(folder)) return isOfHost(rest) ? folder : undefined;
    if (end === 0) return undefined;
  }
  return undefined;
}

function isOfHost(rest: string): boolean {
  return !rest.includes('!/') && (OF_HOST.test(rest) || !rest.includes('/'));
}

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** A log whose own lines name no host, and whose name tells nothing but what it holds. */
function mayBeOfFolder({ source }: SourceSummary): boolean {
  return (source.kind === 'kernel' || source.kind === 'console') && isNamedByContent(source.path);
}

/** The hosts that the log's own lines name. That of its path stands there where they name none, as a kernel's do. */
function spokenIn({ source, hosts }: SourceSummary): string[] {
  if (source.merged === true) return [];
  const names = hosts.map(({ host }) => host).filter((host) => !isLocal(host));
  const isOfPath = source.kind !== 'journal' && names.length === 1 && names[0] === source.host;
  return isOfPath ? [] : names;
}

function isLocal(host: string): boolean {
  return host.startsWith('localhost');
}

/** The one host that is named, as its lines call it. */
function hostOf(stated: readonly string[], spoken: readonly string[]): string | undefined {
  const named = new Set((stated.length > 0 ? stated : spoken).map(shortName));
  const [name] = named;
  if (name === undefined || named.size > 1) return undefined;
  const own = spoken.filter((host) => shortName(host) === name);
  // Its logs are of others, if of anybody.
  if (spoken.length > 0 && own.length === 0) return undefined;
  return (own.length > 0 ? own : stated).toSorted(compareText)[0];
}

function shortName(host: string): string {
  return /^[\d.]+$/.test(host) ? host : host.split('.', 1)[0]!.toLowerCase();
}

function withHost(summary: SourceSummary, host: string | undefined): SourceSummary {
  const { isHostGuessed, ...source } = summary.source;
  if (host === undefined || host === source.host || source.merged === true || !KINDS.has(source.kind)) return summary;
  const [only] = summary.hosts;
  const isOwn = only?.host === host;
  const known = isHostGuessed === true || (isOwn && source.kind === 'console') ? undefined : source.host;
  if (known !== undefined && shortName(known) !== shortName(host)) return summary;
  // A file that is named after a host is that host's, unless it says otherwise itself.
  if (isHostGuessed === true && !isOwn && !isNamedByContent(source.path)) return summary;
  const isUnnamed = only === undefined || (summary.hosts.length === 1 && only.host === source.host);
  const { first, last } = summary;
  return {
    ...summary,
    source: { ...source, host, ...(known === undefined && { isHostGuessed: true }) },
    hosts: isUnnamed
      ? [{ host, ...(first !== undefined && { first }), ...(last !== undefined && { last }) }]
      : summary.hosts,
    boots: summary.boots.map((boot) =>
      boot.host === source.host || boot.host === undefined ? { ...boot, host } : boot,
    ),
  };
}
