import { type ChildProcess, spawn } from 'node:child_process';

/** Starts `inquest serve` from its sources on a free port. Whoever starts it ends it. */
export async function startServer(
  archive: string,
  args: readonly string[] = [],
): Promise<{ server: ChildProcess; port: number }> {
  const server = spawn(process.execPath, ['src/cli/main.ts', 'serve', '--archive', archive, '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const chunk of server.stdout!) {
    said += chunk;
    const port = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(said)?.[1];
    if (port !== undefined) return { server, port: Number(port) };
  }
  throw new Error(`inquest serve ended: ${said}`);
}
