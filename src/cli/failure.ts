import { UserError } from '../model/errors.ts';
import { visible } from '../report/text-safety.ts';
import { EXIT } from './exit.ts';

/**
 * Prints what went wrong and returns the exit code: one line for what the user can mend (one each, for several problems
 * of a signature), the stack for a bug. A bug must not exit with 1, which says that the analysis found something.
 */
export function printFailure(error: unknown): number {
  if (error instanceof UserError) {
    for (const line of error.message.split('\n')) quietBrokenPipe(process.stderr).write(`inquest: ${visible(line)}\n`);
  } else {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    quietBrokenPipe(process.stderr).write(
      `${stack}\ninquest: this is a bug in inquest; please report it with the lines above\n`,
    );
  }
  return EXIT.failed;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EISDIR: 'is a directory',
  ENOTDIR: 'not a directory',
  ENOSPC: 'no space left on the device',
  EROFS: 'the file system is read-only',
};

/** What a file system error means, as a `UserError`; anything else as it is. */
export function explained(error: unknown, what: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (!(error instanceof Error) || typeof code !== 'string') return error;
  return new UserError(`${what}: ${REASONS[code] ?? error.message}`, { cause: error });
}

/** Streams that have been looked at. */
const quieted = new WeakSet<NodeJS.WriteStream>();

/**
 * The same stream. A reader that has seen enough (`inquest … | head`) is no failure: the rest is dropped, the exit code
 * stays.
 */
export function quietBrokenPipe(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if (quieted.has(stream)) return stream;
  quieted.add(stream);
  return stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exit(printFailure(explained(error, 'cannot write the output')));
  });
}
