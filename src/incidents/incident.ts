import type { Report } from '../model/report.ts';

/** An analysed input as an archive keeps it. Times are RFC 3339 in UTC, as in reports. */

/** What lists, statistics and comparisons need of an incident, small enough to hold ten thousand in memory. */
export interface IncidentSummary {
  /** The first 16 digits of the digest. */
  readonly id: string;
  /** SHA-256 of the input's content. */
  readonly digest: string;
  /** Name of the input, without its folder. */
  readonly name: string;
  /** Digest of the signatures that it was analysed with. */
  readonly catalogue: string;
  readonly analysedAt: string;
  /** When it happened, as far as is known: the gather, else the last line, else the analysis. */
  readonly at: string;
  readonly gatheredAt?: string;
  /** When the first of its causes began. */
  readonly onset?: string;
  readonly version?: string;
  readonly platform?: string;
  readonly topology?: string;
  readonly cluster?: string;
  readonly verdict: Report['verdict'];
  readonly causes: readonly IncidentCause[];
  /** Signatures of its findings, each once, sorted. */
  readonly signatures: readonly string[];
  /** Components of those signatures, each once, sorted. */
  readonly components: readonly string[];
  /** Signatures of findings that nothing explains, each once, sorted. */
  readonly unexplained: readonly string[];
  /** Lines that repeat until their log ends and that no signature names, as templates. */
  readonly anomalies: readonly string[];
  /** What was visible before the first critical finding. */
  readonly early: readonly EarlySign[];
  /** What it is compared by; see `fingerprint.ts`. Sorted. */
  readonly features: readonly string[];
}

export interface IncidentCause {
  readonly signature: string;
  readonly title: string;
  readonly confidence: number;
  readonly status: 'active' | 'recovered';
  /** The first thing to do about it. */
  readonly remedy?: string;
}

export interface EarlySign {
  readonly signature: string;
  /** How long before the first critical finding. */
  readonly leadMs: number;
}

/** What somebody wrote about an incident. */
export interface Note {
  readonly at: string;
  readonly text: string;
  /** It says how the incident was resolved. */
  readonly resolution: boolean;
  readonly by?: string;
}

export interface Incident {
  readonly summary: IncidentSummary;
  readonly report: Report;
  readonly notes: readonly Note[];
}

/** What `put` needs to know beside the report. */
export interface NewIncident {
  readonly digest: string;
  readonly name: string;
  readonly report: Report;
  /** Component of a signature, where the catalogue knows it. */
  componentOf(signature: string): string | undefined;
  /** Renderings by file name, such as `report.html`. Only directories keep them: anything can be rendered anew. */
  readonly renderings?: ReadonlyMap<string, string>;
}

/** An input that could not be analysed. */
export interface Failure {
  readonly id: string;
  readonly digest: string;
  readonly name: string;
  readonly catalogue: string;
  readonly at: string;
  readonly kind: FailureKind;
  /** One line. */
  readonly reason: string;
}

/** `unreadable` is as true the next time; the others may be the machine's fault and are tried again. */
export type FailureKind = 'unreadable' | 'time' | 'memory' | 'crash';

export function incidentId(digest: string): string {
  return digest.slice(0, 16);
}
