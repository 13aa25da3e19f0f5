import type { Knowledge, OutcomeRecord } from '../../src/model/detector.ts';
import type { Entity, EntityKind } from '../../src/model/entity.ts';
import { type AllFacts, RESOURCE_KINDS } from '../../src/model/facts.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { CauseEdge, JoinKind } from '../../src/model/signature.ts';
import { parseTime } from '../../src/model/time.ts';

/** `node:master-1` → an entity. */
export function entity(key: string): Entity {
  const colon = key.indexOf(':');
  return { kind: key.slice(0, colon) as EntityKind, name: key.slice(colon + 1) };
}

/** A finding as a detector would report it; what is not given is unremarkable. */
export function finding(
  signature: string,
  entities: readonly string[],
  more: Partial<Omit<Finding, 'firstSeen' | 'lastSeen'>> & { from?: string; to?: string } = {},
): Finding {
  const { from, to, ...rest } = more;
  const firstSeen = from === undefined ? undefined : parseTime(from)!;
  const lastSeen = to === undefined ? firstSeen : parseTime(to)!;
  return {
    id: `${signature}/${entities.join(',')}`,
    signature,
    title: signature,
    severity: 'error',
    role: 'symptom',
    status: 'active',
    confidence: 0.9,
    entities: entities.map(entity),
    count: 1,
    captures: {},
    evidence: [{ source: 'x.log', line: 1, text: signature, repeats: 1 }],
    ...(firstSeen !== undefined && { firstSeen }),
    ...(lastSeen !== undefined && { lastSeen }),
    ...rest,
  };
}

export function knowledge(id: string, causes: Knowledge['causes'] = [], more: Partial<Knowledge> = {}): Knowledge {
  return {
    id,
    title: id,
    component: 'test',
    severity: 'error',
    role: 'symptom',
    status: 'stable',
    causes,
    summary: id,
    why: id,
    ...more,
  };
}

/** A strong declared cause. */
export function leads(effect: string, ...join: JoinKind[]): CauseEdge {
  return { effect, join, strength: 'strong', because: `to ${effect}` };
}

export function byId(...all: readonly Knowledge[]): Map<string, Knowledge> {
  return new Map(all.map((k) => [k.id, k]));
}

export function outcomesOf(
  hits: readonly string[],
  clear: readonly string[] = [],
  noData: readonly string[] = [],
): OutcomeRecord[] {
  return [
    ...hits.map((signature) => ({ signature, outcome: 'hit' as const })),
    ...clear.map((signature) => ({ signature, outcome: 'clear' as const })),
    ...noData.map((signature) => ({ signature, outcome: 'no-data' as const })),
  ];
}

/** Facts of an input that holds nothing but what is given. */
export function factsWith(given: Partial<AllFacts>): AllFacts {
  const kinds = Object.fromEntries(RESOURCE_KINDS.map((kind) => [kind, []]));
  const extra = { documents: new Map(), files: [], hostLogs: [], boots: [], phases: { upgrades: [] } };
  return { ...kinds, ...extra, ...given } as unknown as AllFacts;
}
