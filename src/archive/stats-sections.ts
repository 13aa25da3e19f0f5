import type { Failure } from '../incidents/incident.ts';
import type { CauseCount, Count, Spread, Statistics } from '../incidents/statistics.ts';
import { formatDuration } from '../model/time.ts';
import { percent } from '../report/words.ts';

/** What is said of an archive, whatever it is shown in. */
export interface ArchiveStatistics {
  readonly statistics: Statistics;
  readonly failures: readonly Failure[];
  /** Signatures of the present catalogue that no incident of the archive has; undefined where only some were counted. */
  readonly neverHit?: readonly string[];
}

/** A part of the statistics: a sentence or two, a picture, a table. */
export interface StatsSection {
  readonly id: string;
  readonly title: string;
  readonly says: readonly string[];
  readonly bars?: Bars;
  readonly table?: StatsTable;
}

export interface Bars {
  readonly name: string;
  /** `time`: side by side in their order; else one below the other. */
  readonly along: 'time' | 'rank';
  readonly values: readonly Count[];
}

export interface StatsTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const MOST_ROWS = 25;
const MOST_BARS = 12;

export function statsSections(all: ArchiveStatistics): StatsSection[] {
  const { statistics } = all;
  return [
    overview(all),
    causes(statistics.causes),
    ranked('versions', 'Releases', statistics.versions),
    ranked('platforms', 'Platforms', statistics.platforms),
    onset(statistics.onsetToGather),
    early(statistics),
    unexplained(statistics),
    signatures(all),
    failures(all.failures),
  ].filter((section) => section !== undefined);
}

function overview({ statistics: { incidents, verdicts, months }, failures: failed }: ArchiveStatistics): StatsSection {
  const states = verdicts.map(({ value, count }) => `${count} ${value}`).join(', ');
  return {
    id: 'overview',
    title: 'Incidents',
    says: [
      `${incidents} incidents${states === '' ? '' : `: ${states}`}.`,
      ...(failed.length > 0 ? [`${failed.length} inputs could not be analysed.`] : []),
    ],
    ...(months.length > 1 && { bars: { name: 'Incidents by month', along: 'time', values: months } }),
  };
}

function causes(all: readonly CauseCount[]): StatsSection | undefined {
  if (all.length === 0) return undefined;
  return {
    id: 'causes',
    title: 'Root causes',
    says: [],
    bars: {
      name: 'Incidents by root cause',
      along: 'rank',
      values: all.slice(0, MOST_BARS).map(({ signature, count }) => ({ value: signature, count })),
    },
    table: {
      columns: ['Root cause', 'Incidents', 'First', 'Releases', 'Platforms', 'Months'],
      rows: all
        .slice(0, MOST_ROWS)
        .map((cause) => [
          cause.title,
          String(cause.count),
          String(cause.first),
          counts(cause.versions),
          counts(cause.platforms),
          span(cause.months),
        ]),
    },
  };
}

/** `4.18 (3), 4.16 (1)` */
function counts(all: readonly Count[]): string {
  return all
    .slice(0, 4)
    .map(({ value, count }) => `${value} (${count})`)
    .join(', ');
}

function span(months: readonly Count[]): string {
  const [first, last] = [months[0]?.value ?? '', months.at(-1)?.value ?? ''];
  return first === last ? first : `${first} to ${last}`;
}

function ranked(id: string, title: string, values: readonly Count[]): StatsSection | undefined {
  if (values.length === 0) return undefined;
  return { id, title, says: [], bars: { name: title, along: 'rank', values: values.slice(0, MOST_BARS) } };
}

function onset({ count, medianMs, p90Ms, buckets }: Spread): StatsSection | undefined {
  if (medianMs === undefined || p90Ms === undefined) return undefined;
  return {
    id: 'onset',
    title: 'From the onset to the gather',
    says: [
      `Half of ${count} incidents were gathered within ${duration(medianMs)} of their onset, nine in ten within ${duration(p90Ms)}.`,
    ],
    bars: {
      name: 'Time from onset to gather',
      along: 'rank',
      values: buckets.map(({ belowMs, count: many }) => ({
        value: belowMs === undefined ? 'a week or more' : `under ${duration(belowMs)}`,
        count: many,
      })),
    },
  };
}

function early({ early: signs, incidents }: Statistics): StatsSection | undefined {
  if (signs.length === 0) return undefined;
  return {
    id: 'early',
    title: 'Signs that were visible early',
    says: ['What was found before the first critical finding: candidates for alerts.'],
    table: {
      columns: ['Signature', 'Incidents', 'Of all', 'Ahead by (median)'],
      rows: signs
        .slice(0, MOST_ROWS)
        .map(({ signature, count, medianLeadMs }) => [
          signature,
          String(count),
          percent(count / incidents),
          duration(medianLeadMs),
        ]),
    },
  };
}

function unexplained({ unexplained: { withoutCause, withSymptoms, symptoms, templates }, incidents }: Statistics) {
  if (incidents === 0) return undefined;
  const rows = [
    ...symptoms.slice(0, MOST_ROWS).map(({ value, count }) => ['symptom', value, String(count)]),
    ...templates.slice(0, MOST_ROWS).map(({ value, count }) => ['repeating line', value, String(count)]),
  ];
  return {
    id: 'unexplained',
    title: 'Unexplained',
    says: [
      `${withoutCause} of ${incidents} incidents (${percent(withoutCause / incidents)}) are broken without a root cause that is known; ${withSymptoms} (${percent(withSymptoms / incidents)}) hold symptoms that nothing explains.`,
      ...(rows.length > 0 ? ['The most frequent are worth a signature, or an edge.'] : []),
    ],
    ...(rows.length > 0 && { table: { columns: ['Kind', 'What', 'Incidents'], rows } }),
  };
}

function signatures({ statistics: { hits, together }, neverHit }: ArchiveStatistics): StatsSection | undefined {
  if (hits.length === 0) return undefined;
  return {
    id: 'signatures',
    title: 'Signatures',
    says: [
      `${hits.length} signatures were found at least once.`,
      ...(neverHit === undefined || neverHit.length === 0
        ? []
        : [`${neverHit.length} never: ${neverHit.slice(0, 40).join(', ')}${neverHit.length > 40 ? ', …' : ''}.`]),
      ...(together.length > 0 ? ['Of these pairs none is ever found alone; one may be enough:'] : []),
    ],
    ...(together.length > 0 && {
      table: {
        columns: ['One', 'The other', 'Incidents'],
        rows: together.slice(0, MOST_ROWS).map(({ a, b, count }) => [a, b, String(count)]),
      },
    }),
  };
}

function failures(all: readonly Failure[]): StatsSection | undefined {
  if (all.length === 0) return undefined;
  return {
    id: 'failures',
    title: 'Could not be analysed',
    says: [],
    table: {
      columns: ['Input', 'Why', 'When'],
      rows: all.slice(0, MOST_ROWS).map(({ name, kind, reason, at }) => [name, `${kind}: ${reason}`, at.slice(0, 10)]),
    },
  };
}

function duration(ms: number): string {
  return formatDuration(ms * 1000);
}
