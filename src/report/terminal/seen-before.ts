import type { Report, SeenBefore } from '../../model/report.ts';
import { percent } from '../words.ts';
import { heading, type Paper, paragraph } from './paper.ts';

/** Incidents of an archive that were like this one. */
export function seenBefore(paper: Paper, report: Report): string[] {
  const all = report.seenBefore ?? [];
  if (all.length === 0) return [];
  return [...heading(paper, 'Seen before'), ...all.flatMap((one) => seenBeforeLines(paper, one))];
}

export function seenBeforeLines(paper: Paper, one: SeenBefore): string[] {
  return [
    ...paragraph(paper, '- ', `${one.name} (${one.incident}), ${one.at.slice(0, 10)}, ${percent(one.likeness)} alike`, {
      style: 'bold',
    }),
    ...one.causes.slice(0, 3).flatMap((cause) => paragraph(paper, '  ', cause)),
    ...one.resolutions.flatMap(({ text, by }) =>
      paragraph(paper, '  resolved: ', by === undefined ? text : `${text} (${by})`, { style: 'green' }),
    ),
    ...labelledLines(paper, '  same: ', one.same),
    ...labelledLines(paper, '  only here: ', one.onlyHere),
    ...labelledLines(paper, '  only there: ', one.onlyThere),
  ];
}

/** Each on a line of its own, under one label. */
function labelledLines(paper: Paper, label: string, texts: readonly string[]): string[] {
  return texts.flatMap((text, i) =>
    paragraph(paper, i === 0 ? label : ' '.repeat(label.length), text, { style: 'dim' }),
  );
}
