import { compareText } from '../model/entity.ts';
import { bytesOf } from './files.ts';
import { renderAs } from './forms.ts';
import type { Tree } from './render.ts';
import type { Made, Scenario } from './scenarios/scenario-module.ts';

/** All generated files of a scenario by their path in its folder: the gather and what lies beside it. */
export function buildScenario(scenario: Scenario): Tree {
  return buildMade(scenario.make());
}

export function buildMade({ gather, beside }: Made): Tree {
  const rendered = gather === undefined ? [] : [...renderAs(gather)];
  const files: [string, Uint8Array][] = rendered.map(([path, bytes]) => [`gather/${path}`, bytes]);
  for (const [name, text] of beside) files.push([name, bytesOf(text)]);
  return new Map(files.sort(([a], [b]) => compareText(a, b)));
}
