import type { Buffer } from 'node:buffer';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { analyze, BUNDLED_SIGNATURES, InputError, parseReport, type Report, render } from '../../src/index.ts';
import { fixture, readJournals } from '../ingest/journal/read-journal.ts';
import { type Opened, openBytes, tarOf, zipOf } from '../ingest/open/archives.ts';
import { smallGather } from './small-gather.ts';

/** Signatures are compiled once for all runs. */
const CACHE = path.join(tmpdir(), `inquest-fuzz-${process.getuid?.() ?? 'cache'}`);

/** What is fuzzed: a sound file, and what must hold of whatever it is changed into. */
export interface Target {
  readonly original: Uint8Array;
  /** Throws where a promise is broken. */
  check(changed: Buffer): Promise<void> | void;
}

export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
}

function hold(promise: boolean, what: string): void {
  if (!promise) throw new BrokenPromise(what);
}

/** As many files and bytes as the original holds (more is no loss, another name neither), or a word of what is missing. */
async function archive(original: Uint8Array): Promise<Target> {
  const sound = await openBytes(original);
  return {
    original,
    async check(changed) {
      const opened = await openBytes(changed, [1 + (changed.length % 5000)]);
      const told = opened.truncated || opened.notes.length > 0 || opened.skipped.length > 0;
      const whole = opened.files.length >= sound.files.length && bytesOf(opened) >= bytesOf(sound);
      if (told || whole || hasPlainArchive(opened)) return;
      // Nobody can tell that something is missing where whole members are, or where two changes leave a sum as it was.
      hold(await isSoundTar(changed), 'members are missing and nothing was said');
    },
  };
}

/** Whether another reader finds no fault in it. */
async function isSoundTar(bytes: Uint8Array): Promise<boolean> {
  const reader = extract();
  reader.on('entry', (_, body, next) => {
    // Where the archive ends inside a member, its body tells, too.
    body.on('error', () => undefined);
    body.on('end', next).resume();
  });
  return pipeline(Readable.from([bytes]), reader).then(
    () => true,
    () => false,
  );
}

function bytesOf({ files }: Opened): number {
  return files.reduce((sum, { text }) => sum + text.length, 0);
}

/** Without its first bytes an archive is a file like any other, which an analysis reads or counts as binary. */
function hasPlainArchive({ files }: Opened): boolean {
  return files.some(({ path }) => path === 'input' || path.endsWith('.tar'));
}

function journal(name: string): Target {
  const original = fixture(`${name}.journal`);
  const sound = readJournals([{ path: 'a.journal', bytes: original }]).entries.length;
  return {
    original,
    check(changed) {
      const { entries, notes, skipped } = readJournals([{ path: 'a.journal', bytes: changed }], { chunk: 4096 });
      hold(entries.length <= sound * 2, 'entries were multiplied');
      hold(entries.length >= sound || notes.length + skipped.length > 0, 'entries are missing and nothing was said');
    },
  };
}

async function analysed(bytes: Uint8Array): Promise<Report> {
  return analyze(['-'], {
    signatureDirs: [BUNDLED_SIGNATURES],
    load: { cacheDir: CACHE },
    now: () => 0,
    stdin: Readable.from([bytes]),
  });
}

async function gather(compress: (tar: Buffer) => Buffer): Promise<Target> {
  const tar = await tarOf(smallGather());
  const sound = await analysed(tar);
  const { coverage } = sound;
  hold(sound.rootCauses[0]?.signature === 'etcd-slow-fdatasync', 'the sound gather has its root cause');
  return {
    original: compress(tar),
    async check(changed) {
      const report = await analysed(changed).catch((error: unknown) => {
        if (error instanceof InputError) return undefined;
        throw error;
      });
      if (report === undefined) return;
      hold(
        report.outcomes.every(({ outcome }) => outcome !== 'failed'),
        'no signature failed',
      );
      hold(report.verdict.status !== 'healthy', 'a damaged gather of a broken cluster is never healthy');
      const told = report.coverage.skipped.length + report.coverage.notes.length > coverage.notes.length;
      const whole = report.coverage.files === coverage.files || report.inputs[0]?.truncated === true;
      // Nobody can tell that whole members were taken out of a tar archive that has no sum.
      const isExcused = report.inputs[0]?.kind !== 'must-gather' || (await isSoundTar(changed));
      hold(whole || told || isExcused, 'files are missing and nothing was said');
      const json = render(report, 'json');
      hold(render(parseReport(json, 'report'), 'json') === json, 'the report is one of the contract');
    },
  };
}

const MEMBERS = [
  { name: 'a.log', body: 'x'.repeat(700) },
  { name: `${'p'.repeat(120)}/long.log`, body: 'y'.repeat(513) },
  { name: 'inner.tar.gz', body: 'z' },
  { name: 'last.log', body: 'the end\n' },
];

/** Made when they are asked for: some take a second. */
export const TARGETS: Readonly<Record<string, () => Promise<Target> | Target>> = {
  tar: async () => archive(await tarOf([...MEMBERS, { name: 'inner.tar', body: await tarOf(MEMBERS) }])),
  'tar.gz': async () => archive(gzipSync(await tarOf(MEMBERS))),
  zip: () => archive(zipOf(MEMBERS)),
  'journal-xz': () => journal('regular-xz'),
  'journal-zstd': () => journal('regular-zstd'),
  'journal-compact-zstd': () => journal('compact-zstd'),
  'journal-compact-lz4': () => journal('compact-lz4'),
  'journal-unkeyed': () => journal('unkeyed'),
  gather: () => gather((tar) => tar),
  'gather.gz': () => gather((tar) => gzipSync(tar, { level: 1 })),
};
