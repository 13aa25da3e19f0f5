import { fitAll, heldOut } from './fit.ts';
import { isRight, type Judged } from './judge-job.ts';

type Causes = readonly { readonly confidence: number; readonly right: boolean }[];

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

function inTenths<T extends Causes[number]>(causes: readonly T[]): [number, T[]][] {
  return [...Map.groupBy(causes, ({ confidence }) => Math.min(9, Math.floor(confidence * 10)))].sort(
    ([a], [b]) => a - b,
  );
}

/** Mean squared distance of confidence from truth; and the mean gap of both in ten bins, weighed by their size. */
export function calibration(causes: Causes): { brier: number; error: number } {
  const gaps = inTenths(causes).map(([, bin]) =>
    Math.abs(sum(bin, ({ confidence }) => confidence) - bin.filter(({ right }) => right).length),
  );
  return {
    brier: sum(causes, ({ confidence, right }) => (confidence - (right ? 1 : 0)) ** 2) / causes.length,
    error: sum(gaps, (gap) => gap) / causes.length,
  };
}

function reliability(causes: Causes): string[] {
  return inTenths(causes).map(
    ([bin, of]) =>
      `  said ${bin * 10} to ${bin * 10 + 10} %: ${of.length} causes, ${percent(of.filter(({ right }) => right).length, of.length)} right`,
  );
}

function perKind(all: readonly Judged[]): string[] {
  return [...Map.groupBy(all, ({ kind }) => kind)].map(([kind, group]) => {
    const strict = group.filter(({ problems }) => problems.length === 0).length;
    return `${kind.padEnd(10)} ${String(group.length).padStart(4)} gathers, first cause right ${percent(group.filter(isRight).length, group.length)}, whole truth ${percent(strict, group.length)}`;
  });
}

/** What a noisy-OR network says of the same findings. */
function rivals(all: readonly Judged[]): string[] {
  const judged = all.map((one) => ({ ...one, ...one.rival }));
  const decidable = judged.filter(({ mayMiss }) => !mayMiss);
  const causes = judged.flatMap((one) => one.causes);
  const { brier, error } = calibration(causes);
  const found = percent(
    sum(decidable, (one) => one.found),
    sum(decidable, ({ wanted }) => wanted),
  );
  const falsely = judged.filter(({ expectsNone, first }) => expectsNone && first !== 'none').length;
  return [
    `noisy-OR over the same    first cause right ${percent(judged.filter(isRight).length, judged.length)}, all causes found ${found}, false causes when healthy ${falsely},`,
    `findings and edges        ${causes.length} causes, ${percent(causes.filter(({ right }) => right).length, causes.length)} right, Brier score ${brier.toFixed(3)}, calibration error ${error.toFixed(3)}`,
  ];
}

export function measures(all: readonly Judged[]): string {
  const healthy = all.filter(({ expectsNone }) => expectsNone);
  const decidable = all.filter(({ mayMiss }) => !mayMiss);
  const causes = all.flatMap((one) => one.causes);
  const { brier, error } = calibration(causes);
  const held = calibration(heldOut(all));
  return [
    ...perKind(all),
    '',
    `gathers                   ${all.length}`,
    `first cause right         ${percent(all.filter(isRight).length, all.length)}`,
    `all causes found          ${percent(
      sum(decidable, ({ found }) => found),
      sum(decidable, ({ wanted }) => wanted),
    )}`,
    `false causes when healthy ${healthy.filter(({ first }) => first !== 'none').length} of ${healthy.length}`,
    `edges found               ${percent(
      sum(decidable, ({ edges }) => edges.found),
      sum(decidable, ({ edges }) => edges.wanted),
    )}`,
    `Brier score               ${brier.toFixed(3)}`,
    `calibration error         ${error.toFixed(3)}`,
    ...reliability(causes),
    '',
    `held out by scenario      Brier score ${held.brier.toFixed(3)}, calibration error ${held.error.toFixed(3)}`,
    `fitted to all             ${JSON.stringify(fitAll(all))}`,
    ...rivals(all),
    '',
  ].join('\n');
}

/** What sample-gathers/README.md promises, and what a run misses of it. */
export function missedGoals(all: readonly Judged[]): string[] {
  const decidable = all.filter(({ mayMiss }) => !mayMiss);
  const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
  const edges = share(
    sum(decidable, (one) => one.edges.found),
    sum(decidable, (one) => one.edges.wanted),
  );
  const { error } = calibration(all.flatMap(({ causes }) => causes));
  return [
    ...(share(all.filter(isRight).length, all.length) < 0.97 ? ['the first cause is right in less than 97 %'] : []),
    ...(all.some((one) => one.expectsNone && one.first !== 'none') ? ['a healthy gather has a cause'] : []),
    ...(edges < 0.9 ? ['less than 90 % of the edges are found'] : []),
    ...(error > 0.07 ? ['the calibration error is above 0.07'] : []),
  ];
}
