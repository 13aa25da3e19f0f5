import { confidenceOf, MODEL } from '../../src/correlate/confidence.ts';
import type { Judged, JudgedCause } from './judge-job.ts';

type Model = { [K in keyof typeof MODEL]: number };

interface Case extends JudgedCause {
  readonly scenario: string;
}

/** Its ends are ours: a corpus with few wrong causes would go on towards certainty. */
const GRID: Readonly<Record<keyof Model, readonly number[]>> = {
  unsupported: [-2, -1.75, -1.5, -1.25, -1, -0.8, -0.6],
  support: [0.5, 1, 1.5, 2, 2.5],
  absent: [0, 0.1, 0.2, 0.3, 0.4],
};

/**
 * The model that fits the causes best, by cross entropy; every scenario weighs the same, however many causes it has.
 * Variations of a scenario are no independent witnesses: what was right in all of n scenarios is taken to be right
 * (n + 1) times of n + 2.
 */
export function fitModel(cases: readonly Case[]): Model {
  const scenarios = Map.groupBy(cases, ({ scenario }) => scenario);
  const smooth = 1 / (scenarios.size + 2);
  let best = { model: MODEL as Model, loss: Number.POSITIVE_INFINITY };
  for (const unsupported of GRID.unsupported)
    for (const support of GRID.support)
      for (const absent of GRID.absent) {
        const model = { unsupported, support, absent };
        let loss = 0;
        for (const own of scenarios.values()) {
          for (const one of own)
            loss += entropy(confidenceOf(one.basis, one.standsIn, model), one.right, smooth) / own.length;
        }
        if (loss < best.loss) best = { model, loss };
      }
  return best.model;
}

function entropy(confidence: number, right: boolean, smooth: number): number {
  const target = right ? 1 - smooth : smooth;
  return -target * Math.log(confidence) - (1 - target) * Math.log(1 - confidence);
}

/** The causes of each scenario with the confidence that a model fitted to all the other scenarios gives them. */
export function heldOut(all: readonly Judged[]): JudgedCause[] {
  const cases = all.flatMap(({ scenario, causes }) => causes.map((cause) => ({ ...cause, scenario })));
  return [...new Set(cases.map(({ scenario }) => scenario))].flatMap((scenario) => {
    const model = fitModel(cases.filter((one) => one.scenario !== scenario));
    return cases
      .filter((one) => one.scenario === scenario)
      .map((one) => ({ ...one, confidence: confidenceOf(one.basis, one.standsIn, model) }));
  });
}

export function fitAll(all: readonly Judged[]): Model {
  return fitModel(all.flatMap(({ scenario, causes }) => causes.map((cause) => ({ ...cause, scenario }))));
}
