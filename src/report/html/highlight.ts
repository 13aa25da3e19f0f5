import { visible } from '../text-safety.ts';
import { type Content, type Html, html } from './markup.ts';

/** Columns of a log line on the page; the file at its line holds the rest. */
const LONGEST = 4000;
/** Shorter captures stand everywhere and would colour the whole line. */
const SHORTEST_CAPTURE = 2;

/** The line with what the signature captured from it marked. */
export function highlighted(text: string, captures: Readonly<Record<string, string>>): Html {
  const line = visible(text);
  const shown = line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
  const wanted = [...new Set(Object.values(captures).map(visible))]
    .filter((value) => value.length >= SHORTEST_CAPTURE && shown.includes(value))
    .sort((a, b) => b.length - a.length);
  return html`${marked(shown, wanted)}`;
}

/** Splits the text at the first, longest values: each occurrence is marked, none twice. */
function marked(text: string, values: readonly string[]): Content[] {
  const [value, ...others] = values;
  if (value === undefined) return [text];
  return text
    .split(value)
    .flatMap((part, i) => [...(i === 0 ? [] : [html`<mark>${value}</mark>`]), ...marked(part, others)]);
}
