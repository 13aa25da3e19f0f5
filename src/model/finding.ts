import type { Entity } from './entity.ts';
import type { Micros } from './time.ts';

export const SEVERITIES = ['info', 'warning', 'error', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const ROLES = ['cause', 'symptom', 'context'] as const;
export type Role = (typeof ROLES)[number];

/** `active` at gather time; `recovered` when it stopped before, or something shows that it was mended. */
export type FindingStatus = 'active' | 'recovered';

/** A place that anyone can open, and what stands there. */
export interface Evidence {
  /** Path inside the input, nested archives joined by `!/`. */
  readonly source: string;
  /** From 1, in the decompressed file. */
  readonly line?: number;
  /** Byte offset, for binary journals. */
  readonly offset?: number;
  /** JSON pointer into the file, for resources. */
  readonly pointer?: string;
  readonly at?: Micros;
  readonly text: string;
  /** How many matches this one stands for. */
  readonly repeats: number;
  readonly until?: Micros;
  /** Lines of the file right before and after it, in its order, cut where they are long. */
  readonly before?: readonly string[];
  readonly after?: readonly string[];
}

/** A time at which something was seen again and again. */
export interface Occurrence {
  readonly from: Micros;
  readonly to: Micros;
  readonly count: number;
}

/** What a signature or a detector reports, before it gets an id. */
export interface FindingDraft {
  readonly severity?: Severity;
  /** Completes the signature's title: one line, no full stop. */
  readonly title?: string;
  readonly status?: FindingStatus;
  /** 0..1: how sure it is that the finding is what it says. */
  readonly confidence?: number;
  readonly entities: readonly Entity[];
  readonly firstSeen?: Micros;
  readonly lastSeen?: Micros;
  readonly count?: number;
  readonly captures?: Readonly<Record<string, string>>;
  readonly evidence: readonly Evidence[];
  /** Overrides what the detector says of its recovery, for this one. */
  readonly recovery?: 'in-place' | 'hardware' | 'reinstall';
  /** Holds from installation on: may cause anything later, whatever time its evidence carries. */
  readonly timeless?: boolean;
  /** Earlier times at which it was there, each followed by a silence; `firstSeen` is the first of them. */
  readonly earlier?: readonly Occurrence[];
  /** The node whose clock its times are of, where one host wrote all of them. */
  readonly writer?: string;
  /** `firstSeen` is where the log begins: the onset lies there or earlier. */
  readonly openStart?: boolean;
}

export interface Finding extends FindingDraft {
  /** Hash of signature and entities: the same from run to run. */
  readonly id: string;
  readonly signature: string;
  readonly title: string;
  readonly severity: Severity;
  readonly role: Role;
  readonly status: FindingStatus;
  readonly confidence: number;
  readonly count: number;
  readonly captures: Readonly<Record<string, string>>;
}

/** Entities that a finding of a signature names at the most. */
export const MOST_ENTITIES = 12;

export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}
