import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { analyze } from '../../src/analyze.ts';
import { BUNDLED_SIGNATURES } from '../../src/bundled-signatures.ts';
import { buildScenario } from '../../src/gathers/build.ts';
import type { Tree } from '../../src/gathers/render.ts';
import { makeSeed, type SeedCourse } from '../../src/gathers/scenarios/vip-outside-machine-network.ts';
import type { Report } from '../../src/model/report.ts';

/** The files of the seed incident, as it went or as it might have gone; each caller gets a tree of its own. */
export function seedTree(course: SeedCourse = {}): Tree {
  return buildScenario({ name: 'vip-outside-machine-network', make: () => makeSeed(course) });
}

export function without(tree: Tree, ...gone: readonly RegExp[]): Tree {
  return new Map([...tree].filter(([path]) => !gone.some((pattern) => pattern.test(path))));
}

export function withFile(tree: Tree, path: string, text: string): Tree {
  return new Map([...tree, [path, Buffer.from(text)]]);
}

/** Writes the tree to a directory of its own, analyses `gather` and all that lies beside it, and takes it away again. */
export async function reportOn(tree: Tree): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'seed-variant-'));
  try {
    const folders = new Set([...tree.keys()].map((path) => dirname(join(folder, path))));
    for (const each of folders) await mkdir(each, { recursive: true });
    await Promise.all([...tree].map(([path, bytes]) => writeFile(join(folder, path), bytes)));
    const inputs = [...new Set([...tree.keys()].map((path) => path.split('/')[0]!))].sort();
    return await analyze(
      inputs.map((input) => join(folder, input)),
      { signatureDirs: [BUNDLED_SIGNATURES], now: () => Date.UTC(2026, 0, 1) },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
