import { isFields, type Resource, readList, readText } from '../model/resource.ts';
import { type Micros, parseTime } from '../model/time.ts';

/** One entry of `status.conditions`, with its place. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  /** `Reason: message`, as far as given. */
  readonly text: string;
  readonly since?: Micros;
  readonly source: string;
  readonly line: number;
}

export function conditionsOf(resource: Resource): Condition[] {
  return readList(resource.body, 'status.conditions').flatMap((item, index) => {
    if (!isFields(item)) return [];
    const since = parseTime(readText(item, 'lastTransitionTime') ?? '');
    const words = [readText(item, 'reason'), readText(item, 'message')].filter((word) => word !== undefined);
    return [
      {
        type: readText(item, 'type') ?? '',
        status: readText(item, 'status') ?? '',
        text: words.filter((word) => word !== '').join(': '),
        ...(since !== undefined && { since }),
        source: resource.path,
        line: resource.lineOf(`/status/conditions/${index}`),
      },
    ];
  });
}
