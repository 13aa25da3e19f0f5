import { listOf } from '../model/matcher-values.ts';
import { escapePointer, isFields, type Resource, read, type Value } from '../model/resource.ts';
import type { ConditionMatcher } from '../model/signature.ts';
import { parseTime } from '../model/time.ts';
import { type Expressions, matchedText } from './expression.ts';
import { matchesAny } from './glob.ts';
import { type ResourceMatch, satisfiesText } from './predicate.ts';

/** Conditions of the object that match; one match per place that the pattern finds in a message. */
export function matchConditions(resource: Resource, spec: ConditionMatcher, expressions: Expressions): ResourceMatch[] {
  const list = conditionList(resource);
  return list.items.flatMap((item, index) => {
    if (!isFields(item) || !fits(item, spec)) return [];
    const message = text(item['message']);
    if (satisfiesText(message, { contains: spec.contains, not: spec.not }, expressions) === undefined) return [];
    const pointer = `${list.pointer}/${index}`;
    const since = parseTime(text(item['lastTransitionTime']) ?? '');
    const shared = { pointer, ...(since !== undefined && { since }) };
    const shown = show(item);
    if (spec.pattern === undefined) return [{ ...shared, text: shown, captures: {} }];
    const part = matchedText(message, listOf(spec.contains));
    return expressions
      .of(spec.pattern, 'g')
      .execAll(part)
      .map((match) => ({
        ...shared,
        text: shown,
        captures: match.groups ?? {},
      }));
  });
}

/** Most kinds keep them in `status.conditions`; the install-config-like `status.operationalStatus` kinds have none. */
function conditionList(resource: Resource): { readonly pointer: string; readonly items: readonly Value[] } {
  for (const field of ['status', 'spec']) {
    const items = read(resource.body, `${field}.conditions`);
    if (Array.isArray(items)) return { pointer: `/${escapePointer(field)}/conditions`, items };
  }
  return { pointer: '', items: [] };
}

function fits(item: { readonly [key: string]: Value }, spec: ConditionMatcher): boolean {
  return (
    matchesAny(listOf(spec.type), text(item['type'])) &&
    (listOf(spec.status) as readonly string[]).includes(text(item['status'])) &&
    matchesAny(listOf(spec.reason), text(item['reason']))
  );
}

function text(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

function show(item: { readonly [key: string]: Value }): string {
  const head = `${text(item['type'])}=${text(item['status'])}`;
  const reason = text(item['reason']);
  const message = text(item['message']);
  return `${head}${reason === '' ? '' : ` ${reason}`}${message === '' ? '' : `: ${message}`}`.slice(0, 2000);
}
