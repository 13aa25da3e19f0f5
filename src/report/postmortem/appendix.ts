import type { Report } from '../../model/report.ts';
import type { Graph } from '../chain.ts';
import { evidenceItems } from '../markdown/cause.ts';
import { code, codeCell, table, text } from '../markdown/text.ts';
import { counted, formatBytes, groupDigits } from '../words.ts';

const MOST_FINDINGS = 60;
const MOST_PIECES = 3;

/** The evidence of every finding that matters, and what was read. */
export function appendix(report: Report, graph: Graph): string[][] {
  const roots = report.rootCauses.flatMap(({ finding }) => graph.findings.get(finding) ?? []);
  const others = report.findings.filter(
    (finding) => !roots.includes(finding) && finding.severity !== 'info' && finding.evidence.length > 0,
  );
  const shown = [...roots, ...others].slice(0, MOST_FINDINGS);
  const left = roots.length + others.length - shown.length;
  return [
    ['## Appendix: evidence'],
    ...shown.flatMap((finding) => [
      [`### ${text(finding.title)}`],
      [`${finding.severity}, ${finding.role}, seen ${counted(finding.count, 'time')}; ${code(finding.signature)}`],
      evidenceItems(finding.evidence.slice(0, MOST_PIECES)),
    ]),
    ...(left > 0 ? [[`Left out: ${counted(left, 'finding')}, which the report has.`]] : []),
    ['### Inputs'],
    table(
      ['Input', 'Kind', 'Size', 'SHA-256'],
      report.inputs.map(({ path, kind, bytes, sha256 }) => [
        codeCell(path),
        kind,
        formatBytes(bytes),
        sha256 === undefined ? '' : codeCell(sha256),
      ]),
    ),
    [
      `${formatBytes(report.coverage.bytes)} in ${groupDigits(report.coverage.files)} files; ${text(report.tool.name)} ${text(report.tool.version)}, ${groupDigits(report.tool.signatures.count)} signatures.`,
    ],
  ];
}
