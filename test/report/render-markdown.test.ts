import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { code, codeCell, fence, table, text } from '../../src/report/markdown/text.ts';
import { renderMarkdown } from '../../src/report/render-markdown.ts';
import { HOSTILE, reportFixture } from '../support/report-fixture.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '`',
        '``',
        '|',
        '\\',
        '<',
        '*',
        '_',
        '[',
        ']',
        '(',
        ')',
        '!',
        ' ',
        '\n',
        'a',
        '&',
        '#',
        '-',
        '1.',
      ),
    )
    .map((parts) => parts.join('')),
);

/** The characters that Markdown shows for escaped text: what an escape or entity stands for. */
function shown(markdown: string): string {
  return markdown
    .replace(/\\([!-/:-@[-`{-~])/g, (_, character: string) => `&#${character.charCodeAt(0)};`)
    .replace(/&#(\d+);/g, (_, number: string) => String.fromCharCode(Number(number)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

describe('text', () => {
  it.each([
    ['# no heading', '\\# no heading'],
    ['- no item', '\\- no item'],
    ['1. no item', '1\\. no item'],
    ['10.46.124.13 is an address', '10.46.124.13 is an address'],
    ['a | b', 'a &#124; b'],
    ['<b>&amp;</b>', '&lt;b&gt;&amp;amp;&lt;/b&gt;'],
    ['*a* _b_ `c` ~~d~~ $e$', '\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~ \\$e\\$'],
    ['![i](http://x) www.x.y', '\\!\\[i\\](http:\\//x) www\\.x.y'],
    ['    no code', 'no code'],
    ['two\n\nparagraphs', 'two↵↵paragraphs'],
  ])('%j becomes %j', (hostile, markdown) => {
    expect(text(hostile)).toBe(markdown);
  });

  it('never leaves a character that could open markup', () => {
    fc.assert(
      fc.property(anyText, (hostile) => {
        const markdown = text(hostile);
        expect(markdown).not.toMatch(/[<>|\n\r]/);
        expect(markdown.replace(/\\[!-/:-@[-`{-~]|&#124;/g, 'x')).not.toMatch(
          /[\\`*_[\]~#$!]|^[-+=]|:\/\/|&(?!amp;|lt;|gt;)/,
        );
      }),
    );
  });

  it('shows every character of it', () => {
    expect(shown(text('a|b*c_d<e>&f[g]`h`\\i'))).toBe('a|b*c_d<e>&f[g]`h`\\i');
  });
});

describe('code', () => {
  it('delimits with more backticks than the text holds', () => {
    expect(code('a')).toBe('`a`');
    expect(code('a`b``c')).toBe('```a`b``c```');
    expect(code('`a`')).toBe('`` `a` ``');
  });

  it('gives way to escaped text where a table cell would end', () => {
    expect(codeCell('a|b')).toBe('a&#124;b');
    expect(codeCell('a_b')).toBe('`a_b`');
  });
});

describe('fence', () => {
  it('outgrows what it holds', () => {
    fc.assert(
      fc.property(fc.array(anyText), (lines) => {
        const [open, ...rest] = fence(lines, 'text');
        const ticks = /^`+/.exec(open!)![0];
        expect(rest.pop()).toBe(ticks);
        expect(rest).toHaveLength(lines.length);
        for (const line of rest) expect(line).not.toContain(ticks);
      }),
    );
  });
});

describe('table', () => {
  it('is nothing without rows', () => {
    expect(table(['a'], [])).toEqual([]);
  });

  it('keeps its columns whatever the cells hold', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const lines = table(['x', 'y'], [[text(a), codeCell(b)]]);
        expect(lines).toHaveLength(3);
        for (const line of lines) expect(line.match(/\|/g)).toHaveLength(3);
      }),
    );
  });
});

describe('renderMarkdown', () => {
  const markdown = renderMarkdown(reportFixture());

  it('gives the answer first', () => {
    const lines = markdown.split('\n');
    expect(lines.slice(0, 3)).toEqual(['# inquest report', '', '**FAILED**, needs a reinstall.']);
    expect(markdown.indexOf('| 2 | ConnectX port asks')).toBeLessThan(markdown.indexOf('## 1. API VIP'));
  });

  it('holds every part', () => {
    expect(markdown.match(/^##? .*$/gm)).toEqual([
      '# inquest report',
      '## 1. API VIP 10.46.124.13 lies outside every machine network',
      '## 2. ConnectX port asks an absent module for its identity, forever',
      '## 3. The kubelet of master-1 has no client certificate',
      '## Symptoms that no cause explains',
      '## Other findings',
      '## Timeline',
      '## Cluster',
      '## What was read',
    ]);
    expect(markdown).toContain('   ```sh\n   oc get co network -w\n   ```');
    expect(markdown).toContain('2. **[destructive]** Otherwise reinstall');
    expect(markdown).toContain('- → **ClusterOperator network is degraded**, 2025-12-02 19:00:08Z, link 95 %');
  });

  it('shows hostile text in fences and escapes only', () => {
    const outside = markdown
      .replace(/^( *)(`{3,})[a-z]*\n[\s\S]*?\n\1\2$/gm, '')
      .replace(/(`+)[^`\n][^\n]*?\1(?!`)/g, '');
    expect(outside).not.toMatch(/<|http:\/\/|(?<!\\)\[link|[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(markdown).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &#124;');
  });

  it('ends where a chain runs in a circle', () => {
    expect(markdown).toContain('    - ⇢ **The kubelet of master-1 has no client certificate** (suspected, not proven)');
  });

  it('cannot be broken out of by any field', () => {
    const report = reportFixture();
    report.verdict.summary = `\n\n# owned\n\n${HOSTILE}`;
    report.rootCauses[0]!.title = '\n## owned';
    report.rootCauses[0]!.remediation = [{ text: '\n# owned', run: '```\n# owned\n````' }];
    const hostile = renderMarkdown(report).replace(/^( *)(`{3,})[a-z]*\n[\s\S]*?\n\1\2$/gm, '');
    expect(hostile).not.toMatch(/^\s*#+ owned/m);
  });
});
