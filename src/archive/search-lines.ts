import type { IncidentSummary } from '../incidents/incident.ts';
import type { SearchHit, SearchResult } from '../incidents/store.ts';
import { type Paper, paperOf, paragraph } from '../report/terminal/paper.ts';
import { visible } from '../report/text-safety.ts';
import { counted, percent } from '../report/words.ts';

/** What a search found, for a terminal. */
export function searchLines({ total, hits }: SearchResult, looks: { width: number; color: boolean }): string[] {
  const paper = paperOf(looks.width, looks.color);
  const shown = hits.length < total ? `, the first ${hits.length} shown` : '';
  return [
    total === 0 ? 'no incident found' : `${counted(total, 'incident')} found${shown}`,
    ...hits.flatMap((hit) => ['', ...hitLines(paper, hit)]),
  ];
}

function hitLines(paper: Paper, { incident, snippets }: SearchHit): string[] {
  return [
    ...incidentLines(paper, incident),
    ...snippets.flatMap(({ field, parts }) => {
      const text = parts.map((part) => (part.marked ? paper.paint('yellow', visible(part.text)) : visible(part.text)));
      return [`  ${paper.paint('dim', `${field}:`)} ${text.join('')}`];
    }),
  ];
}

/** Name, time, cluster and causes of an incident. */
export function incidentLines(paper: Paper, incident: IncidentSummary): string[] {
  const facts = [incident.at.slice(0, 10), incident.version, incident.platform, incident.verdict.status];
  return [
    `${paper.paint('cyan', incident.id)} ${paper.paint('bold', visible(incident.name))}`,
    ...paragraph(paper, '  ', facts.filter((fact) => fact !== undefined).join(', '), { style: 'dim' }),
    ...incident.causes
      .slice(0, 3)
      .flatMap((cause) => paragraph(paper, '  - ', `${cause.title} (${percent(cause.confidence)})`)),
    ...(incident.causes.length === 0 ? paragraph(paper, '  ', incident.verdict.summary) : []),
  ];
}
