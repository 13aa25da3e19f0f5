import type { Mark } from './timeline-data.ts';

/** Marks of one track that fall together on the picture. Columns count from the left, `to` included. */
export interface Cell {
  readonly track: number;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** One of the worst of them. */
  readonly mark: Mark;
}

export interface Grid {
  /** Milliseconds since the epoch at the left and the right end. */
  readonly from: number;
  readonly to: number;
  readonly columns: number;
  readonly tracks: number;
  /** The track of a mark; undefined where it is not drawn. */
  readonly trackOf: (mark: Mark) => number | undefined;
}

/**
 * Puts marks into columns, the worst of each: the picture of fifty thousand marks has no more parts than it has room
 * for. What the page's script draws when it zooms is made the same way.
 */
export function cellsOf(marks: readonly Mark[], { from, to, columns, tracks, trackOf }: Grid): Cell[] {
  const scale = columns / (to - from);
  const column = (at: number) => Math.min(columns - 1, Math.max(0, Math.floor((at - from) * scale)));
  const worst: (Mark | undefined)[] = new Array(columns * tracks);
  const counts = new Uint32Array(columns * tracks);
  for (const mark of marks) {
    const track = trackOf(mark);
    if (track === undefined) continue;
    const last = column(mark.to);
    for (let i = column(mark.from); i <= last; i++) {
      const place = track * columns + i;
      counts[place]!++;
      const known = worst[place];
      if (known === undefined || known.severity < mark.severity) worst[place] = mark;
    }
  }
  const cells: Cell[] = [];
  for (let track = 0; track < tracks; track++) {
    const start = track * columns;
    cells.push(...runs(worst.slice(start, start + columns), counts.subarray(start, start + columns), track));
  }
  return cells;
}

function runs(worst: readonly (Mark | undefined)[], counts: Uint32Array, track: number): Cell[] {
  const cells: { track: number; from: number; to: number; count: number; mark: Mark }[] = [];
  let open: (typeof cells)[number] | undefined;
  worst.forEach((mark, i) => {
    const count = counts[i]!;
    if (mark === undefined) {
      open = undefined;
    } else if (open?.mark === mark) {
      open.to = i;
      open.count = Math.max(open.count, count);
    } else {
      open = { track, from: i, to: i, count, mark };
      cells.push(open);
    }
  });
  return cells;
}
