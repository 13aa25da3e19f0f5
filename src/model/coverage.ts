/** What was read, what was left out and why. */
export interface Coverage {
  readonly bytes: number;
  readonly files: number;
  readonly lines: number;
  readonly bySource: readonly {
    readonly kind: string;
    readonly files: number;
    readonly bytes: number;
    readonly lines: number;
  }[];
  readonly skipped: readonly { readonly source: string; readonly reason: string }[];
  readonly missing: readonly { readonly what: string; readonly why: string; readonly matters: string }[];
  readonly notes: readonly string[];
}

/** Collects what could not be read. Every limit met and every byte dropped ends up here. */
export interface Notes {
  /** Something to know about the whole input. */
  note(text: string): void;
  /** A file, or the rest of one, that was left out. */
  skip(source: string, reason: string): void;
}
