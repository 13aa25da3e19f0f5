import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../src/detectors/index.ts';
import { compareText } from '../../src/model/entity.ts';

const SIGNATURES = 'signatures';
const ids = detectors.map(({ about }) => about.id);
const signatures = readdirSync(SIGNATURES, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml'))
  .map((path) => basename(path, '.yaml'));

describe('the list of detectors', () => {
  it('holds every detector of the folder, once, sorted by id', () => {
    const files = readdirSync('src/detectors')
      .filter((name) => name.endsWith('.ts') && !['index.ts', 'evidence.ts', 'confidence.ts'].includes(name))
      .map((name) => basename(name, '.ts'));
    expect(ids).toEqual(files.sort(compareText));
  });

  it('shares no id with a signature', () => {
    expect(signatures.filter((id) => ids.includes(id))).toEqual([]);
  });

  it.each(detectors.map(({ about }) => [about.id, about] as const))(
    '%s names effects that exist, each once',
    (_id, about) => {
      const known = new Set([...ids, ...signatures]);
      const effects = (about.causes ?? []).map(({ effect, join }) => `${effect} by ${join.join()}`);
      expect(effects.filter((effect) => !known.has(effect.split(' ')[0] as string))).toEqual([]);
      expect(new Set(effects).size).toBe(effects.length);
    },
  );

  it.each(detectors.map(({ about }) => [about.id, about] as const))('%s marks the risk of every fix', (_id, about) => {
    expect((about.fix ?? []).filter(({ risk }) => risk === undefined)).toEqual([]);
    expect(about.role === 'cause' ? (about.fix ?? []).length : 1).toBeGreaterThan(0);
  });
});
