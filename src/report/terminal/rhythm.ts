import type { Report } from '../../model/report.ts';
import { bootSpan, endedBadly, endingInWords, rhythmInWords, tellingBoots } from '../rhythm-words.ts';
import { evidenceLines } from './evidence.ts';
import { heading, type Paper, paragraph } from './paper.ts';
import { table } from './table.ts';

/** The JSON report has them all. */
const MOST_ANOMALIES = 5;
const MOST_BOOTS = 20;

export function anomalies(paper: Paper, report: Report): string[] {
  const all = report.anomalies ?? [];
  if (all.length === 0) return [];
  const left = all.length - MOST_ANOMALIES;
  return [
    ...heading(paper, 'Repeating to the end, named by no signature'),
    ...all
      .slice(0, MOST_ANOMALIES)
      .flatMap((anomaly) => [
        ...paragraph(paper, '- ', anomaly.template, { style: 'bold', most: 3 }),
        ...paragraph(paper, '  ', rhythmInWords(anomaly), { style: 'dim' }),
        ...evidenceLines(paper, anomaly.evidence, 1),
      ]),
    ...(left > 0 ? [paper.paint('dim', `and ${left} more in the JSON report`)] : []),
  ];
}

export function boots(paper: Paper, report: Report): string[] {
  const all = tellingBoots(report);
  if (all.length === 0) return [];
  const columns = [{ title: 'host', share: 1 }, { title: 'boot' }, { title: 'ended', share: 1 }];
  const shown = all.slice(-MOST_BOOTS);
  const bad = shown.filter(endedBadly);
  return [
    ...heading(paper, 'Boots'),
    ...table(
      paper,
      columns,
      shown.map((boot) => [boot.host, bootSpan(boot), endingInWords(boot.ending)]),
    ),
    ...bad.flatMap((boot) =>
      boot.last === undefined
        ? []
        : [
            ...paragraph(paper, '- ', `last of ${boot.host} before the boot ended (${endingInWords(boot.ending)}):`),
            ...evidenceLines(paper, [boot.last], 1),
          ],
    ),
    ...(all.length > MOST_BOOTS
      ? [paper.paint('dim', `and ${all.length - MOST_BOOTS} before in the JSON report`)]
      : []),
  ];
}
