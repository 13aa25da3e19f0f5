import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { buildMade, buildScenario } from '../../src/gathers/build.ts';
import { mergeMade } from '../../src/gathers/merge.ts';
import { mergeTruth } from '../../src/gathers/merge-truth.ts';
import { type Random, randomFrom } from '../../src/gathers/random.ts';
import { type ScenarioTruth, scenarioSchema } from '../../src/gathers/scenario.ts';
import { SCENARIOS } from '../../src/gathers/scenarios/index.ts';
import type { Scenario } from '../../src/gathers/scenarios/scenario-module.ts';
import { VARIATIONS, type Variation } from '../../src/gathers/vary.ts';

/** One gather to analyse: a scenario as it is, or one seeded variation of it. */
export interface Job {
  readonly scenario: string;
  readonly kind: string;
  readonly seed: number;
}

const AS_IT_IS = 'as it is';
/** Two scenarios' faults in one cluster. */
const JOINED = 'joined';

export function jobs(seeds: number, only: string | undefined): Job[] {
  const kinds = [...Object.keys(VARIATIONS), JOINED];
  return SCENARIOS.filter(({ name }) => only === undefined || name === only).flatMap(({ name }) => [
    { scenario: name, kind: AS_IT_IS, seed: 0 },
    ...kinds.flatMap((kind) => Array.from({ length: seeds }, (_, seed) => ({ scenario: name, kind, seed }))),
  ]);
}

/** Undefined where no other scenario fits beside it. */
export function vary({ scenario, kind, seed }: Job): Variation | undefined {
  const own = SCENARIOS.find(({ name }) => name === scenario)!;
  const truth = truthOf(scenario);
  const random = randomFrom(`${scenario}/${kind}/${seed}`);
  if (kind === JOINED) return joined(own, truth, random);
  const tree = buildScenario(own);
  if (kind === AS_IT_IS) return { kind, tree, truth, mayMiss: false };
  return { kind, ...VARIATIONS[kind]!(tree, truth, random) };
}

function joined(own: Scenario, truth: ScenarioTruth, random: Random): Variation | undefined {
  const others = SCENARIOS.filter(({ name }) => name !== own.name && truthOf(name).rootCauses.length > 0);
  while (others.length > 0) {
    const [other] = others.splice(random.int(0, others.length - 1), 1) as [Scenario];
    const made = mergeMade(own.make(), other.make());
    if (made === undefined) continue;
    return { kind: JOINED, tree: buildMade(made), truth: mergeTruth(truth, truthOf(other.name)), mayMiss: false };
  }
  return undefined;
}

const truths = new Map<string, ScenarioTruth>();

export function truthOf(scenario: string): ScenarioTruth {
  const known = truths.get(scenario);
  if (known !== undefined) return known;
  const text = readFileSync(`sample-gathers/${scenario}/scenario.yaml`, 'utf8');
  const truth = scenarioSchema.parse(parse(text));
  truths.set(scenario, truth);
  return truth;
}
