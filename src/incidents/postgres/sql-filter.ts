import type { IncidentFilter } from '../store.ts';

export interface Condition {
  /** An expression over the columns of `incidents`. */
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** The filter as a condition whose first parameter has the number `first`. Means what `passes` means. */
export function conditionOf(filter: IncidentFilter, first = 1): Condition {
  const parts: string[] = [];
  const values: unknown[] = [];
  const add = (wanted: readonly string[] | string | undefined, sql: (parameter: string) => string): void => {
    if (wanted === undefined || wanted.length === 0) return;
    values.push(wanted);
    parts.push(sql(`$${first + values.length - 1}`));
  };
  add(filter.signature, (p) => `signatures && ${p}::text[]`);
  add(filter.component, (p) => `components && ${p}::text[]`);
  add(filter.version, (p) => `exists (select from unnest(${p}::text[]) v where ${fits('version', 'v')})`);
  add(
    filter.platform?.map((one) => one.toLowerCase()),
    (p) => `lower(platform) = any(${p}::text[])`,
  );
  add(filter.status, (p) => `status = any(${p}::text[])`);
  add(filter.cluster, (p) => `cluster = any(${p}::text[])`);
  add(filter.since, (p) => `at >= ${p}`);
  add(filter.until, (p) => `at < ${p}`);
  return { sql: parts.length === 0 ? 'true' : parts.join(' and '), values };
}

/** `4.18` fits `4.18.3` and `4.18.0-rc.1`, not `4.1`. */
function fits(version: string, wanted: string): string {
  return `(${version} = ${wanted} or starts_with(${version}, ${wanted} || '.') or starts_with(${version}, ${wanted} || '-'))`;
}
