import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** In a process that `runAll` started: does one job after the other, each with the same folder of its own. */
export function work<Job, Result>(run: (job: Job, folder: string) => Promise<Result>): void {
  const folder = mkdtempSync(join(tmpdir(), 'inquest-bench-'));
  process.on('message', (job: Job) => {
    run(job, folder).then(
      (result) => process.send!({ result }),
      (error: unknown) => process.send!({ error: `${JSON.stringify(job)}: ${String(error)}` }),
    );
  });
  process.on('disconnect', () => {
    rmSync(folder, { recursive: true, force: true });
    process.exit();
  });
}

/** Results in the order of the jobs, without those that are undefined. `file` is started with `--worker`. */
export async function runAll<Job extends object, Result>(
  file: string,
  jobs: readonly Job[],
  workers: number,
): Promise<Result[]> {
  const results = new Map<number, Result>();
  let next = 0;
  await Promise.all(Array.from({ length: workers }, worker));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);

  function worker(): Promise<void> {
    const child = fork(file, ['--worker']);
    return new Promise((resolve, reject) => {
      let at = -1;
      const send = (): void => {
        at = next++;
        if (at < jobs.length) child.send(jobs[at]!);
        else child.disconnect();
      };
      child.on('message', ({ result, error }: { result?: Result; error?: string }) => {
        if (error !== undefined) reject(new Error(error));
        if (result !== undefined) results.set(at, result);
        send();
      });
      child.on('error', reject);
      child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))));
      send();
    });
  }
}
