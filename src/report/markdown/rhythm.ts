import type { Report } from '../../model/report.ts';
import { bootSpan, endedBadly, endingInWords, rhythmInWords, tellingBoots } from '../rhythm-words.ts';
import { evidenceItems } from './cause.ts';
import { code, codeCell, table, text } from './text.ts';

/** The JSON report has them all. */
const MOST_BOOTS = 50;

export function anomaliesSection(report: Report): string[][] {
  const all = report.anomalies ?? [];
  if (all.length === 0) return [];
  return [
    ['## Repeating to the end, named by no signature'],
    ...all.flatMap((anomaly) => [
      [`${code(anomaly.template)}: ${text(rhythmInWords(anomaly))}`],
      evidenceItems(anomaly.evidence),
    ]),
  ];
}

export function bootsSection(report: Report): string[][] {
  const all = tellingBoots(report).slice(-MOST_BOOTS);
  if (all.length === 0) return [];
  const rows = all.map((boot) => [codeCell(boot.host), bootSpan(boot), endingInWords(boot.ending)]);
  return [
    ['## Boots'],
    table(['Host', 'Boot', 'Ended'], rows),
    ...all
      .filter(endedBadly)
      .flatMap((boot) =>
        boot.last === undefined
          ? []
          : [
              [`Last of ${text(boot.host)} before the boot ended (${endingInWords(boot.ending)}):`],
              evidenceItems([boot.last]),
            ],
      ),
  ];
}
