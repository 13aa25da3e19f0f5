import { ExpressionTooSlow } from './expression.ts';

/** Signatures (by index) that were given up on, and why: what they found until then is half the truth and is not told. */
export class Failures {
  readonly #reasons = new Map<number, string>();

  of(signature: number): string | undefined {
    return this.#reasons.get(signature);
  }

  /** What `match` gives; undefined, from then on, where an expression of the signature took too long. */
  guard<T>(signature: number, match: () => T): T | undefined {
    if (this.#reasons.size > 0 && this.#reasons.has(signature)) return undefined;
    try {
      return match();
    } catch (error) {
      if (!(error instanceof ExpressionTooSlow)) throw error;
      this.#reasons.set(signature, error.message);
      return undefined;
    }
  }
}
