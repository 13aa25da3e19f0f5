import type { Comparison } from '../../model/comparison.ts';

type Finding = Comparison['findings']['appeared'][number];

export interface Section {
  readonly title: string;
  readonly items: readonly Item[];
}

export interface Item {
  readonly text: string;
  /** Where it stands, as `file:line`. */
  readonly place?: string;
}

/** What every rendering says, in its order; sections without items are left out. */
export function sectionsOf(comparison: Comparison): Section[] {
  const { causes, findings, states, configuration, notes } = comparison;
  const over = findings.disappeared.filter(({ looked }) => looked);
  const unknown = findings.disappeared.filter(({ looked }) => !looked);
  const sections: Section[] = [
    { title: 'New root causes', items: causes.appeared.map(({ title }) => ({ text: title })) },
    { title: 'Root causes that are gone', items: causes.disappeared.map(goneItem) },
    { title: 'Configuration that changed', items: configuration.map(fieldItem) },
    { title: 'Changed state', items: states.map(stateItem) },
    { title: 'Appeared', items: findings.appeared.map((one) => findingItem(one)) },
    { title: 'Disappeared', items: over.map((one) => findingItem(one)) },
    { title: 'No longer looked at: may go on', items: unknown.map((one) => findingItem(one)) },
    {
      title: 'Findings that changed',
      items: findings.changed.map((one) =>
        findingItem(one, `was ${one.before.severity}, ${one.before.status}; is ${one.severity}, ${one.status}`),
      ),
    },
    { title: 'To know', items: notes.map((text) => ({ text })) },
  ];
  return sections.filter(({ items }) => items.length > 0);
}

function goneItem({ title, looked }: Comparison['causes']['disappeared'][number]): Item {
  return { text: looked ? title : `${title}: no longer looked at, may go on` };
}

function findingItem(finding: Finding, more?: string): Item {
  const [first] = finding.evidence;
  const about = finding.entities.find(({ kind, name }) => kind !== 'cluster' && !finding.title.includes(name));
  const what = `${finding.severity}: ${finding.title}${about === undefined ? '' : ` (${about.kind} ${about.name})`}`;
  return {
    text: more === undefined ? what : `${what}: ${more}`,
    ...(first !== undefined && { place: placeOf(first) }),
  };
}

function placeOf({ source, line }: { readonly source?: string; readonly line?: number | undefined }): string {
  return line === undefined ? (source ?? '') : `${source}:${line}`;
}

function fieldItem({ kind, name, field, before, after, place }: Comparison['configuration'][number]): Item {
  const what = `${kind} ${name}${field === '' ? '' : ` ${field}`}`;
  return { text: `${what}: ${before ?? 'not set'} → ${after ?? 'not set'}`, place: placeOf(place) };
}

function stateItem({ kind, name, before, after }: Comparison['states'][number]): Item {
  return { text: `${kind} ${name}: ${before ?? 'not gathered'} → ${after ?? 'not gathered'}` };
}

/** `2026-01-05T10:00:00Z, 4.18.14: degraded. Summary` */
export function sideInWords({ inputs, gatheredAt, version, verdict }: Comparison['before']): string {
  const known = [inputs.join(', '), gatheredAt, version].filter((part) => part !== undefined && part !== '');
  return `${known.join(', ')}: ${verdict.status}. ${verdict.summary}`;
}
