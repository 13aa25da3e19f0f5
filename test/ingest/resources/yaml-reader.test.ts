import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { Unreadable, Unsupported } from '../../../src/ingest/resources/unsupported.ts';
import { readYamlWithLibrary } from '../../../src/ingest/resources/yaml-library.ts';
import { readYaml } from '../../../src/ingest/resources/yaml-reader.ts';

function fast(text: string): unknown {
  const bytes = Buffer.from(text);
  return readYaml(bytes, 0, bytes.length, 1).value;
}

const READ: readonly (readonly [what: string, text: string, value: unknown])[] = [
  ['plain scalars', 'a: x y\nb: http://h:1/#f\nc: -x\n', { a: 'x y', b: 'http://h:1/#f', c: '-x' }],
  ['core schema', 'a: 1\nb: 0x1f\nc: 0o17\nd: 1e3\ne: .5\nf: ~\ng: True\nh:\n', coreValues()],
  ['YAML 1.1 words as text', 'a: yes\nb: on\nc: 2024-12-03\nd: 1_000\ne: 12:30\n', yaml11Texts()],
  ['numbers that a double would round as text', 'id: 14841639068965178418\nn: -9007199254740993\n', bigTexts()],
  ['the largest exact number', 'n: 9007199254740991\n', { n: 9007199254740991 }],
  ['lists in the column of their key', 'a:\n- 1\n- b: 2\n  c: 3\nd: 4\n', { a: [1, { b: 2, c: 3 }], d: 4 }],
  ['lists deeper than their key', 'a:\n  - 1\n  -\n    b: 2\nd: 4\n', { a: [1, { b: 2 }], d: 4 }],
  ['lists in lists', '- - 1\n  - 2\n-\n  - 3\n- []\n-\n', [[1, 2], [3], [], null]],
  ['empty collections', 'a: {}\nb: []\nc: { }\n'.replace('c: { }\n', ''), { a: {}, b: [] }],
  ['literal blocks', 'a: |\n  x\n   y\n\n  z\nb: |-\n  x\n\nc: |+\n  x\n\nd: 1\n', blocks()],
  ['a literal block that starts with blanks', 'a: |2\n    x\n  y\nb: 1\n', { a: '  x\ny\n', b: 1 }],
  ['an empty block', 'a: |\nb: |+\n\nc: >-\n', { a: '', b: '\n', c: '' }],
  ['folded blocks', 'a: >\n  one\n  two\n\n  three\n    deep\n  four\nb: >-\n  x\n', folded()],
  ['double quotes', 'a: "x\\ty\\u00e9\\x41\\n"\nb: "1"\n', { a: 'x\tyéA\n', b: '1' }],
  ['long double quotes', 'a: "one\n  two\n\n  three \\\n  four\\\n  \\ five"\n', { a: 'one two\nthree four five' }],
  ['single quotes', "a: 'it''s'\nb: 'one\n  two\n\n  three'\n", { a: "it's", b: 'one two\nthree' }],
  ['long plain text', 'a: one\n  two\n\n  three\nb: 1\n', { a: 'one two\nthree', b: 1 }],
  ['a long plain item', '- one\n  two\n- x\n', ['one two', 'x']],
  ['comments', '# c\na: 1 # c\n\n  # c\nb: # c\n  c: x#y\n# c\n', { a: 1, b: { c: 'x#y' } }],
  ['quoted keys', '"a b": 1\n\'c: d\': 2\n"e\\n": 3\n', { 'a b': 1, 'c: d': 2, 'e\n': 3 }],
  ['quoted items', '- "a: b"\n- \'c\'\n- "k": v\n', ['a: b', 'c', { k: 'v' }]],
  ['UTF-8', 'a: Zürich\nb: "😀"\nc: |\n  ñ\n', { a: 'Zürich', b: '😀', c: 'ñ\n' }],
  ['nothing', '# only a comment\n\n', null],
];

function coreValues(): unknown {
  return { a: 1, b: 31, c: 15, d: 1000, e: 0.5, f: null, g: true, h: null };
}

function yaml11Texts(): unknown {
  return { a: 'yes', b: 'on', c: '2024-12-03', d: '1_000', e: '12:30' };
}

function bigTexts(): unknown {
  return { id: '14841639068965178418', n: '-9007199254740993' };
}

function blocks(): unknown {
  return { a: 'x\n y\n\nz\n', b: 'x', c: 'x\n\n', d: 1 };
}

function folded(): unknown {
  return { a: 'one two\nthree\n  deep\nfour\n', b: 'x' };
}

describe('the fast YAML reader', () => {
  it.each(READ)('reads %s', (_what, text, value) => {
    expect(fast(text)).toEqual(value);
    expect(readYamlWithLibrary(text, 1).value).toEqual(value);
  });

  it.each([
    'a: &x 1\n',
    'a: *x\n',
    'a: !!str 1\n',
    'a: {b: 1}\n',
    'a: [1]\n',
    '? a\n: b\n',
    'a:\tb\n',
    '\ta: b\n',
    'a: b: c\n',
    'a: 1\n  b: 2\n',
    'a: 1\na: 2\n',
    'a: - b\n',
    'a: "x\n',
    'a: "x\ny"\n',
    'a: @x\n',
    'just text\n',
    '1: a\n',
    'a: x\x00y\n',
    'a: "\\q"\n',
    'a: x\rb: y\n',
  ])('leaves %j to the library', (text) => {
    expect(() => fast(text)).toThrow(Unsupported);
  });

  it('keeps keys that every object inherits as data', () => {
    const value = fast('__proto__: {}\nconstructor: x\nb:\n  __proto__: y\n') as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor', 'b']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.getOwnPropertyDescriptor(value['b'], '__proto__')?.value).toBe('y');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('reads whatever js-yaml and yaml write as the library does', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.stringMatching(/^[a-z :#'"{}[\],&*!|>%@`\n\t\\-]{0,40}$/),
      fc.constantFrom('', ' ', '\n', 'null', '~', '1', '0x1', 'yes', '2024-01-01T00:00:00Z', '- a', 'a: b', '|', '{}'),
      fc.array(fc.stringMatching(/^ {0,3}[a-z ]{0,60}$/), { maxLength: 5 }).map((lines) => lines.join('\n')),
    );
    const key = fc.oneof(fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9./-]{0,20}$/), fc.string({ maxLength: 8 }));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        text,
        fc.constantFrom(null, true, false),
        fc.integer(),
        fc.double({ noNaN: true }),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
      ),
    }));
    let taken = 0;
    let given = 0;
    fc.assert(
      fc.property(fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true }), (object) => {
        for (const written of [
          dump(object),
          stringify(object),
          stringify(object, { indentSeq: false, lineWidth: 30 }),
        ]) {
          given++;
          agree(written, () => taken++);
        }
      }),
      { numRuns: 400, seed: 20260115 },
    );
    expect(taken / given).toBeGreaterThan(0.3);
  });

  it('never reads damaged text in another way than the library', () => {
    const pieces = [
      ' ',
      '\n',
      '\n  ',
      ': ',
      '- ',
      ' #',
      '"',
      "'",
      '|',
      '>-',
      '{}',
      '[',
      '&a',
      '*a',
      '?',
      '\t',
      '\r',
      '\\',
      '\u0085',
      ',',
    ];
    const base = READ.map(([, written]) => written).join('');
    fc.assert(
      fc.property(
        fc.nat(base.length),
        fc.nat(200),
        fc.array(fc.tuple(fc.nat(200), fc.nat(3), fc.constantFrom(...pieces)), { maxLength: 3 }),
        (start, length, edits) => {
          let text = base.slice(start, start + length);
          for (const [at, cut, piece] of edits) text = text.slice(0, at) + piece + text.slice(at + cut);
          agree(`${text}\n`, () => undefined);
        },
      ),
      { numRuns: 3000, seed: 20260115 },
    );
  });
});

/** Where the fast reader takes a text, the library takes it too and gives the same value. */
function agree(text: string, taken: () => void): void {
  if (/^(?:---|\.\.\.)(?:\s|$)/m.test(text)) return;
  let value: unknown;
  try {
    value = fast(text);
  } catch (error) {
    if (error instanceof Unsupported) return;
    throw error;
  }
  taken();
  expect(value).toEqual(readYamlWithLibrary(text, 1).value);
}

describe('the YAML library behind it', () => {
  it('reads flow collections, anchors and aliases', () => {
    const { value } = readYamlWithLibrary('a: &x {b: [1, 2]}\nc: *x\n', 1);
    expect(value).toEqual({ a: { b: [1, 2] }, c: { b: [1, 2] } });
  });

  it('keeps big integers as text as well', () => {
    expect(readYamlWithLibrary('{id: 14841639068965178418}\n', 1).value).toEqual({ id: '14841639068965178418' });
  });

  it.each([
    ['an alias bomb', bomb()],
    ['a cycle', 'a: &x\n  b: *x\n'],
    ['deep nesting', '['.repeat(5000)],
    ['a duplicate key', 'a: 1\na: 2\n'],
    ['two documents', 'a: 1\n---\nb: 2\n'],
    ['a merge bomb by text', `a: ${'x'.repeat(5_000_000)}: y\n`],
  ])('refuses %s', (_what, text) => {
    expect(() => readYamlWithLibrary(text, 1)).toThrow(Unreadable);
  });
});

function bomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 9; i++)
    lines.push(
      `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(', ')}]`,
    );
  return `${lines.join('\n')}\n`;
}
