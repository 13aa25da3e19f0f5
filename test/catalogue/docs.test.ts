import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BUNDLED_SIGNATURES } from '../../src/bundled-signatures.ts';
import { UNSORTED } from '../../src/catalogue/areas.ts';
import { catalogueEntries } from '../../src/catalogue/entry.ts';
import { cataloguePages } from '../../src/catalogue/pages.ts';
import { schemaText } from '../../src/cli/schema.ts';
import { loadCatalogue } from '../../src/detect/load.ts';
import { detectors } from '../../src/detectors/index.ts';

const FOLDER = 'docs/signatures';
const STALE = 'docs/signatures is stale; mend it with: npm run signature-docs';

const entries = catalogueEntries(await loadCatalogue([BUNDLED_SIGNATURES]), detectors);

describe('docs/signatures', () => {
  it('says what the signatures say', async () => {
    const wanted = new Map([...cataloguePages(entries), ['signature.schema.json', await schemaText('signature')]]);
    const there = readdirSync(FOLDER).sort();
    expect(there, STALE).toEqual([...wanted.keys()].sort());
    const stale = there.filter((name) => readFileSync(`${FOLDER}/${name}`, 'utf8') !== wanted.get(name));
    expect(stale, STALE).toEqual([]);
  });

  it('holds every link that it makes', () => {
    const pages = cataloguePages(entries);
    const dangling = [...pages.values()].flatMap((page) =>
      [...page.matchAll(/\]\(([a-z-]+\.md)(?:#([a-z0-9-]+))?\)/g)]
        .filter(([, file, id]) => !(pages.get(file!)?.includes(id === undefined ? '# ' : `\n## ${id}\n`) ?? false))
        .map(([link]) => link),
    );
    expect(dangling).toEqual([]);
  });

  it('has an area for every signature and detector', () => {
    expect(entries.filter(({ area }) => area === UNSORTED).map(({ about }) => about.id)).toEqual([]);
  });

  it('knows of everything what it is, what it means, and what to do or to look at', () => {
    const mute = entries.filter(({ about }) => about.why.length < 20 || about.title.length < 10);
    expect(mute.map(({ about }) => about.id)).toEqual([]);
    const causes = entries.filter(({ about }) => about.role === 'cause' && (about.fix ?? []).length === 0);
    expect(causes.map(({ about }) => about.id)).toEqual([]);
  });
});
