import { resolve } from 'node:path';
import type { BatchInput } from '../../batch/find-inputs.ts';
import { visible } from '../../report/text-safety.ts';
import { counted } from '../../report/words.ts';
import { EXIT } from '../exit.ts';
import { withArchive } from '../incidents/open-archive.ts';
import { stopOnSignals } from './stop-on-signals.ts';

/** Puts the archives up for workers, and says how many. Paths are made absolute: workers must reach them as they are. */
export async function enqueue(inputs: readonly BatchInput[], archive: string, most: number): Promise<void> {
  const { JobQueue, requireDatabase } = await import('../../batch/job-queue.ts');
  requireDatabase(archive, '--enqueue');
  const say = (text: string): void => void process.stderr.write(`${visible(text)}\n`);
  const stop = stopOnSignals(() => say('inquest: ending'));
  const counts = { queued: 0, waiting: 0, unreadable: 0 };
  // Makes the archive's tables, so that a mistake in the address shows here and not with the first worker.
  await withArchive(archive, () => Promise.resolve(), { create: true });
  const queue = await JobQueue.open(archive, (error) => say(`inquest: queue: ${error.message}`));
  try {
    for (const { source, name, isUrl, problem } of inputs) {
      if (stop.signal.aborted) break;
      if (problem !== undefined) {
        say(`${name}: ${problem}`);
        counts.unreadable++;
      } else {
        const isNew = await queue.put({ source: isUrl ? source : resolve(source), name, isUrl }, most, stop.signal);
        if (isNew) counts.queued++;
        else counts.waiting++;
      }
    }
  } finally {
    await queue.close();
  }
  say(`${counted(counts.queued, 'archive')} put up, ${counts.waiting} waited already, ${counts.unreadable} unreadable`);
  if (stop.exitCode !== undefined) process.exitCode = stop.exitCode;
  else if (counts.unreadable > 0) process.exitCode = EXIT.failed;
}
