import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import xz from 'xz-decompress';
import { identityOf } from '../../../src/ingest/resources/identity.ts';
import { projectValue } from '../../../src/ingest/resources/project-value.ts';
import { projectionOf } from '../../../src/ingest/resources/projection.ts';
import { Unsupported } from '../../../src/ingest/resources/unsupported.ts';
import { readYamlWithLibrary } from '../../../src/ingest/resources/yaml-library.ts';
import { readYaml } from '../../../src/ingest/resources/yaml-reader.ts';
import { type Fields, isFields, type Value } from '../../../src/model/resource.ts';
import { ALL_KINDS, readText } from './read-text.ts';

const CORPUS = '../shared/corpus';
const AWS = join(CORPUS, 'openshift+must-gather-clean/test/files/must-gather-aws.tar.xz');
const VSPHERE = join(CORPUS, 'openshift+must-gather-clean/test/files/must-gather-vsphere.tar.xz');
const SNAPSHOT = join(CORPUS, 'vrutkovs+resourcewatch-3nodes/snapshot-20230308T115009Z-455b91d296.tar.gz');

async function* yamlFiles(path: string, every: number): AsyncGenerator<{ name: string; bytes: Buffer }> {
  const packed = createReadStream(path);
  const stream = path.endsWith('.xz')
    ? Readable.fromWeb(new xz.XzReadableStream(Readable.toWeb(packed) as never) as ReadableStream)
    : packed.pipe(createGunzip());
  let seen = 0;
  for await (const entry of stream.pipe(extract())) {
    const wanted = entry.header.name.endsWith('.yaml') && seen++ % every === 0;
    const chunks: Buffer[] = [];
    for await (const chunk of entry) if (wanted) chunks.push(chunk as Buffer);
    if (wanted) yield { name: entry.header.name, bytes: Buffer.concat(chunks) };
  }
}

/** What the library makes of a file: its objects as they should be emitted. */
function expected(whole: Value): Fields[] {
  const items = isFields(whole) && Array.isArray(whole['items']) ? (whole['items'] as Value[]) : [whole];
  return items.filter(isFields).flatMap((item) => {
    const { kind, namespace, name } = identityOf(item);
    const wanted = kind !== undefined && name !== undefined && ALL_KINDS.has(kind);
    return wanted ? [projectValue(item, projectionOf(kind, namespace, name)) as Fields] : [];
  });
}

describe.each([
  ['a must-gather on AWS', AWS, 4],
  ['a must-gather on vSphere', VSPHERE, 9],
  ['a resource snapshot', SNAPSHOT, 1],
])('the YAML of %s', (_what, path, every) => {
  it.skipIf(!existsSync(path))('is read exactly as js-yaml reads it', async () => {
    let files = 0;
    let objects = 0;
    let fallbacks = 0;
    for await (const { name, bytes } of yamlFiles(path, every)) {
      const text = bytes.toString('utf8').replace(/^---\n/, '');
      if (text === '') continue;
      files++;
      const lined = Buffer.from(text.endsWith('\n') ? text : `${text}\n`);
      const library = readYamlWithLibrary(lined.toString('utf8'), 1);
      try {
        const fast = readYaml(lined, 0, lined.length, 1);
        expect(fast.value, name).toEqual(library.value);
        expect(fast.index, name).toEqual(library.index);
      } catch (error) {
        if (!(error instanceof Unsupported)) throw error;
        fallbacks++;
      }
      const { resources, skipped } = readText(bytes);
      expect(
        resources.map(({ body }) => body),
        name,
      ).toEqual(expected(library.value));
      expect(skipped, name).toEqual([]);
      objects += resources.length;
    }
    expect(files).toBeGreaterThan(200);
    expect(objects).toBeGreaterThan(200);
    expect(fallbacks).toBeLessThan(files / 50);
  });
});
