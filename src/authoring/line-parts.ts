import { RECOGNISERS, type Recogniser } from './recognisers.ts';

/** A piece of a line: its wording, or something that differs from line to line. */
export type Part =
  | { readonly type: 'fixed'; readonly text: string }
  | {
      readonly type: 'variable';
      readonly text: string;
      readonly recogniser: Recogniser & { readonly pattern: string };
    };

/** Takes a line apart. The texts of the parts together are the line. */
export function partsOf(line: string): Part[] {
  const parts: Part[] = [];
  let fixed = '';
  for (let at = 0; at < line.length; ) {
    const found = recognised(line, at);
    if (found === undefined || found.recogniser.pattern === undefined) {
      const text = found?.text ?? line[at]!;
      fixed += text;
      at += text.length;
      continue;
    }
    const { pattern } = found.recogniser;
    if (fixed !== '') parts.push({ type: 'fixed', text: fixed });
    fixed = '';
    parts.push({ type: 'variable', text: found.text, recogniser: { ...found.recogniser, pattern } });
    at += found.text.length;
  }
  return fixed === '' ? parts : [...parts, { type: 'fixed', text: fixed }];
}

function recognised(line: string, at: number): { recogniser: Recogniser; text: string } | undefined {
  for (const recogniser of RECOGNISERS) {
    recogniser.find.lastIndex = at;
    const text = recogniser.find.exec(line)?.[0];
    if (text !== undefined && text !== '') return { recogniser, text };
  }
  return undefined;
}

/** The line as a test case writes it: times as placeholders. */
export function caseLine(line: string): string {
  return partsOf(line)
    .map((part) => (part.type === 'variable' ? (part.recogniser.placeholder ?? part.text) : part.text))
    .join('');
}
