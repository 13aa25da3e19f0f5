import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { compareText } from '../model/entity.ts';
import { UserError } from '../model/errors.ts';

/** One archive of a batch. */
export interface BatchInput {
  /** Path or address. */
  readonly source: string;
  /** Without its folder. */
  readonly name: string;
  readonly isUrl: boolean;
  /** What the report calls it; its source where this is left out. */
  readonly shownAs?: string;
  /** Why it cannot be read, where that is known already. */
  readonly problem?: string;
}

/** Of files below a directory, those that may hold a gather or a log. */
const ARCHIVE = /\.(?:tar|tgz|txz|tbz2?|tzst|zip|gz|xz|bz2|zst|log|journal~?|export)$/i;
/** A file given by name that is read as a list of others. */
const LIST = /\.(?:list|txt)$/i;
/** What lies at the root of a gather; a folder with any of these is one archive. */
const GATHER_ROOT =
  /^(?:cluster-scoped-resources|namespaces|host_service_logs|etcd_info|audit_logs|event-filter\.html|must-gather\.log.*|timestamp|sos_commands|sos_reports|bootstrap|control-plane|insights-operator|.*sha256-[0-9a-f]{16,}.*)$/;
const DEEPEST = 16;
const LARGEST_LIST = 64 * 1024 * 1024;

/**
 * What a batch reads: patterns, directories (every gather and archive below them), archives, lists of all these (files
 * that end in `.list` or `.txt`, and the lines of `stdin` for `-`). Each path once, in the order given.
 * @throws UserError where an argument says nothing
 */
export async function findBatchInputs(given: readonly string[], stdin: () => Promise<string>): Promise<BatchInput[]> {
  const found: BatchInput[] = [];
  for (const argument of given) {
    const some = argument === '-' ? await ofLines(await stdin()) : await ofArgument(argument);
    if (some.length === 0) throw new UserError(`${argument}: holds nothing to analyse`);
    found.push(...some);
  }
  const bySource = new Map(found.map((input) => [input.isUrl ? input.source : resolve(input.source), input]));
  return [...bySource.values()];
}

async function ofArgument(argument: string): Promise<BatchInput[]> {
  if (isUrl(argument)) return [ofUrl(argument)];
  const info = await stat(argument).catch(() => undefined);
  if (info?.isDirectory() === true) return ofFolder(argument, 0);
  if (info !== undefined)
    return LIST.test(argument) ? ofLines(await readList(argument, info.size)) : [ofPath(argument)];
  if (/[*?[{]/.test(argument)) return ofPattern(argument);
  throw new UserError(`${argument}: no such file or directory`);
}

async function readList(path: string, size: number): Promise<string> {
  if (size > LARGEST_LIST) throw new UserError(`${path}: too large to be a list of archives`);
  return readFile(path, 'utf8');
}

/** A line that leads nowhere is one archive that cannot be read: the others do not suffer. */
async function ofLines(text: string): Promise<BatchInput[]> {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const found: BatchInput[] = [];
  for (const line of lines) {
    if (line === '' || line.startsWith('#')) continue;
    try {
      found.push(...(LIST.test(line) && !isUrl(line) ? [ofPath(line)] : await ofArgument(line)));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      found.push({ ...ofPath(line), problem: error.message.slice(error.message.indexOf(': ') + 2) });
    }
  }
  return found;
}

async function ofPattern(pattern: string): Promise<BatchInput[]> {
  const { default: fastGlob } = await import('fast-glob');
  const paths = await fastGlob(pattern.replaceAll('\\', '/'), { onlyFiles: false, followSymbolicLinks: false });
  if (paths.length === 0) throw new UserError(`${pattern}: no file or directory matches`);
  const found = await Promise.all(
    paths
      .sort(compareText)
      .map(async (path) => ((await stat(path)).isDirectory() ? ofFolder(path, 0) : [ofPath(path)])),
  );
  return found.flat();
}

async function ofFolder(folder: string, depth: number): Promise<BatchInput[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort(compareText);
  if (names.some((name) => GATHER_ROOT.test(name))) return [ofPath(folder)];
  if (depth === DEEPEST) return [];
  const found: BatchInput[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const info = await lstat(path);
    if (info.isDirectory()) found.push(...(await ofFolder(path, depth + 1)));
    else if (info.isFile() && ARCHIVE.test(name)) found.push(ofPath(path));
  }
  return found;
}

function ofPath(path: string): BatchInput {
  return { source: path, name: basename(resolve(path)), isUrl: false };
}

function ofUrl(url: string): BatchInput {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  return { source: url, name: last === '' ? new URL(url).hostname : last, isUrl: true };
}

function isUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
