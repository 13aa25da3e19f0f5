import { commandLines } from '../report/command.ts';
import { visible, wrap } from '../report/text-safety.ts';
import { type Block, blocksOf, type Item, type Span } from './blocks.ts';
import type { Entry } from './entry.ts';

const WIDTH = 100;

/** An entry as `inquest signatures show` prints it. */
export function entryText(entry: Entry): string {
  return [entry.about.id, ...blocksOf(entry).flatMap((block) => ['', ...blockLines(block)])].join('\n');
}

function blockLines(block: Block): string[] {
  switch (block.type) {
    case 'heading':
      return [visible(block.text)];
    case 'paragraph':
      return wrap(spansText(block.spans), WIDTH);
    case 'code':
      return block.lines.map((line) => `    ${visible(line)}`);
    case 'list':
      return [block.title, ...block.items.flatMap(itemLines)];
  }
}

function itemLines({ risk, spans, run }: Item): string[] {
  const marked = `${risk === undefined ? '' : `[${risk}] `}${spansText(spans)}`;
  const [first = '', ...rest] = wrap(marked, WIDTH - 4);
  return [
    `  - ${first}`,
    ...rest.map((line) => `    ${line}`),
    ...(run === undefined ? [] : commandLines(run).map((line) => `      ${line}`)),
  ];
}

function spansText(spans: readonly Span[]): string {
  return spans.map((span) => visible(plain(span))).join('');
}

function plain(span: Span): string {
  if ('text' in span) return span.text;
  return 'url' in span ? span.url : span.entry;
}
