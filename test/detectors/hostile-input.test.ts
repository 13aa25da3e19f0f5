import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../src/detectors/index.ts';
import { RESOURCE_KINDS } from '../../src/model/facts.ts';
import { detect } from '../support/detect.ts';
import { facts } from '../support/facts.ts';
import { SEED_DOCUMENTS, SEED_GATHERED_AT, seedResources } from '../support/seed-incident.ts';

/** Values that no schema allows where they turn up. */
const odd = fc.constantFrom(
  'null',
  '[]',
  '{}',
  '-1',
  '1e400',
  '"\\u0000"',
  '[null, 7, {a: [1]}]',
  '"2025-99-99T00:00:00Z"',
  '"/33"',
  '"::ffff:1.2.3.4"',
  '{__proto__: 1, "": "-----BEGIN CERTIFICATE-----"}',
);

function replaceValue(text: string, pick: number, value: string): string {
  const lines = text.split('\n');
  // Names stay, so that objects keep being found; block openers would make the text no YAML at all.
  const places = lines.flatMap((line, at) =>
    /^\s*(?:- )?(?!name|kind|apiVersion)[A-Za-z]+: \S/.test(line) && !/['"|]$/.test(line) ? [at] : [],
  );
  const at = places[pick % Math.max(places.length, 1)];
  if (at === undefined) return text;
  return lines.with(at, lines[at]!.replace(/: .*/, `: ${value}`)).join('\n');
}

describe('detectors', () => {
  it('do not throw, whatever stands in the fields', () => {
    const files = Object.entries(seedResources());
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(files.length - 1), fc.nat(200), odd), { minLength: 1, maxLength: 6 }),
        (changes) => {
          const changed = { ...seedResources() };
          for (const [file, pick, value] of changes) {
            const path = files[file]![0];
            changed[path] = replaceValue(changed[path]!, pick, value);
          }
          const all = parsed(changed);
          if (all === undefined) return;
          for (const detector of detectors) detect(detector, all, SEED_GATHERED_AT);
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each(['null', '7', '"x"', '[]', '{a: {}}'])('do not throw on objects whose parts are %s', (value) => {
    const objects = RESOURCE_KINDS.map(
      (kind) =>
        `apiVersion: v1\nkind: ${kind}\nmetadata: {name: cluster, namespace: openshift-etcd, labels: ${value}, annotations: ${value}, ownerReferences: ${value}}\nspec: ${value}\nstatus: ${value}\ndata: ${value}\nwebhooks: ${value}\nsubsets: ${value}\n`,
    ).join('---\n');
    const documents = Object.fromEntries(Object.keys(SEED_DOCUMENTS).map((family) => [family, value]));
    for (const gatheredAt of [SEED_GATHERED_AT, undefined])
      for (const detector of detectors)
        expect(() => detect(detector, facts({ resources: objects, documents }), gatheredAt)).not.toThrow();
  });
});

/** Some replacements break the YAML itself: that is the parser's business. */
function parsed(resources: Record<string, string>) {
  try {
    return facts({ resources, documents: SEED_DOCUMENTS });
  } catch {
    return undefined;
  }
}
