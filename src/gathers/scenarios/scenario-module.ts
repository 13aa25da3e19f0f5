import type { Gather } from '../gather.ts';

/** What a scenario makes: one gather, or none, and the files that lie beside it. */
export interface Made {
  readonly gather?: Gather;
  /** Extra inputs by name. */
  readonly beside: ReadonlyMap<string, string | Uint8Array>;
}

export interface Scenario {
  readonly name: string;
  make(): Made;
}
