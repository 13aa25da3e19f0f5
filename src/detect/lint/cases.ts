import type { Signature, SignatureCase } from '../../model/signature.ts';

/** Test cases that prove nothing: two of a kind with the same input, or one that has to hit and to stay clear. */
export function caseProblems({ tests }: Signature): string[] {
  const hits = new Map(tests.hits.map((test) => [inputOf(test), test.name]));
  const clear = new Set<string>();
  return tests.clear.flatMap((test) => {
    const input = inputOf(test);
    const hit = hits.get(input);
    const twice = clear.has(input);
    clear.add(input);
    if (hit !== undefined) return [`the clear case "${test.name}" has the input of the hit "${hit}"`];
    return twice ? [`the clear case "${test.name}" has the input of another one`] : [];
  });
}

function inputOf({ log, resources, gatheredAt }: SignatureCase): string {
  return JSON.stringify([log, resources, gatheredAt]);
}
