import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { render } from '../../src/report/render.ts';
import { hostileReport } from '../support/full-report.ts';

const parser = new MarkdownIt({ html: true, linkify: true });

/** Kinds of things that a real parser finds in the text. */
function found(markdown: string): Set<string> {
  const kinds = new Set<string>();
  const visit = (tokens: ReturnType<typeof parser.parse>): void => {
    for (const token of tokens) {
      kinds.add(token.type);
      if (token.children !== null) visit(token.children);
    }
  };
  visit(parser.parse(markdown, {}));
  return kinds;
}

describe.each(['markdown', 'postmortem'] as const)('the %s rendering of a hostile report', (format) => {
  const kinds = found(render(hostileReport(), format));

  it('is read as headings, lists and code', () => {
    expect([...kinds]).toEqual(expect.arrayContaining(['heading_open', 'list_item_open', 'text']));
  });

  it.each(['html_block', 'html_inline', 'link_open', 'image'])('holds no %s that a log line brought in', (kind) => {
    expect(kinds.has(kind)).toBe(false);
  });
});
