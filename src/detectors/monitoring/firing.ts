import type { DetectorInput } from '../../model/detector.ts';
import { CLUSTER, compareText } from '../../model/entity.ts';
import type { Document } from '../../model/facts.ts';
import type { Evidence, FindingDraft } from '../../model/finding.ts';
import { locateAll, read, readText, type Value } from '../../model/resource.ts';
import type { Micros } from '../../model/time.ts';
import { CERTAIN } from '../confidence.ts';
import { evidenceOf } from '../evidence.ts';
import { oldest, timeAt } from '../objects/age.ts';

interface Firing {
  readonly name: string;
  readonly at: Micros | undefined;
  readonly evidence: Evidence;
}

/** Alerts of one severity that were firing, each set of labels once. */
function firingAlerts(documents: readonly Document[], severity: string): Firing[] {
  const seen = new Set<string>();
  return documents.flatMap((document) =>
    locateAll(document.body, 'data.groups[*].rules[*].alerts[*]').flatMap(({ value, pointer }) => {
      if (readText(value, 'state') !== 'firing' || readText(value, 'labels.severity') !== severity) return [];
      const key = JSON.stringify(read(value, 'labels'));
      if (seen.has(key)) return [];
      seen.add(key);
      return [firing(document, value, pointer)];
    }),
  );
}

function firing(document: Document, value: Value, pointer: string): Firing {
  const name = readText(value, 'labels.alertname') ?? 'unnamed';
  const at = timeAt(value, 'activeAt');
  const labels = ['namespace', 'node', 'name', 'pod'];
  const [where] = labels.flatMap((label) => readText(value, `labels.${label}`) ?? []);
  const text = `alertname: ${name}${where === undefined ? '' : ` (${where})`}`;
  const evidence = {
    ...evidenceOf(document, '', { text, at }),
    pointer: document.pointer + pointer,
    line: document.lineOf(pointer),
  };
  return { name, at, evidence };
}

function alertNames(alerts: readonly Firing[]): string[] {
  return [...new Set(alerts.map(({ name }) => name))].sort(compareText);
}

/** `A, B, C, D, E and 3 more`. */
function shownNames(names: readonly string[]): string {
  return `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;
}

/** What a finding of these alerts has beside its title. */
function alertFacts(alerts: readonly Firing[]): Pick<FindingDraft, 'firstSeen' | 'count' | 'captures' | 'evidence'> {
  const since = oldest(alerts.map(({ at }) => at));
  return {
    ...(since !== undefined && { firstSeen: since }),
    count: alerts.length,
    captures: { alerts: alertNames(alerts).join(', ') },
    evidence: alerts.slice(0, 15).map(({ evidence }) => evidence),
  };
}

/** The work of both detectors of alerts: one finding for all that fire with a severity, but for those left out. */
export function reportFiring(
  { facts, report, noData }: DetectorInput<'documents'>,
  severity: string,
  title: string,
  isWanted: (name: string) => boolean = () => true,
): void {
  const documents = facts.documents.get('prometheus-rules') ?? [];
  if (documents.length === 0) {
    noData('the alert rules of Prometheus were not gathered');
    return;
  }
  const firing = firingAlerts(documents, severity).filter(({ name }) => isWanted(name));
  if (firing.length === 0) return;
  report({
    title: `${title}: ${shownNames(alertNames(firing))}`,
    confidence: CERTAIN,
    entities: [CLUSTER],
    ...alertFacts(firing),
  });
}
