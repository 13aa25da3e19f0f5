/** Collects what could not be read. Every limit met and every byte dropped ends up here. */
export interface Notes {
  /** Something to know about the whole input. */
  note(text: string): void;
  /** A file, or the rest of one, that was left out. */
  skip(source: string, reason: string): void;
}
