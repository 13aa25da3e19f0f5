import { describe, expect, it } from 'vitest';
import { BUNDLED_SIGNATURES } from '../../src/bundled-signatures.ts';
import { caseLines } from '../../src/case-lines.ts';
import { compile } from '../../src/detect/compile.ts';
import { Failures } from '../../src/detect/failures.ts';
import { Hits } from '../../src/detect/hits.ts';
import { loadCatalogue } from '../../src/detect/load.ts';
import { LogScanner } from '../../src/detect/scan.ts';
import { explainText } from '../../src/explain.ts';
import { openLines } from '../../src/ingest/lines/open-lines.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import { listOf } from '../../src/model/matcher-values.ts';
import { type Signature, signatureSchema } from '../../src/model/signature.ts';
import type { Source } from '../../src/model/source.ts';

function signature(match: object): Signature {
  return signatureSchema.parse({
    id: 'coffee-empty',
    title: 'No coffee',
    component: 'coffee',
    severity: 'warning',
    role: 'cause',
    status: 'stable',
    match,
    summary: 'No coffee.',
    why: 'Empty.',
    tests: { hits: [{ name: 'x' }], clear: [{ name: 'x' }] },
  });
}

const COFFEE = {
  source: 'journal',
  unit: 'kubelet',
  contains: 'coffee pot',
  pattern: '(?<node>\\w+) has an empty coffee pot',
};

function explain(log: object, line: string, place: Partial<Source> = {}) {
  const [explanation] = explainText([signature({ empty: { log } })], line, place);
  return explanation!.matches.map(({ provided, failed, captures }) => ({ provided, failed, captures }));
}

describe('explainText', () => {
  it('says what matches, and under which conditions', () => {
    expect(explain(COFFEE, 'm0 has an empty coffee pot')).toEqual([
      { captures: { node: 'm0' }, provided: ['source is journal', 'unit is kubelet'], failed: [] },
    ]);
    expect(explain(COFFEE, 'm0 has an empty coffee pot', { kind: 'journal', unit: 'kubelet.service' })).toEqual([
      { captures: { node: 'm0' }, provided: [], failed: [] },
    ]);
  });

  it("reads the unit from a journal's line", () => {
    const line = 'Jan 15 10:00:00 m0 kubenswrapper[1]: m0 has an empty coffee pot';
    expect(explain(COFFEE, line, { kind: 'journal' })).toEqual([
      { captures: { node: 'm0' }, provided: [], failed: [] },
    ]);
    expect(explain(COFFEE, line.replace('kubenswrapper', 'crio'), { kind: 'journal' })[0]!.failed).toEqual([
      'unit is crio, not kubelet',
    ]);
  });

  it.each([
    [{ pattern: 'full (coffee) pot' }, {}, 'the pattern does not match: full (coffee) pot'],
    [{ not: ['tea', 'empty'] }, {}, 'excluded by not: empty'],
    [{ source: ['container', 'text'] }, { kind: 'journal' }, 'source is journal, not container or text'],
    [{ namespace: 'openshift-*' }, { namespace: 'shop' }, 'namespace is shop, not openshift-*'],
    [{ container: 'etcd' }, { container: 'sidecar' }, 'container is sidecar, not etcd'],
  ] as const)('says why %j is no match', (restriction, place, reason) => {
    expect(explain({ contains: 'coffee pot', ...restriction }, 'an empty coffee pot', place)[0]!.failed).toEqual([
      reason,
    ]);
  });

  it('says nothing of signatures whose literal is not there', () => {
    expect(explain(COFFEE, 'm0 has an empty tea pot')).toEqual([]);
  });

  it('knows messages of events and conditions', () => {
    const match = {
      event: { event: { reason: 'Empty', kind: 'Pod', pattern: '(?<pod>\\w+) is empty' } },
      condition: {
        resource: {
          kind: 'ClusterOperator',
          name: ['kitchen', 'bar'],
          condition: { type: 'Degraded', status: 'True', contains: 'is empty', not: 'tea' },
        },
      },
    };
    const matchesOf = (line: string) => explainText([signature(match)], line, {})[0]!.matches;
    expect(matchesOf('pot is empty').map(({ matcher, provided }) => [matcher, ...provided])).toEqual([
      ['condition', 'it is the message of condition Degraded=True of a ClusterOperator kitchen or bar'],
      ['event', 'it is the message of an Event of reason Empty about a Pod'],
    ]);
    expect(matchesOf('the tea is empty').map(({ matcher, failed }) => [matcher, ...failed])).toEqual([
      ['condition', 'excluded by not: tea'],
      ['event'],
    ]);
  });

  it('does not offer what would take any message', () => {
    const any = { kind: 'Pod', condition: { type: 'X', status: 'True', pattern: '(?<error>[^\\n]{1,200})' } };
    expect(explainText([signature({ any: { resource: any } })], 'pot is empty', {})[0]!.matches).toEqual([]);
  });

  it('explains each of several lines, and drops blank ones', () => {
    const lines = explainText(
      [signature({ empty: { log: COFFEE } })],
      'm0 has an empty coffee pot\r\n\n \nNöthing\n',
      {},
    );
    expect(lines.map(({ line, matches }) => [line.trimEnd(), matches.length])).toEqual([
      ['m0 has an empty coffee pot', 1],
      ['Nöthing', 0],
    ]);
  });

  it('shows captures as they were written', () => {
    expect(
      explain({ contains: 'coffee pot', pattern: '(?<who>\\S+) coffee' }, 'Jürgens coffee pot')[0]!.captures,
    ).toEqual({
      who: 'Jürgens',
    });
  });
});

describe('explanations and the engine', async () => {
  const { signatures } = await loadCatalogue([BUNDLED_SIGNATURES]);
  const compiled = compile(signatures);

  /** `signature/matcher` of all that the engine finds in one line. */
  function scanned(line: string, source: Source): string[] {
    const hits = new Hits();
    const context = {
      limits: DEFAULT_LIMITS,
      notes: { note: () => undefined, skip: () => undefined },
      summary: () => undefined,
    };
    const bytes = openLines(source, new LogScanner(compiled, hits, new Failures()).open(source), context);
    bytes.write(Buffer.from(`${line}\n`));
    bytes.end(false);
    const names = hits.all().map(({ matcher }) => `${compiled.signatures[matcher.signature]!.id}/${matcher.name}`);
    return [...new Set(names)].sort();
  }

  it('agree on the lines of every fourth signature', () => {
    let found = 0;
    for (const one of signatures.filter((_, i) => i % 4 === 0)) {
      for (const log of one.tests.hits.flatMap((test) => listOf(test.log))) {
        const { source: kind = 'container', namespace = 'none', pod = 'none', container = 'none', unit } = log;
        const source: Source = {
          kind,
          namespace,
          pod,
          container,
          path: log.path ?? 'a.log',
          ...(unit !== undefined && { unit }),
        };
        for (const line of new Set(caseLines({ ...log, repeat: 1 }))) {
          const [explanation] = explainText(signatures, line, source);
          const matches = (explanation?.matches ?? []).filter(
            ({ failed, provided }) => failed.length + provided.length === 0,
          );
          const explained = matches.map(({ signature: { id }, matcher }) => `${id}/${matcher}`).sort();
          expect(explained, line).toEqual(scanned(line, source));
          found += explained.length;
        }
      }
    }
    expect(found).toBeGreaterThan(50);
  });
});
