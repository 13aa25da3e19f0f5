import { describe, expect, it } from 'vitest';
import { lintCatalogue } from '../../src/detect/lint.ts';
import { type Signature, signatureSchema } from '../../src/model/signature.ts';
import { findingsOf } from '../../src/signature-cases.ts';

function signature(headline: string): Signature {
  return signatureSchema.parse({
    id: 'pot-empty',
    title: 'A pot is empty',
    headline,
    component: 'coffee',
    severity: 'error',
    role: 'cause',
    status: 'stable',
    match: { empty: { log: { contains: 'reservoir empty', pattern: 'reservoir empty(?: in pot (?<pot>\\w+))?' } } },
    summary: 'No coffee in {pot}.',
    why: 'Somebody drank it.',
    tests: {
      hits: [{ name: 'empty', log: { lines: ['reservoir empty'] } }],
      clear: [{ name: 'full', log: { lines: ['reservoir full'] } }],
    },
  });
}

function titles(headline: string, line: string): string[] {
  const log = { source: 'journal' as const, host: 'm0', lines: [`{short} m0 coffee: ${line}`] };
  return findingsOf([signature(headline)], { name: 'test', log }).findings.map(({ title }) => title);
}

describe('a headline', () => {
  it('names the finding by its captures and entities', () => {
    expect(titles('Pot {pot} of {node} is empty', 'reservoir empty in pot p1')).toEqual(['Pot p1 of m0 is empty']);
  });

  it('gives way to the title where a capture is missing', () => {
    expect(titles('Pot {pot} of {node} is empty', 'reservoir empty')).toEqual(['A pot is empty']);
  });

  it('names all nodes where there are several and they do not tell findings apart', () => {
    const pull = signatureSchema.parse({
      ...signature('{pod} is far from {node}'),
      match: { far: { log: { contains: 'is far away', pattern: '(?<pod>a/b): (?<node>n\\d) is far away' } } },
      entities: ['pod'],
      summary: '{pod}',
    });
    const title = (...nodes: string[]) =>
      findingsOf([pull], {
        name: 'test',
        log: { source: 'journal', host: 'm0', lines: nodes.map((node) => `{short} m0 x: a/b: ${node} is far away`) },
      }).findings.map((finding) => finding.title);
    expect(title('n1')).toEqual(['a/b is far from n1']);
    expect(title('n1', 'n2')).toEqual(['a/b is far from n1 and n2']);
    expect(title('n1', 'n2', 'n3')).toEqual(['a/b is far from n1 and 2 more']);
  });

  it('may show only what is captured', () => {
    const wrong = signature('Pot {colour} of {node} is empty');
    const problems = lintCatalogue({
      loaded: [{ file: 'pot-empty.yaml', signature: wrong }],
      signatures: [wrong],
      digest: '',
    });
    expect(problems.map(({ message }) => message)).toEqual(['headline shows {colour}, which nothing captures']);
  });
});
