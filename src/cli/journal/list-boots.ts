import { bootsOf } from '../../boots.ts';
import type { PlaceTime } from '../../model/facts.ts';
import type { Ingested } from '../../model/ingest.ts';
import { formatTime, type Micros } from '../../model/time.ts';
import { visible } from '../../report/text-safety.ts';
import { bootKey } from './overview.ts';

/**
 * One line for each boot, the oldest first: its number as `--boot` takes it, id, host, first and last time and how it ended. A dash
 * stands for what nothing tells. `ids` are those of the boots, or keys of those without, the last one last.
 */
export function bootLines({ summaries }: Ingested, place: PlaceTime, ids: readonly string[]): string[] {
  const order = ({ from, to }: { readonly from?: Micros; readonly to?: Micros }): number => from ?? to ?? 0;
  return bootsOf(summaries, place)
    .toSorted((a, b) => order(a) - order(b))
    .map(({ id, host, source, line = 0, from, to, ending }) => {
      const index = ids.indexOf(id ?? bootKey(source, { line }));
      const number = index < 0 ? '-' : String(index - ids.length + 1);
      const times = [from, to].map((at) => (at === undefined ? '-' : formatTime(at)));
      return visible([number.padStart(3), id ?? '-', host, ...times, ending ?? '-'].join('  '));
    });
}
