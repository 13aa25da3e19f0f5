import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml';
import type { Value } from '../../model/resource.ts';

/** A node of a document and the line of its text, from 0, where its key or, in a list, its content starts. */
export interface Place {
  readonly line: number;
  readonly children: ReadonlyMap<string, Place>;
}

const NOWHERE: ReadonlyMap<string, Place> = new Map();

/** Where the nodes of a text's first document stand. */
export function placesOf(events: readonly Event[], text: string): Place {
  const breaks = lineBreaks(text);
  let next = 0;

  function lineOf(event: Event, parent: number): number {
    const offset = offsetOf(event);
    if (offset < 0) return parent;
    // The value of a block scalar starts in the line below its `|`.
    return isBlockScalar(event) ? Math.max(parent, rank(breaks, offset) - 1) : rank(breaks, offset);
  }

  function node(parentLine: number, keyLine: number | undefined): Place {
    const event = events[next++];
    if (event === undefined) return { line: parentLine, children: NOWHERE };
    const line = keyLine ?? lineOf(event, parentLine);
    if (event.type === EVENT_ID.SEQUENCE) return { line, children: items(line) };
    if (event.type === EVENT_ID.MAPPING) return { line, children: fields(line) };
    return { line, children: NOWHERE };
  }

  function items(line: number): Map<string, Place> {
    const children = new Map<string, Place>();
    while (more()) children.set(String(children.size), node(line, undefined));
    return children;
  }

  function fields(line: number): Map<string, Place> {
    const children = new Map<string, Place>();
    while (more()) {
      const event = events[next] as Event;
      const name = event.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : undefined;
      const key = node(line, undefined);
      const value = node(key.line, key.line);
      if (name !== undefined) children.set(name, value);
    }
    return children;
  }

  function more(): boolean {
    if (next < events.length && (events[next] as Event).type !== EVENT_ID.POP) return true;
    next++;
    return false;
  }

  while (next < events.length && events[next]?.type === EVENT_ID.DOCUMENT) next++;
  return node(0, undefined);
}

function offsetOf(event: Event): number {
  if ('valueStart' in event && event.valueStart >= 0) return event.valueStart;
  return 'start' in event ? event.start : -1;
}

function isBlockScalar(event: Event): boolean {
  if (event.type !== EVENT_ID.SCALAR) return false;
  return event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK;
}

function lineBreaks(text: string): number[] {
  const breaks: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) breaks.push(at);
  return breaks;
}

/** How many of the ascending numbers are less than `limit`. */
function rank(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Lines of a value's fields and items relative to the root's, in the order that a line index has. */
export function flattenPlaces(root: Value, place: Place): number[] {
  const offsets: number[] = [];
  const walk = (value: Value, at: Place): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, child] of Object.entries(value)) {
      const there = at.children.get(key) ?? { line: at.line, children: NOWHERE };
      offsets.push(there.line - place.line);
      walk(child as Value, there);
    }
  };
  walk(root, place);
  return offsets;
}
