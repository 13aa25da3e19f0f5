import { MAX_PEM_CHARACTERS } from '../../model/pem.ts';
import type { Fields, Value } from '../../model/resource.ts';
import type { Fate, Projection } from './projection.ts';
import { setField } from './set-field.ts';

/** Leaves out of a value that is already there what the fast reader would have skipped. Shares what stays whole. */
export function projectValue(value: Value, projection: Projection): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = projection.items;
    return items === undefined ? value : value.map((item: Value) => projectValue(item, items));
  }
  if (projection.fields === undefined && projection.others === undefined) return value;
  const kept: Record<string, Value> = {};
  for (const [key, field] of Object.entries(value as Fields)) {
    const fate: Fate | undefined = projection.fields?.get(key) ?? projection.others;
    if (fate === 'drop') continue;
    setField(kept, key, fate === undefined ? field : withFate(field, fate));
  }
  return kept;
}

function withFate(field: Value, fate: Exclude<Fate, 'drop'>): Value {
  if (fate === 'blank') return null;
  return fate === 'short' ? shortText(field) : projectValue(field, fate);
}

/** What `short` makes of a value. */
export function shortText(value: Value): Value {
  return typeof value === 'string' && value.length > MAX_PEM_CHARACTERS ? null : value;
}
