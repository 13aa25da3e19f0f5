import type { ByteWriter } from './byte-writer.ts';
import type { Micros } from './time.ts';

/** What is kept of a journal entry, from whatever form the journal came in. */
export interface JournalEntry {
  /** Receipt time; an entry without one gets the time of the entry before. */
  realtime: Micros | undefined;
  /** The time that the sender claims; not to be trusted across steps of its clock. */
  sourceTime: Micros | undefined;
  /** µs since boot. */
  monotonic: number | undefined;
  bootId: string | undefined;
  /** Stands for the id of a boot that a text shows without one. */
  unnamedBoot?: string;
  host: string | undefined;
  identifier: string | undefined;
  pid: string | undefined;
  unit: string | undefined;
  /** 0 emerg … 7 debug. */
  priority: number | undefined;
  /** `kernel`, `audit`, `syslog`, `journal`, `stdout` or `driver`. */
  transport: string | undefined;
  /** One for each MESSAGE field, as text or as raw bytes. */
  messages: (string | Uint8Array)[];
  /** The journal had a MESSAGE that was left out of the dump. */
  isMessageMissing: boolean;
  /** Every field in the order of the journal, for sinks that want them. */
  fields?: readonly FieldGroup[];
}

/** Fields that stand together in an entry. */
export interface FieldGroup {
  readonly fields: readonly JournalField[];
}

export interface JournalField {
  readonly name: string;
  /** Null where the dump left the value out. Bytes hold until the next entry. */
  readonly value: string | Uint8Array | null;
}

/** Where an entry stands in the original file. */
export interface EntryOrigin {
  /** From 1; 0 in binary journals. */
  readonly line: number;
  /** Byte offset, for binary journals. */
  readonly offset?: number;
  /** Each line of the message stands on a line of its own in the original too. */
  readonly isMultiline?: boolean;
}

/** Takes entries as `journalctl -o export` prints them. */
export interface EntryExporter {
  readonly out: ByteWriter;
  /** Whether to write the next entry to `out`. It is undefined for sinks with `wantsOnlyFields`: to read its line takes time. */
  wants(entry: JournalEntry | undefined): boolean;
}

/** Takes journal entries one by one. */
export interface EntrySink {
  /** Wants `fields` in every entry, which costs time. */
  readonly wantsFields?: boolean;
  /** Looks at nothing but `fields` and the times: the rest may be left undefined. */
  readonly wantsOnlyFields?: boolean;
  /** Where it is given, entries of binary journals are written there instead of handed over. */
  readonly exporter?: EntryExporter;
  entry(entry: JournalEntry, origin: EntryOrigin): void;
}
