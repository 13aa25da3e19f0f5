import type { Report } from '../../model/report.ts';
import { percent } from '../words.ts';
import { text } from './text.ts';

/** Incidents of an archive that were like this one. */
export function seenBeforeSection(report: Report): string[][] {
  const all = report.seenBefore ?? [];
  if (all.length === 0) return [];
  return [
    ['## Seen before'],
    all.flatMap(({ name, incident, at, likeness, causes, resolutions, same, onlyHere, onlyThere }) => [
      `- **${text(name)}** (${text(incident)}), ${text(at.slice(0, 10))}, ${percent(likeness)} alike: ${causes.map(text).join('; ')}`,
      ...resolutions.map((one) => `  - resolved: ${text(one.text)}${one.by === undefined ? '' : ` (${text(one.by)})`}`),
      ...item('same', same),
      ...item('only here', onlyHere),
      ...item('only there', onlyThere),
    ]),
  ];
}

function item(label: string, texts: readonly string[]): string[] {
  return texts.length === 0 ? [] : [`  - ${label}: ${texts.map(text).join('; ')}`];
}
