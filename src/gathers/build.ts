import { compareText } from '../model/entity.ts';
import { bytesOf } from './files.ts';
import { render, type Tree } from './render.ts';
import type { Scenario } from './scenarios/scenario-module.ts';

/** All generated files of a scenario by their path in its folder: the gather and what lies beside it. */
export function buildScenario(scenario: Scenario): Tree {
  const { gather, beside } = scenario.make();
  const files: [string, Uint8Array][] = [...render(gather)].map(([path, bytes]) => [`gather/${path}`, bytes]);
  for (const [name, text] of beside) files.push([name, bytesOf(text)]);
  return new Map(files.sort(([a], [b]) => compareText(a, b)));
}
