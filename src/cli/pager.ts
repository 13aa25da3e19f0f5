import { spawn } from 'node:child_process';

/** The environment that a pager and its wish are read from. */
type Environment = Readonly<Record<string, string | undefined>>;

/** The pager to show a text in, as a shell command; undefined where the user wants none. `PAGER=cat` and `PAGER=` say so. */
export function pagerOf({ PAGER: pager, TERM: term }: Environment): string | undefined {
  if (term === 'dumb') return undefined;
  const command = (pager ?? 'less').trim();
  return command === '' || command === 'cat' ? undefined : command;
}

/** Whether the text is longer than the screen. An unknown screen is as long as the oldest ones. */
export function exceeds(text: string, rows: number | undefined): boolean {
  return text.split('\n').length > (rows ?? 24);
}

/**
 * Shows a text in the pager, and settles when the reader leaves it. False where the pager could not be started: nothing
 * was shown then.
 */
export async function page(text: string, pager: string, environment: Environment): Promise<boolean> {
  // Ctrl-C belongs to the pager now: the analysis is done.
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', () => {});
  return new Promise((settle) => {
    const child = spawn(pager, {
      shell: true,
      stdio: ['pipe', 'inherit', 'inherit'],
      // Colours and links pass, short texts need no key, and the report stays on the screen.
      env: { ...environment, LESS: environment['LESS'] ?? 'FRX', LESSCHARSET: environment['LESSCHARSET'] ?? 'utf-8' },
    });
    child.on('error', () => settle(false));
    // What a shell says of a command that it does not find or may not run.
    child.on('close', (code) => settle(code !== 126 && code !== 127));
    // The reader may leave before the end.
    child.stdin.on('error', () => {});
    child.stdin.end(text);
  });
}
