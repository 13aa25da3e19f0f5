import { SEVERITIES } from '../../src/model/finding.ts';
import type { Report } from '../../src/model/report.ts';
import { reportFixture } from './report-fixture.ts';

/** A report with as many findings and timeline entries as nobody should ever get, the same every time. */
export function largeReport(findings: number, marks: number): Report {
  const report = reportFixture();
  const start = Date.parse('2025-12-02T18:30:00Z');
  const time = (i: number, of: number) => new Date(start + Math.floor((i / of) * 30 * 3_600_000)).toISOString();
  for (let i = 0; i < findings; i++) {
    report.findings.push({
      id: `big-${i}`,
      signature: `signature-${i % 180}`,
      title: `Pod web-${i} restarts again and again, container ${i % 7}`,
      severity: SEVERITIES[i % 4]!,
      role: 'symptom',
      status: 'active',
      confidence: 0.8,
      entities: [
        { kind: 'pod', name: `team-${i % 90}/web-${i}` },
        { kind: 'node', name: `worker-${i % 120}` },
      ],
      firstSeen: time(i, findings),
      count: i + 1,
      captures: { exitCode: String(i % 250), container: `server-${i % 7}` },
      evidence: [0, 1, 2].map((piece) => ({
        source: `must-gather/namespaces/team-${i % 90}/pods/web-${i}/server/server/logs/current.log`,
        line: i * 10 + piece + 1,
        at: time(i, findings),
        text: `E1203 18:31:30.195791 ${i} pod_workers.go:${piece} "Error syncing pod" pod="team-${i % 90}/web-${i}" err="back-off ${piece}m0s restarting failed container=server-${i % 7}"`,
        repeats: piece + 1,
      })),
    });
    if (i > 0) {
      report.edges.push({
        cause: `big-${Math.floor(i / 3)}`,
        effect: `big-${i}`,
        strength: 0.7,
        because: ['same node'],
      });
    }
  }
  for (let i = 0; i < marks; i++) {
    report.timeline.push({
      at: time(i, marks),
      ...(i % 5 === 0 && { until: time(Math.min(marks, i + 40), marks) }),
      lane: i % 3 === 0 ? `node worker-${i % 120}` : `namespace team-${i % 90}`,
      kind: 'symptom',
      severity: SEVERITIES[(i * 7) % 4]!,
      text: `Pod web-${i % Math.max(1, findings)} restarts`,
      finding: `big-${i % Math.max(1, findings)}`,
    });
  }
  return report;
}
