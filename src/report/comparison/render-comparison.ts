import type { Comparison } from '../../model/comparison.ts';
import { code, text } from '../markdown/text.ts';
import { mapStrings } from '../redact/map-strings.ts';
import { withoutSecrets } from '../redact/secrets.ts';
import { type Paper, paperOf, paragraph } from '../terminal/paper.ts';
import { type Item, sectionsOf, sideInWords } from './words.ts';

export const COMPARISON_FORMATS = ['terminal', 'json', 'markdown'] as const;
export type ComparisonFormat = (typeof COMPARISON_FORMATS)[number];

/** Shown of one list on a terminal; the other formats hold all. */
const MOST = 20;

export function renderComparison(
  comparison: Comparison,
  format: ComparisonFormat,
  { width = 80, color = false }: { readonly width?: number; readonly color?: boolean } = {},
): string {
  const masked = mapStrings(comparison, withoutSecrets);
  if (format === 'json') return `${JSON.stringify(masked, null, 2)}\n`;
  return format === 'markdown' ? asMarkdown(masked) : asText(masked, paperOf(width, color));
}

/** The folders of a must-gather, which name nothing but the collection. */
const GATHER = /^(?:.*\/)?must-gather\.local\.\d+\/[\w.-]+-sha256-[0-9a-f]+\//;

const NOTHING = 'Nothing that is known to matter differs.';

function asText(comparison: Comparison, paper: Paper): string {
  const sections = sectionsOf(comparison);
  return [
    ...paragraph(paper, 'before  ', sideInWords(comparison.before)),
    ...paragraph(paper, 'after   ', sideInWords(comparison.after)),
    ...(sections.length === 0 ? ['', NOTHING] : []),
    ...sections.flatMap(({ title, items }) => [
      '',
      paper.paint('bold', title),
      ...items.slice(0, MOST).flatMap((item) => itemLines(paper, item)),
      ...(items.length > MOST ? [`  and ${items.length - MOST} more; --format markdown or json shows all`] : []),
    ]),
    '',
  ].join('\n');
}

function itemLines(paper: Paper, { text: what, place }: Item): string[] {
  return [
    ...paragraph(paper, '  - ', what, { most: 4 }),
    ...(place === undefined ? [] : paragraph(paper, '    ', place.replace(GATHER, '…/'), { style: 'dim' })),
  ];
}

function asMarkdown(comparison: Comparison): string {
  const sections = sectionsOf(comparison);
  return [
    '# What changed',
    '',
    `- Before: ${text(sideInWords(comparison.before))}`,
    `- After: ${text(sideInWords(comparison.after))}`,
    ...(sections.length === 0 ? ['', NOTHING] : []),
    ...sections.flatMap(({ title, items }) => [
      '',
      `## ${title}`,
      '',
      ...items.map(({ text: what, place }) => `- ${text(what)}${place === undefined ? '' : ` (${code(place)})`}`),
    ]),
    '',
  ].join('\n');
}
