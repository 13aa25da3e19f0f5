import { newestSound, newestTime } from './ingest/clock/newest-time.ts';
import type { Ingested } from './model/ingest.ts';
import { type Resource, readList, readText } from './model/resource.ts';
import { DAY, type Duration, formatDuration, formatTime, type Micros, parseTime } from './model/time.ts';

/** Now, as far as the input knows; undefined where nothing in it states a time. */
export interface Moment {
  readonly at: Micros | undefined;
  /** The file whose age it is, where nothing better tells it. */
  readonly age?: string;
  /** Why it is not what the files suggest. */
  readonly note?: string;
}

/** A gather of a large cluster takes hours, and clocks differ. */
const SAME_TIME = DAY;

/**
 * When the state in the input was taken. The gather's own stamp says it. A file's age does not, where somebody packed it
 * again, nor does a log's end, where it was taken later than the objects: an API that answers always holds objects of
 * these very minutes (leases, heartbeats), so the newest of them decides.
 */
export function gatherMoment(
  ingested: Ingested,
  resources: readonly Resource[],
  lastEvent: Micros | undefined,
  assumed: Duration | undefined,
): Moment {
  const { gathered } = ingested;
  if (gathered?.by === 'stamp') return { at: gathered.at };
  const suggested = gathered?.at ?? newestTime(ingested.summaries, assumed);
  const times = resources.map(newestIn).filter((at) => at !== undefined);
  const observed = newestSound(lastEvent === undefined ? times : [...times, lastEvent]);
  if (observed === undefined && suggested === undefined) return { at: undefined, ...undated(ingested) };
  const age = observed === undefined && gathered?.by === 'age' ? { age: gathered.source } : {};
  if (observed === undefined || suggested === undefined) return { at: observed ?? suggested, ...age };
  if (suggested - observed <= SAME_TIME) return { at: Math.max(suggested, observed) };
  const source = gathered?.source ?? 'the logs';
  return {
    at: observed,
    note: `The newest object is of ${formatTime(observed)}, ${formatDuration(suggested - observed)} before what ${source} suggests as the time of the gather: ages are told as of the newest object.`,
  };
}

function undated({ summaries }: Ingested): { readonly note?: string } {
  const yearless = summaries.filter(({ last }) => last?.clock === 'yearless');
  const [first] = yearless;
  if (first === undefined) return {};
  const logs = yearless.length === 1 ? 'one log' : `${yearless.length} logs`;
  return {
    note: `No year stands anywhere in the input: the lines of ${logs} (${first.source.path}) are in order, but without a date.`,
  };
}

const CONDITION_TIMES = ['lastHeartbeatTime', 'lastTransitionTime', 'lastUpdateTime'];

/** The newest time at which an object says that something was done to it. */
function newestIn({ body }: Resource): Micros | undefined {
  const stated = [
    readText(body, 'metadata.creationTimestamp'),
    readText(body, 'spec.renewTime'),
    readText(body, 'status.startTime'),
    ...readList(body, 'status.conditions').flatMap((condition) =>
      CONDITION_TIMES.map((field) => readText(condition, field)),
    ),
  ];
  let newest: Micros | undefined;
  for (const text of stated) {
    const at = text === undefined ? undefined : parseTime(text);
    if (at !== undefined && (newest === undefined || at > newest)) newest = at;
  }
  return newest;
}
