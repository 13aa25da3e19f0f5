import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { buildScenario } from './build.ts';
import { randomFrom } from './random.ts';
import type { Tree } from './render.ts';
import type { ScenarioTruth } from './scenario.ts';
import { SCENARIOS } from './scenarios/index.ts';
import type { Scenario } from './scenarios/scenario-module.ts';
import { VARIATIONS } from './vary.ts';

/** One of many archives of made-up incidents. */
export interface MadeArchive {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Undefined for one that nobody can read. */
  readonly scenario?: string;
}

/** Kinds of variation that leave the truth of a scenario as it is. */
const FAITHFUL = ['reordered', 'renamed', 'skewed', 'noisy'];
const NO_TRUTH: ScenarioTruth = {
  title: '',
  inputs: ['gather'],
  story: '',
  verdict: { status: 'failed', recovery: 'unknown' },
  rootCauses: [],
  edges: [],
};

/**
 * `count` archives, variations of the scenarios in turn, every so many of them broken so that `broken` are in all. The
 * same seed gives the same bytes.
 */
export async function* madeArchives(count: number, broken: number, seed: string): AsyncGenerator<MadeArchive> {
  const trees = new Map<Scenario, Tree>();
  for (let i = 0; i < count; i++) {
    const number = String(i).padStart(String(count).length, '0');
    const random = randomFrom(`${seed}/${i}`);
    if (isBroken(i, count, broken)) {
      yield { name: `broken-${number}.tar.gz`, bytes: BREAKS[i % BREAKS.length]!(random.int(0, 255)) };
      continue;
    }
    const scenario = SCENARIOS[i % SCENARIOS.length]!;
    const tree = trees.get(scenario) ?? buildScenario(scenario);
    trees.set(scenario, tree);
    const varied = VARIATIONS[random.pick(FAITHFUL)]!(tree, NO_TRUTH, random).tree;
    const own = new Map([...varied, ['gather/ticket', Buffer.from(`${seed}/${i}\n`)]]);
    yield { name: `ticket-${number}.tar.gz`, bytes: gzipSync(await tarOf(own)), scenario: scenario.name };
  }
}

/** The tree as a tar. */
export async function tarOf(tree: Tree): Promise<Uint8Array> {
  const tar = pack();
  const chunks: Uint8Array[] = [];
  const done = (async () => {
    for await (const chunk of tar) chunks.push(chunk as Uint8Array);
  })();
  for (const [path, bytes] of tree) tar.entry({ name: path, mtime: new Date(0) }, Buffer.from(bytes));
  tar.finalize();
  await done;
  return Buffer.concat(chunks);
}

/** Spread evenly over the whole. */
function isBroken(i: number, count: number, broken: number): boolean {
  return Math.floor(((i + 1) * broken) / count) > Math.floor((i * broken) / count);
}

/** Ways in which an upload is of no use; each takes a byte that makes it different from others of its kind. */
const BREAKS: readonly ((byte: number) => Uint8Array)[] = [
  (byte) => Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, byte, 0xff, 0xff]),
  (byte) => Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(4000, byte)]),
  (byte) => Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(600, byte)]),
  (byte) => gzipSync(Buffer.alloc(20_000, Buffer.from([0, byte, 1, 2]))),
  (byte) => Buffer.concat([Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), Buffer.alloc(300, byte)]),
];
