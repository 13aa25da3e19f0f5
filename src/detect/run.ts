import type { Detector, OutcomeRecord } from '../model/detector.ts';
import { compareText } from '../model/entity.ts';
import type { AllFacts } from '../model/facts.ts';
import type { Finding } from '../model/finding.ts';
import type { LineSink } from '../model/log-line.ts';
import { listOf } from '../model/matcher-values.ts';
import type { Resource } from '../model/resource.ts';
import type { Sights } from '../model/sights.ts';
import type { Signature } from '../model/signature.ts';
import type { Source } from '../model/source.ts';
import { notApplicable } from './applies.ts';
import { type Compiled, type CompiledMatcher, compile } from './compile.ts';
import type { Context } from './context.ts';
import { EventMatching } from './event.ts';
import { Failures } from './failures.ts';
import { findingOf } from './finding.ts';
import { groupSeries } from './group.ts';
import { Hits, type Series } from './hits.ts';
import { matchResources } from './match-resources.ts';
import { runDetector } from './run-detector.ts';
import { LogScanner } from './scan.ts';
import { sightsOf } from './sights.ts';
import { timed } from './timed.ts';
import { judge } from './window.ts';

export interface Detected {
  readonly findings: readonly Finding[];
  readonly outcomes: readonly OutcomeRecord[];
  readonly notes: readonly string[];
  readonly sights: Sights;
}

/** Runs all signatures and detectors over one analysis: first as logs and events stream by, then over the facts. */
export class Detection {
  readonly #compiled: Compiled;
  readonly #detectors: readonly Detector[];
  readonly #hits = new Hits();
  readonly #failures = new Failures();
  readonly #scanner: LogScanner;
  readonly #eventMatching: EventMatching;
  readonly #matchers: ReadonlyMap<Signature | undefined, readonly CompiledMatcher[]>;
  #events = 0;

  constructor(signatures: readonly Signature[], detectors: readonly Detector[], maxPatternTime?: number) {
    this.#compiled = compile(signatures, maxPatternTime);
    this.#matchers = Map.groupBy(this.#compiled.matchers, ({ signature }) => this.#compiled.signatures[signature]);
    this.#detectors = detectors;
    this.#scanner = new LogScanner(this.#compiled, this.#hits, this.#failures);
    this.#eventMatching = new EventMatching(this.#compiled, this.#hits, this.#failures);
  }

  /** Kinds of resources that any signature or detector reads; Events beside them. */
  get kinds(): ReadonlySet<string> {
    const needed = this.#detectors.flatMap((detector) => detector.needs as readonly string[]);
    return new Set([...this.#compiled.resources.keys(), ...needed, 'Event']);
  }

  /** Kinds that a signature may look for whatever they hold. */
  get matchedKinds(): ReadonlySet<string> {
    return new Set(this.#compiled.resources.keys());
  }

  /** `marks` receives the places of the marks of errors in the region at hand. */
  log(source: Source, marks?: number[]): LineSink {
    return this.#scanner.open(source, marks);
  }

  event(event: Resource): void {
    this.#events++;
    this.#eventMatching.match(event);
  }

  /** Called once, when everything was read. */
  finish(facts: AllFacts, context: Context): Detected {
    const byKind = new Map<string, readonly Resource[]>(
      Object.entries(facts).filter((entry): entry is [string, readonly Resource[]] => Array.isArray(entry[1])),
    );
    matchResources(byKind, this.#compiled, this.#hits, this.#failures, context.gatheredAt);
    const all = this.#hits.all().map((s) => withHostOfLog(s, context.hostOf));
    const series = Map.groupBy(all, (s) => s.matcher.signature);
    const outcomes: OutcomeRecord[] = [];
    const findings: Finding[] = [];
    this.#compiled.signatures.forEach((signature, index) => {
      const failure = this.#failures.of(index);
      const { found, outcome } =
        failure === undefined
          ? this.#evaluate(signature, series.get(index) ?? [], byKind, context)
          : { found: [], outcome: { signature: signature.id, outcome: 'failed' as const, reason: failure } };
      findings.push(...found);
      outcomes.push(outcome);
    });
    for (const detector of this.#detectors) {
      const { found, outcome } = runDetector(detector, facts, context);
      findings.push(...found);
      outcomes.push(outcome);
    }
    findings.sort((a, b) => compareText(a.signature, b.signature) || compareText(a.id, b.id));
    outcomes.sort((a, b) => compareText(a.signature, b.signature));
    const sights = sightsOf(this.#compiled, this.#scanner.masks, facts, context.names);
    return { findings, outcomes, notes: this.#notes(), sights };
  }

  #evaluate(
    signature: Signature,
    series: readonly Series[],
    byKind: ReadonlyMap<string, readonly Resource[]>,
    context: Context,
  ): { found: readonly Finding[]; outcome: OutcomeRecord } {
    const reason = notApplicable(signature, context);
    if (reason !== undefined)
      return { found: [], outcome: { signature: signature.id, outcome: 'not-applicable', reason } };
    try {
      const found = groupSeries(signature, series, context).flatMap((group): Finding[] => {
        const node = group.entities.find((entity) => entity.kind === 'node')?.name;
        const timedGroup = group.series.map((s) =>
          timed(s, node ?? (s.host === undefined ? undefined : context.names.node(s.host)), signature, context),
        );
        const verdict = judge(signature, timedGroup, context.gatheredAt);
        return verdict === undefined ? [] : [findingOf(signature, group, timedGroup, verdict, context)];
      });
      if (found.length > 0) return { found, outcome: { signature: signature.id, outcome: 'hit' } };
      return { found, outcome: this.#unmatched(signature, byKind) };
    } catch (error) {
      const outcome: OutcomeRecord = { signature: signature.id, outcome: 'failed', reason: (error as Error).message };
      return { found: [], outcome };
    }
  }

  /** Nothing matched: because all is well there, or because there was nothing to look at? */
  #unmatched(signature: Signature, byKind: ReadonlyMap<string, readonly Resource[]>): OutcomeRecord {
    const matchers = this.#matchers.get(signature) ?? [];
    const fed = matchers.some((matcher) => {
      if (matcher.type === 'log') return this.#scanner.isFed(matcher.id);
      if (matcher.type === 'event') return this.#events > 0;
      return listOf(matcher.spec.kind).some((kind) => (byKind.get(kind)?.length ?? 0) > 0);
    });
    if (fed) return { signature: signature.id, outcome: 'clear' };
    return {
      signature: signature.id,
      outcome: 'no-data',
      reason: 'the input holds no log or resource that it looks at',
    };
  }

  #notes(): string[] {
    return [...this.#hits.leftOut()].map(([id, count]) => {
      const matcher = this.#compiled.matchers[id]!;
      const { id: signature } = this.#compiled.signatures[matcher.signature]!;
      return `${signature}: matched on more entities than are told apart; ${count} matches of others are left out`;
    });
  }
}

/** What its lines leave open about their host, the folder of the log may tell. */
function withHostOfLog(series: Series, hostOf: Context['hostOf']): Series {
  if (series.source === undefined || (series.host !== undefined && series.host !== series.source.host)) return series;
  const host = hostOf?.(series.path);
  return host === undefined || host === series.host ? series : { ...series, host };
}
