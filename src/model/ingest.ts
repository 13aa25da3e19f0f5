import type { BootEnding, Document, FileRecord } from './facts.ts';
import type { LineSink } from './log-line.ts';
import type { Resource } from './resource.ts';
import type { Source } from './source.ts';
import type { Duration, Interval, Micros, Stamp } from './time.ts';

/** Takes what ingest reads, in the order of the input. */
export interface IngestSink {
  log(source: Source): LineSink;
  resource(resource: Resource): void;
  document(document: Document): void;
}

export const INPUT_KINDS = [
  'must-gather',
  'inspect',
  'sosreport',
  'insights',
  'log-bundle',
  'agent-gather',
  'journal',
  'log',
  'unknown',
] as const;
export type InputKind = (typeof INPUT_KINDS)[number];

export interface InputRecord {
  readonly path: string;
  readonly kind: InputKind;
  readonly bytes: number;
  readonly sha256?: string;
  readonly members: number;
  readonly truncated: boolean;
}

/** What a log turned out to be, known when its last byte was read. */
export interface SourceSummary {
  readonly source: Source;
  readonly format: string;
  readonly lines: number;
  readonly first?: Stamp;
  readonly last?: Stamp;
  /** Absolute time that the log's own header states (`-- Logs begin at …, end at … --`). */
  readonly header?: Interval;
  /** Zone of its lines, as the log names it; without an offset where the name stands for no zone that is known. */
  readonly zone?: { readonly name: string; readonly offset?: Duration };
  /** Hosts that spoke in it, with their first and last time. Sampled in large files. */
  readonly hosts: readonly { readonly host: string; readonly first?: Stamp; readonly last?: Stamp }[];
  /** Boot markers in it (`-- Boot <id> --`, `-- Reboot --`, `Linux version`). */
  readonly boots: readonly {
    readonly host?: string;
    readonly id?: string;
    readonly at?: Stamp;
    readonly line: number;
    /** As the `boot` of the stamps that count from it; 0 without one. */
    readonly run?: number;
    /** How its last lines in this log say that it ended. */
    readonly ending?: BootEnding;
    /** Its last line in this log. */
    readonly last?: { readonly at?: Stamp; readonly line: number; readonly offset?: number; readonly text: string };
  }[];
}

/** Why a gather was taken when: last line of `timestamp`, a log's header, newest member. */
export interface GatherTime {
  readonly at: Micros;
  readonly source: string;
  /** Only the gather's own stamp says it outright: a log's header or a file's age are of that file. */
  readonly by: 'stamp' | 'header' | 'age';
}

export interface Ingested {
  readonly inputs: readonly InputRecord[];
  readonly files: readonly FileRecord[];
  readonly summaries: readonly SourceSummary[];
  readonly gathered?: GatherTime;
  readonly skipped: readonly { readonly source: string; readonly reason: string }[];
  readonly missing: readonly { readonly what: string; readonly why: string; readonly matters: string }[];
  readonly notes: readonly string[];
}
