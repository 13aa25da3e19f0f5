import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** URL of the module that puts the stand-in for the engine in place. */
export const FAKE_ENGINE: string = new URL('./fake-engine.ts', import.meta.url).href;

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** The real `src/analyze.ts` instead of the stand-in. */
  readonly engine?: boolean;
}

/** Runs the command line from its sources, with an environment that says nothing about colours. */
export function runCli(args: readonly string[], options: CliOptions = {}): CliResult {
  const { FORCE_COLOR, NO_COLOR, ...inherited } = process.env;
  const fake = options.engine === true ? [] : ['--import', FAKE_ENGINE];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...fake, 'src/cli/main.ts', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...inherited, ...options.env },
    input: options.stdin ?? '',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}
