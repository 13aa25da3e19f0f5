import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from 'tar-stream';
import { analyze } from '../../src/analyze.ts';
import { BUNDLED_SIGNATURES } from '../../src/bundled-signatures.ts';
import { isExpected, judgeReport } from '../../src/gathers/judge.ts';
import type { Tree } from '../../src/gathers/render.ts';
import type { ScenarioTruth } from '../../src/gathers/scenario.ts';
import type { Variation } from '../../src/gathers/vary.ts';
import type { Report, RootCause } from '../../src/model/report.ts';
import { type Job, vary } from './jobs.ts';
import { noisyOr } from './noisy-or.ts';

/** Another explanation of the same findings over the same edges. */
export interface JudgedRival {
  readonly first: Judged['first'];
  readonly found: number;
  readonly causes: readonly { readonly confidence: number; readonly right: boolean }[];
}

export interface JudgedCause {
  readonly confidence: number;
  readonly basis: NonNullable<RootCause['basis']>;
  readonly standsIn: boolean;
  readonly right: boolean;
}

/** How one report stands to its truth. */
export interface Judged extends Job {
  readonly first: 'right' | 'wrong' | 'none';
  readonly expectsNone: boolean;
  /** The deciding source may be what is missing. */
  readonly mayMiss: boolean;
  readonly edges: { readonly wanted: number; readonly found: number };
  /** Causes of the truth. */
  readonly wanted: number;
  readonly found: number;
  readonly causes: readonly JudgedCause[];
  readonly rival: JudgedRival;
  readonly problems: readonly string[];
}

type Told = Pick<RootCause, 'signature' | 'entities'>;

/** Makes the gather of a job in `folder`, analyses and judges it. Undefined where there is no such variation. */
export async function judgeJob(job: Job, folder: string): Promise<Judged | undefined> {
  const variation = vary(job);
  if (variation === undefined) return undefined;
  return judged(job, variation, await reportOn(variation.tree, folder));
}

/** The age of a file tells when it was gathered; these tell nothing. */
const NO_AGE = new Date(0);

/** Each directory of the scenario as a tar, each file beside it as it is. */
export async function reportOn(tree: Tree, folder: string): Promise<Report> {
  const inputs: string[] = [];
  for (const [root, files] of Map.groupBy(tree, ([path]) => path.split('/')[0]!)) {
    const isFile = files.length === 1 && files[0]![0] === root;
    inputs.push(join(folder, isFile ? root : `${root}.tar`));
    writeFileSync(inputs.at(-1)!, isFile ? files[0]![1] : await packed(files));
  }
  return analyze(inputs.sort(), { signatureDirs: [BUNDLED_SIGNATURES], load: { cacheDir: folder }, now: () => 0 });
}

async function packed(files: readonly (readonly [path: string, bytes: Uint8Array])[]): Promise<Uint8Array> {
  const tar = pack();
  const chunks: Uint8Array[] = [];
  const done = (async () => {
    for await (const chunk of tar) chunks.push(chunk as Uint8Array);
  })();
  for (const [path, bytes] of files) tar.entry({ name: path, mtime: NO_AGE }, Buffer.from(bytes));
  tar.finalize();
  await done;
  return Buffer.concat(chunks);
}

export function isTrue(cause: Told, truth: ScenarioTruth): boolean {
  return (
    truth.rootCauses.some((expected) => isExpected(cause, expected)) ||
    (truth.mayAppear?.rootCauses ?? []).includes(cause.signature)
  );
}

function judged(job: Job, { truth, mayMiss }: Variation, report: Report): Judged {
  const [first] = report.rootCauses;
  const signature = new Map(report.findings.map((finding) => [finding.id, finding.signature]));
  const drawn = new Set(report.edges.map((edge) => `${signature.get(edge.cause)} -> ${signature.get(edge.effect)}`));
  const edges = truth.edges.filter(({ cause, effect }) => drawn.has(`${cause} -> ${effect}`)).length;
  const found = truth.rootCauses.filter((expected) => report.rootCauses.some((cause) => isExpected(cause, expected)));
  return {
    ...job,
    first: first === undefined ? 'none' : isTrue(first, truth) ? 'right' : 'wrong',
    expectsNone: truth.rootCauses.length === 0,
    mayMiss,
    edges: { wanted: truth.edges.length, found: edges },
    wanted: truth.rootCauses.length,
    found: found.length,
    causes: report.rootCauses.map((cause) => ({
      confidence: cause.confidence,
      basis: cause.basis!,
      standsIn: cause.title.endsWith(': cause unknown'),
      right: isTrue(cause, truth),
    })),
    rival: judgedRival(report, truth),
    problems: judgeReport(report, truth),
  };
}

function judgedRival(report: Report, truth: ScenarioTruth): JudgedRival {
  const roots = noisyOr(report);
  const causes = roots.map(({ finding, confidence }) => ({ confidence, right: isTrue(finding, truth) }));
  return {
    first: causes[0] === undefined ? 'none' : causes[0].right ? 'right' : 'wrong',
    found: truth.rootCauses.filter((expected) => roots.some(({ finding }) => isExpected(finding, expected))).length,
    causes,
  };
}

export function isRight({
  first,
  expectsNone,
  mayMiss,
  causes,
}: Pick<Judged, 'first' | 'expectsNone' | 'mayMiss'> & Pick<JudgedRival, 'causes'>): boolean {
  if (expectsNone) return first === 'none';
  // With the deciding source gone, no cause or a hesitant stand-in is an honest answer; a confident wrong one never is.
  return first === 'right' || (mayMiss && (first === 'none' || causes[0]!.confidence <= 0.5));
}
