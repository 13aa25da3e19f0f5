import type { Names } from '../model/detector.ts';
import type { AllFacts, Phases, PlaceTime } from '../model/facts.ts';
import { type Interval, MINUTE, type Micros, type Stamp } from '../model/time.ts';

/** What is known once the whole input was read; the evaluation of every signature uses it. */
export interface Context {
  readonly names: Names;
  readonly place: PlaceTime;
  readonly gatheredAt: Micros | undefined;
  /** First and last time that a host (or, without one, anybody) spoke in a log. */
  readonly spanOf: (path: string, host: string | undefined) => Partial<Interval>;
  /** The host that a log is of, where its path or its folder names one: known only when all of the folder was read. */
  readonly hostOf?: (path: string) => string | undefined;
  /** The last stamp of a log. */
  readonly lastStamp: (path: string) => Stamp | undefined;
  readonly phases: Phases;
  /** Boots of a host, by the name that `names.node` gives. */
  readonly bootsOf: (node: string) => readonly Micros[];
  readonly version: string | undefined;
  readonly platform: string | undefined;
  readonly topology: string | undefined;
}

/** A booting host settles within this time. */
const BOOT_PHASE = 10 * MINUTE;
/** Operators go on settling after the first version was reported complete, and before an upgrade is. */
const SETTLING = 10 * MINUTE;

/** The spans in which a signature's lines are normal, for one host. */
export function transientSpans(
  phases: readonly ('install' | 'upgrade' | 'boot')[],
  node: string | undefined,
  context: Context,
): Interval[] {
  const spans: Interval[] = [];
  const { install, upgrades } = context.phases;
  if (phases.includes('install') && install !== undefined) {
    const to = install.to === undefined ? Number.POSITIVE_INFINITY : install.to + SETTLING;
    // Clocks of hosts that are being installed run free until chrony has stepped them.
    spans.push({ from: Number.NEGATIVE_INFINITY, to });
  }
  if (phases.includes('upgrade')) spans.push(...upgrades.map(({ from, to }) => ({ from, to: to + SETTLING })));
  if (phases.includes('boot') && node !== undefined) {
    spans.push(...context.bootsOf(node).map((boot) => ({ from: boot - MINUTE, to: boot + BOOT_PHASE })));
  }
  return spans;
}

export function contextOf(
  facts: Pick<AllFacts, 'phases' | 'boots'>,
  rest: Omit<Context, 'phases' | 'bootsOf'>,
): Context {
  const boots = new Map<string, Micros[]>();
  for (const boot of facts.boots) {
    if (boot.from === undefined) continue;
    const node = rest.names.node(boot.host);
    boots.set(node, [...(boots.get(node) ?? []), boot.from]);
  }
  return { ...rest, phases: facts.phases, bootsOf: (node) => boots.get(node) ?? [] };
}
