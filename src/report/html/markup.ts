import { visible } from '../text-safety.ts';

/** HTML that is safe to write as it stands. Only `html`, `visibleText` and `trusted` make it. */
export interface Html {
  readonly markup: string;
}

export type Content = Html | string | number | undefined | false | readonly Content[];

/** HTML with every value escaped that is not HTML already; `undefined` and `false` leave nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  let markup = strings[0]!;
  values.forEach((value, i) => {
    markup += markupOf(value) + strings[i + 1]!;
  });
  return { markup };
}

/** Markup of our own making. Never give it text of a report. */
export function trusted(markup: string): Html {
  return { markup };
}

export function markupOf(content: Content): string {
  if (content === undefined || content === false) return '';
  if (typeof content === 'string') return escaped(visible(content));
  if (typeof content === 'number') return String(content);
  if ('markup' in content) return content.markup;
  return content.map(markupOf).join('');
}

/** As text of a report, with its line ends kept: for what people copy. */
export function multiline(text: string): Html {
  return { markup: text.split(/\r?\n/).map(markupOf).join('\n') };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
