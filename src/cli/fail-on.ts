import { severityRank } from '../model/finding.ts';
import type { Report } from '../model/report.ts';

export const FAIL_ON = ['never', 'warning', 'error', 'critical', 'root-cause'] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** Whether the report holds a finding at or above the severity, or any root cause; recovered ones count too. */
export function reaches(report: Report, failOn: FailOn): boolean {
  if (failOn === 'never') return false;
  if (failOn === 'root-cause') return report.rootCauses.length > 0;
  const threshold = severityRank(failOn);
  return report.findings.some((finding) => severityRank(finding.severity) >= threshold);
}
