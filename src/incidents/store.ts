import type { Failure, Incident, IncidentSummary, NewIncident, Note } from './incident.ts';
import type { Snippet } from './snippets.ts';
import type { Statistics } from './statistics.ts';

/**
 * An archive of incidents. Directories and PostgreSQL implement it, and pass the same tests. Every method may be called
 * from several processes at once; what one has put, all others see from their next call on.
 */
export interface IncidentStore {
  /** Adds an incident, or replaces the one with the same content; its notes stay. Removes a failure of the same content. */
  put(incident: NewIncident): Promise<IncidentSummary>;
  /** Records that an input could not be analysed. An incident of the same content stays as it is. */
  fail(failure: Omit<Failure, 'id'>): Promise<void>;
  /** What is known of inputs with this content. */
  known(digest: string): Promise<Known>;
  /** By id, or the beginning of one that fits only one; undefined where there is none. @throws UserError if several fit */
  get(id: string): Promise<Incident | undefined>;
  /** Newest first, those of one time by id. */
  list(filter: IncidentFilter, page: Page): Promise<IncidentPage>;
  /** Those that could not be analysed, by name and digest. */
  failures(): Promise<Failure[]>;
  /** Incidents that hold all the words, best first; without words as `list`. */
  search(query: SearchQuery): Promise<SearchResult>;
  /** Incidents that share features with these, those with the rarest first; what `rankSimilar` ranks. */
  candidates(features: readonly string[], most: number): Promise<Candidates>;
  /** @throws UserError where there is no such incident */
  note(id: string, note: Note): Promise<void>;
  notes(id: string): Promise<Note[]>;
  statistics(filter: IncidentFilter): Promise<Statistics>;
  close(): Promise<void>;
}

export interface Known {
  /** Digest of the signatures that the incident was analysed with, where there is one and it is whole. */
  readonly catalogue?: string;
  readonly failure?: Failure;
}

/** What is left out allows everything. Several values of one field: any of them. */
export interface IncidentFilter {
  readonly signature?: readonly string[];
  readonly component?: readonly string[];
  /** `4.18` stands for all its patch releases and previews. */
  readonly version?: readonly string[];
  /** In any case. */
  readonly platform?: readonly string[];
  readonly status?: readonly string[];
  readonly cluster?: readonly string[];
  /** RFC 3339 in UTC, compared with the incident's `at`. */
  readonly since?: string;
  /** Exclusive. */
  readonly until?: string;
}

export interface Page {
  readonly skip: number;
  readonly most: number;
}

export interface IncidentPage {
  /** Of all pages. */
  readonly total: number;
  readonly incidents: readonly IncidentSummary[];
}

export interface SearchQuery {
  /** As typed. A word finds what begins with its stem; one of fewer than three characters only itself. */
  readonly words: string;
  readonly filter: IncidentFilter;
  readonly page: Page;
}

export interface SearchResult {
  readonly total: number;
  readonly hits: readonly SearchHit[];
}

export interface SearchHit {
  readonly incident: IncidentSummary;
  readonly score: number;
  readonly snippets: readonly Snippet[];
}

export interface Candidates {
  /** Incidents in the archive. */
  readonly total: number;
  /** In how many incidents each of the asked features is. */
  readonly frequencies: ReadonlyMap<string, number>;
  readonly incidents: readonly IncidentSummary[];
}
