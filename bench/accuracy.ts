import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { pack } from 'tar-stream';
import { parse } from 'yaml';
import { analyze } from '../src/analyze.ts';
import { BUNDLED_SIGNATURES } from '../src/bundled-signatures.ts';
import { buildScenario } from '../src/gathers/build.ts';
import { judgeReport } from '../src/gathers/judge.ts';
import { randomFrom } from '../src/gathers/random.ts';
import type { Tree } from '../src/gathers/render.ts';
import { type ScenarioTruth, scenarioSchema } from '../src/gathers/scenario.ts';
import { SCENARIOS } from '../src/gathers/scenarios/index.ts';
import { VARIATIONS, type Variation } from '../src/gathers/vary.ts';
import type { Report, RootCause } from '../src/model/report.ts';

// How often the report is right, and whether its confidence means what it says, over the sample gathers and seeded
// variations of them: node bench/accuracy.ts [--seeds 5] [--scenario NAME] [--verbose]

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5' },
    scenario: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});

interface Judged {
  readonly name: string;
  readonly kind: string;
  readonly first: 'right' | 'wrong' | 'none';
  readonly expectsNone: boolean;
  readonly mayMiss: boolean;
  readonly edges: { readonly wanted: number; readonly found: number };
  readonly causes: readonly { readonly confidence: number; readonly right: boolean }[];
  readonly problems: readonly string[];
}

const folder = mkdtempSync(join(tmpdir(), 'inquest-accuracy-'));

async function report(tree: Tree): Promise<Report> {
  const tar = pack();
  const chunks: Uint8Array[] = [];
  const done = (async () => {
    for await (const chunk of tar) chunks.push(chunk as Uint8Array);
  })();
  const inputs: string[] = [];
  for (const [path, bytes] of tree) {
    if (path.startsWith('gather/')) {
      tar.entry({ name: path }, Buffer.from(bytes));
    } else {
      inputs.push(join(folder, basename(path)));
      writeFileSync(inputs.at(-1)!, bytes);
    }
  }
  tar.finalize();
  await done;
  writeFileSync(join(folder, 'gather.tar'), Buffer.concat(chunks));
  return analyze([join(folder, 'gather.tar'), ...inputs.sort()], { signatureDirs: [BUNDLED_SIGNATURES], now: () => 0 });
}

function isTrue(cause: RootCause, truth: ScenarioTruth): boolean {
  const allowed = truth.rootCauses.flatMap(({ signature }) => signature);
  return allowed.includes(cause.signature) || (truth.mayAppear?.rootCauses ?? []).includes(cause.signature);
}

function judged(name: string, { kind, truth, mayMiss }: Variation, result: Report): Judged {
  const [first] = result.rootCauses;
  const signature = new Map(result.findings.map((finding) => [finding.id, finding.signature]));
  const drawn = new Set(result.edges.map((edge) => `${signature.get(edge.cause)} -> ${signature.get(edge.effect)}`));
  const found = truth.edges.filter(({ cause, effect }) => drawn.has(`${cause} -> ${effect}`)).length;
  return {
    name,
    kind,
    first: first === undefined ? 'none' : isTrue(first, truth) ? 'right' : 'wrong',
    expectsNone: truth.rootCauses.length === 0,
    mayMiss,
    edges: { wanted: truth.edges.length, found },
    causes: result.rootCauses.map((cause) => ({ confidence: cause.confidence, right: isTrue(cause, truth) })),
    problems: judgeReport(result, truth),
  };
}

function isRight({ first, expectsNone, mayMiss, causes }: Judged): boolean {
  if (expectsNone) return first === 'none';
  // With the deciding source gone, no cause or a hesitant stand-in is an honest answer; a confident wrong one never is.
  return first === 'right' || (mayMiss && (first === 'none' || causes[0]!.confidence <= 0.5));
}

const all: Judged[] = [];
for (const scenario of SCENARIOS) {
  if (values.scenario !== undefined && scenario.name !== values.scenario) continue;
  const truth = scenarioSchema.parse(parse(readFileSync(`sample-gathers/${scenario.name}/scenario.yaml`, 'utf8')));
  const tree = buildScenario(scenario);
  const variations: Variation[] = [{ kind: 'as it is', tree, truth, mayMiss: false }];
  for (const [kind, vary] of Object.entries(VARIATIONS)) {
    for (let seed = 0; seed < Number(values.seeds); seed++) {
      variations.push({ kind, ...vary(tree, truth, randomFrom(`${scenario.name}/${kind}/${seed}`)) });
    }
  }
  for (const variation of variations) {
    const one = judged(scenario.name, variation, await report(variation.tree));
    all.push(one);
    if (values.verbose && (!isRight(one) || (one.problems.length > 0 && !one.mayMiss))) {
      process.stdout.write(`${one.name}, ${one.kind}: ${one.problems.join('; ')}\n`);
    }
  }
}
rmSync(folder, { recursive: true });

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}

/** Mean squared distance of confidence from truth; and the mean gap of both in ten bins, weighed by their size. */
function calibration(causes: Judged['causes']): { brier: number; error: number } {
  const brier = causes.reduce((sum, c) => sum + (c.confidence - (c.right ? 1 : 0)) ** 2, 0) / causes.length;
  const bins = Map.groupBy(causes, (cause) => Math.min(9, Math.floor(cause.confidence * 10)));
  const error = [...bins.values()].reduce((sum, bin) => {
    const stated = bin.reduce((total, c) => total + c.confidence, 0) / bin.length;
    const true_ = bin.filter((c) => c.right).length / bin.length;
    return sum + (Math.abs(stated - true_) * bin.length) / causes.length;
  }, 0);
  return { brier, error };
}

function reliability(causes: Judged['causes']): string {
  const bins = Map.groupBy(causes, (cause) => Math.min(9, Math.floor(cause.confidence * 10)));
  return [...bins]
    .sort(([a], [b]) => a - b)
    .map(
      ([bin, of]) =>
        `  said ${bin * 10} to ${bin * 10 + 10} %: ${of.length} causes, ${percent(of.filter((c) => c.right).length, of.length)} right`,
    )
    .join('\n');
}

for (const [kind, group] of Map.groupBy(all, (one) => one.kind)) {
  const strict = group.filter((one) => one.problems.length === 0).length;
  process.stdout.write(
    `${kind.padEnd(10)} ${String(group.length).padStart(4)} gathers, first cause right ${percent(group.filter(isRight).length, group.length)}, whole truth ${percent(strict, group.length)}\n`,
  );
}
const healthy = all.filter((one) => one.expectsNone);
const wanted = all.filter((one) => !one.mayMiss).reduce((sum, one) => sum + one.edges.wanted, 0);
const found = all.filter((one) => !one.mayMiss).reduce((sum, one) => sum + one.edges.found, 0);
const { brier, error } = calibration(all.flatMap((one) => one.causes));
process.stdout.write(`
gathers                   ${all.length}
first cause right         ${percent(all.filter(isRight).length, all.length)}
false causes when healthy ${healthy.filter((one) => one.first !== 'none').length} of ${healthy.length}
edges found               ${percent(found, wanted)}
Brier score               ${brier.toFixed(3)}
calibration error         ${error.toFixed(3)}
${reliability(all.flatMap((one) => one.causes))}
`);
