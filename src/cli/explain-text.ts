import { whenInWords } from '../catalogue/when-in-words.ts';
import type { LineMatch } from '../detect/explain-line.ts';
import type { LineExplanation } from '../explain.ts';
import { clip, visible } from '../report/text-safety.ts';

const LONGEST_LINE = 200;

/** What `inquest explain` prints. With several lines, those that no signature knows are only counted. */
export function explanationLines(explanations: readonly LineExplanation[]): string[] {
  if (explanations.length === 1) return matchLines(explanations[0]!.matches);
  const known = explanations.filter(({ matches }) => matches.length > 0);
  return [
    ...known.flatMap(({ line, matches }) => [
      clip(visible(line), LONGEST_LINE),
      ...matchLines(matches).map(indented),
      '',
    ]),
    `${explanations.length} lines, ${known.length} of them known to a signature`,
  ];
}

function indented(line: string): string {
  return line === '' ? '' : `  ${line}`;
}

function matchLines(matches: readonly LineMatch[]): string[] {
  const found = matches.filter(({ failed }) => failed.length === 0);
  const near = matches.filter(({ failed }) => failed.length > 0);
  return [
    found.length === 0 ? 'No signature matches.' : 'Matches',
    ...found.flatMap(foundLines),
    ...(near.length === 0 ? [] : ['Near misses', ...near.flatMap(nearLines)]),
  ];
}

function foundLines(match: LineMatch): string[] {
  const { signature, captures, provided } = match;
  const shown = Object.entries(captures).map(([name, value]) => `${name} = ${visible(value)}`);
  return [
    ...headLines(match),
    ...(shown.length === 0 ? [] : [`    captures: ${shown.join(', ')}`]),
    ...provided.map((condition) => `    provided that ${visible(condition)}`),
    `    a finding: ${visible(whenInWords(signature.when))}`,
  ];
}

function nearLines(match: LineMatch): string[] {
  return [...headLines(match), ...match.failed.map((reason) => `    but ${visible(reason)}`)];
}

function headLines({ signature, matcher, literal }: LineMatch): string[] {
  const { id, severity, role, title } = signature;
  return [
    `  ${id} (${matcher}): ${severity}, ${role}: ${visible(title)}`,
    ...(literal === undefined ? [] : [`    literal: ${JSON.stringify(visible(literal))}`]),
  ];
}
