import { ClockSamples } from './correlate/clock-samples.ts';
import { correlate } from './correlate/correlate.ts';
import { withLocalCauses } from './correlate/local-causes.ts';
import { buildNames } from './correlate/names.ts';
import { contextOf } from './detect/context.ts';
import { lastTime } from './detect/event.ts';
import { type Catalogue, type LoadOptions, loadCatalogue } from './detect/load.ts';
import { Novelties } from './detect/novelty/novelties.ts';
import { type LogOf, Rhythms } from './detect/rhythm/rhythms.ts';
import { Detection } from './detect/run.ts';
import { Silences } from './detect/silence/silences.ts';
import { detectors as allDetectors } from './detectors/index.ts';
import { gatherFacts } from './gather-facts.ts';
import { gatherMoment } from './gather-moment.ts';
import { bootNotes } from './ingest/clock/boot-notes.ts';
import { newestSound } from './ingest/clock/newest-time.ts';
import { placeTimes } from './ingest/clock/place-times.ts';
import { yearNotes } from './ingest/clock/year-of-log.ts';
import { ingest, prepareIngest } from './ingest/ingest.ts';
import type { Progress as IngestProgress } from './ingest/ingest-options.ts';
import { mergeResources } from './ingest/resources/duplicates.ts';
import { SPARSE_KINDS } from './ingest/resources/sparse.ts';
import { hostsOfLogs, lastStamps, logSpans } from './log-spans.ts';
import type { Detector, Knowledge } from './model/detector.ts';
import { compareText } from './model/entity.ts';
import { type AllFacts, type Document, type PlaceTime, RESOURCE_KINDS } from './model/facts.ts';
import type { Ingested } from './model/ingest.ts';
import { DEFAULT_LIMITS, type Limits } from './model/limits.ts';
import type { Report } from './model/report.ts';
import { type Resource, readText } from './model/resource.ts';
import { type Duration, type Interval, type Micros, parseTime } from './model/time.ts';
import { buildReport } from './report/build.ts';
import { severalClusters } from './several-clusters.ts';
import { VERSION } from './version.ts';

export interface AnalyzeOptions {
  /** Directories of signatures; a later one overrides an earlier one by id. */
  readonly signatureDirs: readonly string[];
  /** Where compiled signatures are found; parsed anew without it. */
  readonly load?: LoadOptions;
  readonly limits?: Partial<Limits>;
  /** Threads to work on; default 1. The report does not depend on it. */
  readonly jobs?: number;
  /** Zone of logs that name none, in µs east of Greenwich; UTC where it is left out. */
  readonly assumedOffset?: Duration;
  /** Milliseconds since the epoch; only stamps the report. */
  readonly now: () => number;
  readonly stdin?: NodeJS.ReadableStream;
  progress?(progress: IngestProgress): void;
  /** Called with the name of each stage as it begins. */
  stage?(name: string): void;
}

/**
 * Analyses the inputs (directories, archives, files, `-` for stdin) as one incident.
 * @throws UserError when an input cannot be read at all or a signature is invalid.
 */
export async function analyze(inputs: readonly string[], options: AnalyzeOptions): Promise<Report> {
  const started = options.now();
  options.stage?.('signatures');
  prepareIngest(inputs, options);
  const catalogue = await loadCatalogue(options.signatureDirs, options.load);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const detectors = activeDetectors(catalogue);
  const detection = new Detection(catalogue.signatures, detectors, limits.maxPatternTime);
  const rhythms = new Rhythms();
  const clocks = new ClockSamples();
  const novelties = new Novelties();
  const silences = new Silences();

  options.stage?.('read');
  const resources: Resource[] = [];
  const documents: Document[] = [];
  let lastEvent = Number.NEGATIVE_INFINITY;
  const ingested = await ingest(
    // In whatever order they were named.
    inputs.toSorted(compareText),
    {
      kinds: new Set([...RESOURCE_KINDS, ...detection.kinds]),
      sparse: new Set(SPARSE_KINDS.filter((kind) => !detection.matchedKinds.has(kind))),
      limits,
      ...(options.jobs !== undefined && { jobs: options.jobs }),
      ...(options.assumedOffset !== undefined && { assumedOffset: options.assumedOffset }),
      ...(options.stdin && { stdin: options.stdin }),
      ...(options.progress && { progress: options.progress }),
    },
    {
      log: (source) => {
        const marks: number[] = [];
        return silences.watch(
          source,
          novelties.watch(source, rhythms.watch(source, detection.log(source, marks)), marks),
        );
      },
      resource: (resource) => {
        clocks.add(resource);
        if (resource.kind === 'Event') {
          detection.event(resource);
          lastEvent = Math.max(lastEvent, lastTime(resource) ?? lastEvent);
        } else resources.push(resource);
      },
      document: (document) => documents.push(document),
    },
  );

  options.stage?.('detect');
  const seenLast = Number.isFinite(lastEvent) ? lastEvent : undefined;
  const moment = gatherMoment(ingested, resources, seenLast, options.assumedOffset);
  const gatheredAt = moment.at;
  const place = placeTimes(ingested.summaries, gatheredAt, options.assumedOffset, moment.age !== undefined);
  const facts = gatherFacts(mergeResources(resources), documents.sort(byPlace), ingested, place);
  const names = buildNames(facts);
  const hostOf = hostsOfLogs(ingested.summaries);
  const context = contextOf(facts, {
    hostOf,
    names,
    place,
    gatheredAt,
    spanOf: logSpans(ingested.summaries, place),
    lastStamp: lastStamps(ingested.summaries),
    ...clusterIdentity(facts),
  });
  const detected = detection.finish(facts, context);

  options.stage?.('correlate');
  const knowledge = knowledgeOf(catalogue, detectors);
  const findings = withLocalCauses(detected.findings, knowledge, facts.Node);
  const { outcomes, sights } = detected;
  const [skews, operatorSpread] = [clocks.skews(names), clocks.operatorSpread()];
  const correlated = correlate({
    findings,
    outcomes,
    knowledge,
    facts,
    names,
    gatheredAt,
    skews,
    operatorSpread,
    sights,
  });

  const onset = parseTime(correlated.impact?.began ?? '');

  options.stage?.('report');
  return buildReport({
    version: VERSION,
    catalogue: { count: catalogue.signatures.length + detectors.length, digest: catalogue.digest },
    generatedAt: started,
    durationMs: Math.max(0, options.now() - started),
    ingested,
    gatheredAt,
    window: windowOf(ingested, place),
    findings,
    outcomes,
    notes: [
      ...detected.notes,
      moment.note,
      severalClusters(resources),
      ...bootNotes(ingested.summaries, place),
      ...yearNotes(ingested.summaries, gatheredAt, moment.age, options.assumedOffset),
    ].filter((note) => note !== undefined),
    knowledge,
    boots: facts.boots,
    logChanges: [
      ...(onset === undefined ? [] : novelties.changes(onset, findings, place, context.spanOf)),
      ...silences.changes({ ingested, facts, names, place }),
    ],
    anomalies: rhythms.anomalies(findings, place, gatheredAt, logsOf(ingested)),
    correlated,
  });
}

function byPlace(a: Document, b: Document): number {
  return compareText(a.path, b.path) || compareText(a.pointer, b.pointer);
}

/** A user's signature may override a bundled detector of the same id. */
function activeDetectors(catalogue: Catalogue): Detector[] {
  const taken = new Set(catalogue.signatures.map((signature) => signature.id));
  return allDetectors.filter((detector) => !taken.has(detector.about.id));
}

export function knowledgeOf(catalogue: Catalogue, detectors: readonly Detector[]): Map<string, Knowledge> {
  const all: Knowledge[] = [...(catalogue.signatures as readonly Knowledge[]), ...detectors.map((d) => d.about)];
  return new Map(all.map((knowledge) => [knowledge.id, knowledge]));
}

function logsOf(ingested: Ingested): LogOf {
  const logs = new Map(ingested.summaries.map(({ source, lines }) => [source.path, { lines, host: source.host }]));
  return (path) => logs.get(path);
}

function clusterIdentity(facts: AllFacts): {
  version: string | undefined;
  platform: string | undefined;
  topology: string | undefined;
} {
  const infrastructure = facts.Infrastructure[0]?.body;
  return {
    version: readText(facts.ClusterVersion[0]?.body, 'status.desired.version'),
    platform: readText(infrastructure, 'status.platformStatus.type'),
    topology: readText(infrastructure, 'status.controlPlaneTopology'),
  };
}

function windowOf(ingested: Ingested, place: PlaceTime): Partial<Interval> {
  let from = Number.POSITIVE_INFINITY;
  const ends: Micros[] = [];
  for (const { source, first, last } of ingested.summaries) {
    const start = first === undefined ? undefined : place(source.path, source.host, first);
    const end = last === undefined ? undefined : place(source.path, source.host, last);
    if (start !== undefined) from = Math.min(from, start);
    if (end !== undefined) ends.push(end);
  }
  const to = newestSound(ends);
  return { ...(Number.isFinite(from) && { from }), ...(to !== undefined && { to }) };
}
