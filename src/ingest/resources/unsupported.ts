/** Thrown inside this folder where the fast reader meets YAML that it does not know; the library then takes over. */
export class Unsupported {}

/** Thrown inside this folder for text that no reader takes. */
export class Unreadable {
  /** One line, no full stop. */
  readonly reason: string;
  /** Line of the text, counted from 0, at which reading failed. */
  readonly line: number;

  constructor(reason: string, line: number) {
    this.reason = reason;
    this.line = line;
  }
}
