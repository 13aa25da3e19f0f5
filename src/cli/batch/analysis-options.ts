import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AnalysisSettings, ProcessLimits } from '../../batch/analysis-job.ts';
import { BUNDLED_SIGNATURES, COMPILED_SIGNATURES } from '../../bundled-signatures.ts';
import { type Duration, parseDuration } from '../../model/time.ts';
import type { Format } from '../../report/render.ts';
import { cacheFolder } from '../cache-folder.ts';
import { collect, loadDetectors, loadSignatures } from '../catalogue.ts';
import { addLimitOptions, type LimitFlags, limitsOf, size } from '../limits.ts';
import { timezone } from '../timezone.ts';

/** The options of commands that analyse in processes of their own. */
export interface AnalysisFlags extends LimitFlags {
  readonly signatures?: readonly string[];
  readonly render?: readonly Format[];
  readonly cache: boolean;
  readonly assumeTimezone?: Duration;
  readonly maxTime: number;
  readonly maxMemory: number;
}

const RENDERINGS: readonly Format[] = ['html', 'markdown', 'postmortem', 'summary', 'terminal'];
const HALF_AN_HOUR_MS = 1_800_000;
const FOUR_GIB = 4 * 1024 ** 3;

export function addAnalysisOptions(command: Command): Command {
  command
    .option('--signatures <dir>', 'directory of your own signatures, overriding by id; repeatable', collect)
    .option('--render <formats>', `keep these beside each JSON report: ${RENDERINGS.join(',')}`, formats)
    .option('--no-cache', 'keep no compiled signatures in the cache folder, and use none from there')
    .addOption(
      new Option('--assume-timezone <offset>', 'zone of logs that name none (default: UTC)').argParser(timezone),
    );
  const limit = (flag: string, text: string, parse: (text: string) => number, value: number, shown: string) =>
    command.addOption(new Option(flag, text).argParser(parse).default(value, shown).helpGroup('Limits:'));
  limit('--max-time <duration>', 'of one analysis', milliseconds, HALF_AN_HOUR_MS, '30m');
  limit('--max-memory <size>', 'of one analysis', size, FOUR_GIB, '4GiB');
  return addLimitOptions(command);
}

function formats(text: string): Format[] {
  const named = text.split(',').map((one) => RENDERINGS.find((format) => format === one));
  if (named.some((format) => format === undefined)) {
    throw new InvalidArgumentError(`Give some of ${RENDERINGS.join(',')}.`);
  }
  return named as Format[];
}

function milliseconds(text: string): number {
  const duration = parseDuration(text);
  // Node's timers hold no more than 2^31 ms.
  if (duration === undefined || duration < 1000 || duration / 1000 > 2 ** 31 - 1) {
    throw new InvalidArgumentError('Give a duration such as 90s, 30m or 2h.');
  }
  return duration / 1000;
}

export interface PreparedAnalysis {
  readonly settings: AnalysisSettings;
  readonly limits: ProcessLimits;
  /** Digest of the signatures. */
  readonly catalogue: string;
  componentOf(signature: string): string | undefined;
}

/** @throws SignatureError before anything is analysed */
export async function prepareAnalysis(flags: AnalysisFlags, threads: number): Promise<PreparedAnalysis> {
  const { signatures, digest } = await loadSignatures(flags);
  const known = [...(await loadDetectors()).map(({ about }) => about), ...signatures];
  const components = new Map(known.map(({ id, component }) => [id, component]));
  const cacheDir = flags.cache ? cacheFolder() : undefined;
  return {
    settings: {
      signatureDirs: [BUNDLED_SIGNATURES, ...(flags.signatures ?? [])],
      compiled: COMPILED_SIGNATURES,
      ...(cacheDir !== undefined && { cacheDir }),
      limits: limitsOf(flags),
      threads,
      ...(flags.assumeTimezone !== undefined && { assumedOffset: flags.assumeTimezone }),
      renderings: flags.render ?? [],
    },
    limits: { maxMs: flags.maxTime, maxMemory: flags.maxMemory },
    catalogue: digest,
    componentOf: (signature) => components.get(signature),
  };
}
