import { compareText } from './model/entity.ts';
import type { Boot, PlaceTime } from './model/facts.ts';
import type { SourceSummary } from './model/ingest.ts';
import { MINUTE } from './model/time.ts';

/** Logs of one host that show the same boot without its id agree on its start to this much. */
const SAME_START = 2 * MINUTE;

/** The boots of each host, in order: what several logs say of one boot is put together. */
export function bootsOf(summaries: readonly SourceSummary[], place: PlaceTime): Boot[] {
  const shown = summaries.flatMap((summary) => shownIn(summary, place));
  const byHost = Map.groupBy(shown, (boot) => shortName(boot.host));
  return [...byHost]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([, boots]) => withEndings(joined(boots.toSorted(inTime))));
}

/** A boot as one log shows it. */
interface Shown extends Boot {
  /** The log is one unit's: how the boot ended is not among its lines. */
  readonly isPartial: boolean;
}

/** One log may have the short name of a host where another has the whole one. Addresses have no short form. */
function shortName(host: string): string {
  return /^[\d.]+$/.test(host) ? host : host.split('.', 1)[0]!;
}

function shownIn(summary: SourceSummary, place: PlaceTime): Shown[] {
  const { source } = summary;
  return summary.boots.flatMap((boot): Shown[] => {
    const host = boot.host ?? source.host;
    if (host === undefined) return [];
    const from = boot.at === undefined ? undefined : place(source.path, host, boot.at);
    const to = boot.last?.at === undefined ? undefined : place(source.path, host, boot.last.at);
    const { line, offset, text } = boot.last ?? {};
    return [
      {
        host,
        source: source.path,
        isPartial: source.unit !== undefined,
        ...(boot.line > 0 && { line: boot.line }),
        ...(boot.id !== undefined && { id: boot.id }),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        ...(boot.ending !== undefined && { ending: boot.ending }),
        ...(text !== undefined && {
          last: {
            source: source.path,
            ...(line !== undefined && line > 0 && { line }),
            ...(offset !== undefined && { offset }),
            text,
          },
        }),
      },
    ];
  });
}

function inTime(a: Boot, b: Boot): number {
  if (a.from === undefined || b.from === undefined) return 0;
  return a.from - b.from || compareText(a.source, b.source);
}

function joined(boots: readonly Shown[]): Shown[] {
  const all: Shown[] = [];
  for (const boot of boots) {
    const at = all.findLastIndex((other) => isSame(other, boot));
    if (at < 0) all.push(boot);
    else all[at] = join(all[at]!, boot);
  }
  return all;
}

function isSame(a: Boot, b: Boot): boolean {
  if (a.id !== undefined && b.id !== undefined) return a.id === b.id;
  if (a.source === b.source || a.from === undefined || b.from === undefined) return false;
  return Math.abs(a.from - b.from) < SAME_START;
}

/** The log in which the boot goes on longest says how it ended. */
function join(a: Shown, b: Shown): Shown {
  const isLonger = (b.to ?? Number.NEGATIVE_INFINITY) > (a.to ?? Number.NEGATIVE_INFINITY);
  const { ending: _, last: __, to: ___, ...first } = a;
  const { to, last } = isLonger ? b : a;
  const ending = a.ending === 'panic' || a.ending === 'watchdog' ? a.ending : (b.ending ?? a.ending);
  const id = a.id ?? b.id;
  return {
    ...first,
    isPartial: a.isPartial && b.isPartial,
    ...(id !== undefined && { id }),
    ...(to !== undefined && { to }),
    ...(ending !== undefined && { ending }),
    ...(last !== undefined && { last }),
  };
}

/** Whatever boot was followed by another one has ended. */
function withEndings(boots: readonly Shown[]): Boot[] {
  return boots.map(({ isPartial, ...boot }, index) =>
    index < boots.length - 1 && boot.ending === undefined && !isPartial ? { ...boot, ending: 'unknown' } : boot,
  );
}
