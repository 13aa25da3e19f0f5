import type { IncidentSummary } from './incident.ts';
import type { IncidentFilter } from './store.ts';

/** Whether the filter lets the incident through. */
export function passes(incident: IncidentSummary, filter: IncidentFilter): boolean {
  return (
    anyOf(filter.signature, (one) => incident.signatures.includes(one)) &&
    anyOf(filter.component, (one) => incident.components.includes(one)) &&
    anyOf(filter.version, (one) => isVersion(incident.version, one)) &&
    anyOf(filter.platform, (one) => incident.platform?.toLowerCase() === one.toLowerCase()) &&
    anyOf(filter.status, (one) => incident.verdict.status === one) &&
    anyOf(filter.cluster, (one) => incident.cluster === one) &&
    (filter.since === undefined || incident.at >= filter.since) &&
    (filter.until === undefined || incident.at < filter.until)
  );
}

function anyOf(wanted: readonly string[] | undefined, fits: (one: string) => boolean): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.some(fits);
}

/** `4.18` fits `4.18.3` and `4.18.0-rc.1`, not `4.1`. */
function isVersion(version: string | undefined, wanted: string): boolean {
  return version === wanted || version?.startsWith(`${wanted}.`) === true || version?.startsWith(`${wanted}-`) === true;
}
