import type { ScenarioTruth } from './scenario.ts';

type Recovery = ScenarioTruth['verdict']['recovery'];

const HARDEST = ['unknown', 'none-needed', 'in-place', 'hardware', 'reinstall'] as const;
type Forbidden = NonNullable<ScenarioTruth['mustNotAppear']>;

/** The truth about two faults at once: both causes, in whatever order, and the harder of the two recoveries. */
export function mergeTruth(first: ScenarioTruth, second: ScenarioTruth): ScenarioTruth {
  const both = [first, second];
  const rootCauses = both.flatMap((truth) => truth.rootCauses.map(({ rank: _, ...cause }) => cause));
  return {
    ...first,
    title: `${first.title}; and ${second.title}`,
    anyOrder: true,
    verdict: { status: statusOf(both), recovery: harder(first.verdict.recovery, second.verdict.recovery) },
    rootCauses,
    edges: both.flatMap((truth) => truth.edges),
    mayAppear: { rootCauses: both.flatMap((truth) => truth.mayAppear?.rootCauses ?? []) },
    mustNotAppear: forbidden(
      both.map((truth) => truth.mustNotAppear),
      new Set(rootCauses.flatMap(({ signature }) => signature)),
    ),
  };
}

export function harder(a: Recovery, b: Recovery): Recovery {
  return HARDEST[Math.max(HARDEST.indexOf(a), HARDEST.indexOf(b))]!;
}

function statusOf(both: readonly ScenarioTruth[]): ScenarioTruth['verdict']['status'] {
  const isHurt = both.some((truth) => truth.rootCauses.length > 0);
  return isHurt ? ['degraded', 'failed'] : both[0]!.verdict.status;
}

/** What one fault forbids the other may bring; only wrong edges stay wrong. */
function forbidden(all: readonly (Forbidden | undefined)[], expected: ReadonlySet<string>): Forbidden {
  return {
    rootCauses: all.flatMap((one) => one?.rootCauses ?? []).filter((signature) => !expected.has(signature)),
    edges: all.flatMap((one) => one?.edges ?? []),
    findings: [],
    severities: [],
  };
}
