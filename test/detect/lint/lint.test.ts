import { describe, expect, it } from 'vitest';
import type { Linked } from '../../../src/detect/lint/edge-cycles.ts';
import { lintCatalogue } from '../../../src/detect/lint.ts';
import { type CauseEdge, type Signature, signatureSchema } from '../../../src/model/signature.ts';

const SOUND = {
  id: 'coffee-empty',
  title: 'No coffee',
  component: 'coffee',
  severity: 'warning',
  role: 'cause',
  status: 'experimental',
  match: { empty: { log: { contains: 'coffee reservoir empty' } } },
  summary: 'No coffee.',
  why: 'The reservoir is empty.',
  tests: {
    hits: [{ name: 'empty', log: { lines: ['coffee reservoir empty'] } }],
    clear: [{ name: 'full', log: { lines: ['coffee reservoir full'] } }],
  },
} as const;

function lint(changes: object, known: readonly Linked[] = []): string[] {
  const signature: Signature = signatureSchema.parse({ ...SOUND, ...changes });
  return lintAll([signature], known);
}

function lintAll(signatures: readonly Signature[], known: readonly Linked[] = []): string[] {
  const loaded = signatures.map((signature) => ({ file: `${signature.id}.yaml`, signature }));
  return lintCatalogue({ loaded, signatures, digest: '' }, known).map(({ message }) => message);
}

const strong = (effect: string, more: Partial<CauseEdge> = {}): CauseEdge => ({
  effect,
  join: ['cluster'],
  strength: 'strong',
  because: 'it does',
  ...more,
});

describe('lintCatalogue', () => {
  it('finds nothing in a sound signature', () => {
    expect(lint({})).toEqual([]);
  });

  it.each(['level=info msg="', 'failed to', 'Context Canceled', 'reflector.go:', '          '])(
    'rejects the literal %j, of which logs are full',
    (literal) => {
      expect(lint({ match: { empty: { log: { contains: ['coffee reservoir empty', literal] } } } })).toEqual([
        `match.empty: logs are full of ${JSON.stringify(literal)}; choose a rarer literal`,
      ]);
    },
  );

  it.each([
    { log: { contains: 'coffee reservoir empty', pattern: '(?:c+)+offee' } },
    { log: { contains: 'coffee reservoir empty', not: ['fine', '(?:c+)+offee'] } },
    { event: { reason: 'Coffee', pattern: '(?:c+)+offee' } },
    { resource: { kind: 'Node', where: [{ path: 'metadata.name', pattern: '(?:c+)+offee' }] } },
    { resource: { kind: 'Node', condition: { type: 'Ready', status: 'False', not: '(?:c+)+offee' } } },
  ])('rejects an expression that a hostile line could exploit: %j', (matcher) => {
    expect(lint({ match: { empty: matcher } })).toEqual([
      expect.stringMatching(/^match\.empty: a hostile line could keep \(\?:c\+\)\+offee busy for minutes: /),
    ]);
  });

  it('rejects an anchored pattern, an unknown matcher, an unused capture and an unfilled placeholder', () => {
    const match = { empty: { log: { contains: 'coffee reservoir empty', pattern: '^(?<pot>coffee)' } } };
    expect(lint({ match, when: { type: 'any', of: 'full' }, summary: 'No {drink}.' })).toEqual([
      'match.empty: the pattern is anchored, but lines carry prefixes',
      'no matcher is named full',
      'capture pot is not used',
      'summary shows {drink}, which nothing captures',
    ]);
  });

  it('rejects edges to itself and to nowhere, and takes detectors for somewhere', () => {
    const causes = [strong('coffee-empty'), strong('nowhere'), strong('a-detector')];
    expect(lint({ causes }, [{ id: 'a-detector' }])).toEqual([
      'causes itself',
      'causes nowhere, which no signature or detector is named',
    ]);
  });

  it('rejects strong edges that go in a circle without any time', () => {
    const circle = (back: Partial<CauseEdge>, timeless = false) => [
      { id: 'tired', causes: [strong('slow', back)], timeless },
      { id: 'slow', causes: [strong('coffee-empty')] },
    ];
    const causes = [strong('tired')];
    expect(lint({ causes }, circle({}))).toEqual([
      expect.stringMatching(/^strong causes without within go in a circle among coffee-empty, tired, slow; /),
    ]);
    expect(lint({ causes }, circle({ within: '5m' }))).toEqual([]);
    expect(lint({ causes }, circle({ strength: 'likely' }))).toEqual([]);
    expect(lint({ causes }, circle({}, true))).toEqual([]);
  });

  it('rejects a clear case that is a hit, and one that stands twice', () => {
    const { hits, clear } = SOUND.tests;
    expect(lint({ tests: { hits, clear: [...clear, ...clear, { ...hits[0], name: 'again' }] } })).toEqual([
      'the clear case "full" has the input of another one',
      'the clear case "again" has the input of the hit "empty"',
    ]);
  });

  it('rejects what was proposed and never written', () => {
    expect(lint({ why: 'FILL IN: why', fix: [{ text: 'FILL IN' }] })).toEqual([
      'why still says "FILL IN"',
      'fix.0.text still says "FILL IN"',
    ]);
  });

  it('rejects two that match the same', () => {
    const one = signatureSchema.parse(SOUND);
    expect(lintAll([one, { ...one, id: 'no-coffee' }])).toEqual(['matches exactly what coffee-empty matches']);
  });
});
