import { compareText } from '../model/entity.ts';
import { severityRank } from '../model/finding.ts';
import type { Report, ReportFinding } from '../model/report.ts';
import { type Graph, shownElsewhere } from './chain.ts';

/** Findings that neither a root cause, its chain nor the unexplained symptoms show, most severe first. */
export function otherFindings(report: Report, graph: Graph): ReportFinding[] {
  const shown = shownElsewhere(report, graph);
  return report.findings
    .filter((finding) => !shown.has(finding.id))
    .sort((a, b) => severityRank(b.severity) - severityRank(a.severity));
}

/** Symptoms that no cause explains, but those that stand in the place of an unseen cause. */
export function looseSymptoms({ unexplained, rootCauses }: Report): string[] {
  const standIns = new Set(rootCauses.map(({ finding }) => finding));
  return unexplained.filter((id) => !standIns.has(id));
}

export interface UnwellOperator {
  readonly name: string;
  readonly states: readonly string[];
  readonly since: string | undefined;
  readonly message: string | undefined;
}

/** Operators that are degraded, unavailable or progressing, and behind them those that have not said how they are. */
export function unwellOperators(report: Report): UnwellOperator[] {
  const ordered = report.cluster.operators.toSorted(
    (a, b) => Number(a.unreported === true) - Number(b.unreported === true),
  );
  return ordered.flatMap((operator) => {
    const states = [
      ...(operator.available ? [] : [operator.unreported === true ? 'not reported' : 'unavailable']),
      ...(operator.degraded ? ['degraded'] : []),
      ...(operator.progressing ? ['progressing'] : []),
    ];
    return states.length === 0
      ? []
      : [{ name: operator.name, states, since: operator.since, message: operator.message }];
  });
}

export interface SkippedGroup {
  readonly reason: string;
  readonly count: number;
  readonly example: string;
}

/** Skipped files by reason, most frequent first. */
export function skippedByReason(report: Report): SkippedGroup[] {
  const groups = new Map<string, { count: number; readonly example: string }>();
  for (const { source, reason } of report.coverage.skipped) {
    const group = groups.get(reason);
    if (group === undefined) groups.set(reason, { count: 1, example: source });
    else group.count++;
  }
  return [...groups]
    .map(([reason, group]) => ({ reason, ...group }))
    .sort((a, b) => b.count - a.count || compareText(a.reason, b.reason));
}
