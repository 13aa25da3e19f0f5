import type { Evidence } from '../../model/finding.ts';
import { isFields, type Resource, readList, readText } from '../../model/resource.ts';
import { type Micros, parseTime } from '../../model/time.ts';
import { evidenceOf } from '../evidence.ts';

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  /** Its own `lastTransitionTime`. */
  readonly since?: Micros;
  readonly index: number;
}

/** `status.conditions` of an object, in order. */
export function conditionsOf(resource: Resource): Condition[] {
  return readList(resource.body, 'status.conditions').flatMap((item, index) => {
    if (!isFields(item)) return [];
    const since = parseTime(readText(item, 'lastTransitionTime') ?? '');
    return [
      {
        type: readText(item, 'type') ?? '',
        status: readText(item, 'status') ?? '',
        reason: readText(item, 'reason') ?? '',
        message: readText(item, 'message') ?? '',
        ...(since !== undefined && { since }),
        index,
      },
    ];
  });
}

export function conditionOf(resource: Resource, type: string): Condition | undefined {
  return conditionsOf(resource).find((condition) => condition.type === type);
}

/** `Degraded=True Reason: message`, at the condition's place. */
export function conditionEvidence(resource: Resource, condition: Condition): Evidence {
  const { type, status, reason, message, index, since } = condition;
  const text = `${type}=${status}${reason && ` ${reason}`}${message && `: ${message}`}`;
  return evidenceOf(resource, `status.conditions[${index}]`, { text, at: since });
}
