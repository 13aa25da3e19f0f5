import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const CORPUS = join(ROOT, '../shared/corpus');
const REAL = join(CORPUS, 'openshift+must-gather-clean/test/files/must-gather-aws.tar.xz');
const JOURNALS = ['Jaslite+Smart/bootkube.log', 'Jaslite+Smart/kubelet.log'].map((name) => join(CORPUS, name));
const JOURNAL_BYTES = 200 * 1000 * 1000;

export interface Input {
  readonly name: string;
  readonly file: string;
}

export function shell(command: string): void {
  const { status } = spawnSync('sh', ['-c', command], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`failed: ${command}`);
}

/** A made-up gather of the size, as `.tar.gz`. What is in `dir` already is used again. */
export function generated(size: string, dir: string): Input {
  const file = join(dir, `generated-${size}.tar.gz`);
  once(file, (draft) => shell(`node ${ROOT}/scripts/make-gathers.ts --scale ${size} --out ${draft}`));
  return { name: `generated ${size}`, file };
}

/** A must-gather of a real cluster, packed as `.tar.gz`; undefined where it is not at hand. */
export function real(dir: string): Input | undefined {
  if (!existsSync(REAL)) return undefined;
  const file = join(dir, 'real.tar.gz');
  once(file, (draft) => shell(`xz -dc '${REAL}' | gzip > ${draft}`));
  return { name: 'real gather', file };
}

/** Real journals, one after the other until there are 200 MB of them; undefined where they are not at hand. */
export function journal(dir: string): Input | undefined {
  if (!JOURNALS.every((path) => existsSync(path))) return undefined;
  const file = join(dir, 'journal.log');
  once(file, (draft) => {
    const texts = JOURNALS.map((path) => readFileSync(path));
    const target = openSync(draft, 'w');
    for (let i = 0; statSync(draft).size < JOURNAL_BYTES; i++) writeSync(target, texts[i % texts.length]!);
    closeSync(target);
  });
  return { name: 'journal 200MB', file };
}

/** Made beside it first: an interrupted run leaves nothing that looks complete. */
function once(file: string, make: (draft: string) => void): void {
  if (existsSync(file)) return;
  const draft = file.replace(/(\.tar\.gz|\.log)$/, '.part$1');
  make(draft);
  renameSync(draft, file);
}
