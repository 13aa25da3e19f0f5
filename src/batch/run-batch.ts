import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { contentDigest } from '../incidents/content-digest.ts';
import { draftIn } from '../incidents/directory/atomic-file.ts';
import type { FailureKind, IncidentSummary } from '../incidents/incident.ts';
import type { IncidentStore } from '../incidents/store.ts';
import { reasonOf } from '../ingest/inputs.ts';
import { UserError } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import { formatTime } from '../model/time.ts';
import type { AnalysisJob, AnalysisSettings, ProcessLimits } from './analysis-job.ts';
import { analyzeInChild } from './analyze-in-child.ts';
import { type DownloadLimits, download } from './download.ts';
import type { BatchInput } from './find-inputs.ts';

export interface BatchOptions {
  /** Analyses at the same time. */
  readonly jobs: number;
  readonly settings: AnalysisSettings;
  readonly limits: ProcessLimits;
  readonly downloads: DownloadLimits;
  /** Digest of the signatures that the settings name. */
  readonly catalogue: string;
  componentOf(signature: string): string | undefined;
  /** Analyse again what was analysed with other signatures. */
  readonly update: boolean;
  /** Folder for what is downloaded. */
  readonly incoming: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Ends the batch; what is being analysed is dropped. */
  readonly signal: AbortSignal;
  started?(input: BatchInput): void;
  progress?(input: BatchInput, bytes: number, total: number | undefined): void;
  finished(input: BatchInput, outcome: BatchOutcome): Promise<void> | void;
}

export type BatchOutcome =
  | { readonly type: 'analysed'; readonly incident: IncidentSummary; readonly report: Report; readonly ms: number }
  /** In the archive already; `isOutdated`: analysed with other signatures. */
  | { readonly type: 'known'; readonly id: string; readonly isOutdated: boolean }
  /** The same content as another input of this batch. */
  | { readonly type: 'double'; readonly of: string }
  | { readonly type: 'failed'; readonly kind: FailureKind; readonly reason: string; readonly wasKnown: boolean };

/**
 * Analyses the inputs into the archive, each in a process of its own, some at a time. What the archive holds already is
 * not analysed again, so a batch that was interrupted goes on where it was. Throws only where the archive itself fails.
 */
export async function runBatch(
  store: IncidentStore,
  inputs: readonly BatchInput[],
  options: BatchOptions,
): Promise<void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const batch = { ...options, signal };
  const taken = new Map<string, string>();
  const waiting = inputs.values();
  const slot = async () => {
    for (const input of waiting) {
      if (signal.aborted) return;
      batch.started?.(input);
      const outcome = await settle(store, input, batch, taken);
      if (!signal.aborted) await batch.finished(input, outcome);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(options.jobs, inputs.length) }, slot));
  } finally {
    stop.abort();
  }
}

async function settle(
  store: IncidentStore,
  input: BatchInput,
  batch: BatchOptions,
  taken: Map<string, string>,
): Promise<BatchOutcome> {
  if (input.problem !== undefined) return failed('unreadable', input.problem);
  if (!input.isUrl) return settleFile(store, input, jobOf(input, batch), batch, taken);
  const folder = draftIn(batch.incoming);
  try {
    await mkdir(folder, { recursive: true });
    const path = join(folder, safeName(input.name));
    await download(input.source, path, batch.downloads, batch.signal);
    const job = { path, shownAs: shownUrl(input.source), settings: batch.settings };
    return await settleFile(store, input, job, batch, taken);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return failed('unreadable', error.message);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function jobOf({ source, shownAs }: BatchInput, { settings }: BatchOptions): AnalysisJob {
  return { path: source, ...(shownAs !== undefined && { shownAs }), settings };
}

async function settleFile(
  store: IncidentStore,
  input: BatchInput,
  job: AnalysisJob,
  batch: BatchOptions,
  taken: Map<string, string>,
): Promise<BatchOutcome> {
  const digest = await digestOf(job.path);
  if (typeof digest !== 'string') return failed('unreadable', digest.reason);
  const twin = taken.get(digest);
  if (twin !== undefined) return { type: 'double', of: twin };
  taken.set(digest, input.name);
  return (await settledBefore(store, digest, batch)) ?? analyse(store, input, job, digest, batch);
}

async function digestOf(path: string): Promise<string | { readonly reason: string }> {
  try {
    return await contentDigest(path);
  } catch (error) {
    if (error instanceof UserError) return { reason: error.message.slice(error.message.lastIndexOf(': ') + 2) };
    if (error instanceof Error && 'syscall' in error) return { reason: reasonOf(error) };
    throw error;
  }
}

/** What needs no analysis: what the archive holds, and what cannot be read whoever tries. */
async function settledBefore(
  store: IncidentStore,
  digest: string,
  { catalogue, update }: BatchOptions,
): Promise<BatchOutcome | undefined> {
  const known = await store.known(digest);
  if (known.catalogue !== undefined && (known.catalogue === catalogue || !update)) {
    return { type: 'known', id: digest.slice(0, 16), isOutdated: known.catalogue !== catalogue };
  }
  const { failure } = known;
  if (failure?.kind !== 'unreadable' || failure.catalogue !== catalogue) return undefined;
  return { ...failed(failure.kind, failure.reason), wasKnown: true };
}

async function analyse(
  store: IncidentStore,
  input: BatchInput,
  job: AnalysisJob,
  digest: string,
  batch: BatchOptions,
): Promise<BatchOutcome> {
  const { name } = input;
  const { catalogue, componentOf, now, signal } = batch;
  const started = now();
  const result = await analyzeInChild(job, batch.limits, {
    signal,
    progress: (bytes, total) => batch.progress?.(input, bytes, total),
  });
  if ('failed' in result) {
    const reason = result.reason.startsWith(`${job.path}: `) ? result.reason.slice(job.path.length + 2) : result.reason;
    const at = formatTime(Math.floor(now() / 1000) * 1e6);
    if (!signal.aborted) await store.fail({ digest, name, catalogue, at, kind: result.failed, reason });
    return failed(result.failed, reason);
  }
  const { report, renderings } = result;
  const incident = await store.put({ digest, name, report, renderings, componentOf });
  return { type: 'analysed', incident, report, ms: now() - started };
}

function failed(kind: FailureKind, reason: string): BatchOutcome & { type: 'failed' } {
  return { type: 'failed', kind, reason, wasKnown: false };
}

/** The end of an address as a name of a file of ours; its ending tells what kind of log it may be. */
function safeName(name: string): string {
  return `input-${name.replaceAll(/[^A-Za-z0-9._-]/g, '_').slice(-80)}`;
}

/** Addresses carry passwords and signatures that no report should. */
function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
