import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Job, PgBoss } from 'pg-boss';
import { UserError } from '../model/errors.ts';

/** One archive that waits to be analysed. */
export interface QueuedInput {
  /** An absolute path that every worker reaches, or an address. */
  readonly source: string;
  readonly name: string;
  readonly isUrl: boolean;
}

export interface QueueCounts {
  /** To be taken now or later, those that are tried again among them. */
  readonly waiting: number;
  readonly active: number;
  /** Given up on after all tries. */
  readonly dead: number;
}

const ANALYSES = 'analyses';
const DEAD = 'dead-analyses';
/** pg-boss keeps its tables in a schema of its own, beside that of the archive. */
const SCHEMA = 'inquest_queue';
/** Beats that fail to come this long mean that the worker is gone; the least that pg-boss allows is 10. */
const HEARTBEAT_SECONDS = 30;
const TRIES = 5;
const DAY_SECONDS = 86_400;
const FULL_WAIT_MS = 1000;
/** How often a queue that may be full is looked at. */
const LOOK_EVERY = 100;

/** The queue of analyses in the database of an archive, shared by all who put archives up and all workers. */
export class JobQueue {
  readonly #boss: PgBoss;

  private constructor(boss: PgBoss) {
    this.#boss = boss;
  }

  /** `onTrouble` is told of problems of the connection, which are tried again by themselves. */
  static async open(url: string, onTrouble: (error: Error) => void): Promise<JobQueue> {
    const boss = new PgBoss({
      connectionString: url,
      schema: SCHEMA,
      application_name: 'inquest',
      max: 4,
      monitorIntervalSeconds: 10,
      schedule: false,
    });
    boss.on('error', onTrouble);
    await boss.start();
    await boss.createQueue(DEAD, { retentionSeconds: 30 * DAY_SECONDS });
    await boss.createQueue(ANALYSES, {
      policy: 'exclusive',
      deadLetter: DEAD,
      retryLimit: TRIES - 1,
      retryDelay: 5,
      retryBackoff: true,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      // The time limit of an analysis ends it long before.
      expireInSeconds: DAY_SECONDS - 1,
      retentionSeconds: 30 * DAY_SECONDS,
      deleteAfterSeconds: 7 * DAY_SECONDS,
    });
    return new JobQueue(boss);
  }

  /**
   * Puts an archive up; false where it waits or is being analysed already. Waits while `most` others wait: a queue that is
   * filled faster than it is emptied would only grow.
   */
  async put(input: QueuedInput, most: number, signal: AbortSignal): Promise<boolean> {
    if (this.#put++ % LOOK_EVERY === 0) {
      while (!signal.aborted && (await this.counts()).waiting >= most) {
        await sleep(FULL_WAIT_MS, undefined, { signal }).catch(() => undefined);
      }
    }
    if (signal.aborted) return false;
    const singletonKey = createHash('sha256').update(input.source).digest('hex');
    return (await this.#boss.send(ANALYSES, input, { singletonKey })) !== null;
  }

  #put = 0;

  /** As it is now: the statistics of pg-boss itself are some seconds old. */
  async counts(): Promise<QueueCounts> {
    const { rows } = await this.#boss.getDb().executeSql(
      `select name = $1 as dead, state = 'active' as active, count(*)::int as count from ${SCHEMA}.job
       where name in ($1, $2) and state in ('created', 'retry', 'active') group by 1, 2`,
      [DEAD, ANALYSES],
    );
    const sum = (fits: (row: { dead: boolean; active: boolean }) => boolean): number =>
      rows.filter(fits).reduce((total, row) => total + row.count, 0);
    return {
      waiting: sum(({ dead, active }) => !dead && !active),
      active: sum(({ dead, active }) => !dead && active),
      dead: sum(({ dead }) => dead),
    };
  }

  /** Puts up again what was given up on. Returns how many. */
  async revive(): Promise<number> {
    return this.#boss.redrive(DEAD);
  }

  /**
   * Takes archives, `jobs` at a time, each at least once: a job whose handler throws, or whose process ends, is given out
   * again. `isLast` says that it is its last try.
   */
  async work(jobs: number, handle: (input: QueuedInput, isLast: boolean) => Promise<void>): Promise<void> {
    const options = {
      localConcurrency: jobs,
      batchSize: 1,
      pollingIntervalSeconds: 0.5,
    } as const;
    await this.#boss.work<QueuedInput>(ANALYSES, options, async ([job]: Job<QueuedInput>[]) => {
      if (job !== undefined) await handle(job.data, job.retryCount >= TRIES - 1);
    });
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: 10_000 });
  }
}

/** @throws UserError where the archive is a directory */
export function requireDatabase(location: string, what: string): void {
  if (!/^postgres(?:ql)?:\/\//.test(location)) throw new UserError(`${what} needs an archive in PostgreSQL`);
}
