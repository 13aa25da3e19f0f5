import type { Notes } from '../model/coverage.ts';
import { compareText } from '../model/entity.ts';

/** A hostile archive could make as many notes as it has members. */
const MAX_ENTRIES = 2000;

/** Collects notes and skipped files in the order in which they came, each of them once. */
export class NoteBook implements Notes {
  readonly notes: string[] = [];
  readonly skipped: { readonly source: string; readonly reason: string }[] = [];
  readonly #seen = new Set<string>();
  #dropped = 0;

  note(text: string): void {
    if (this.#isNew(`note ${text}`, this.notes.length)) this.notes.push(text);
  }

  skip(source: string, reason: string): void {
    if (this.#isNew(`skip ${source} ${reason}`, this.skipped.length)) this.skipped.push({ source, reason });
  }

  /** Puts the notes so far in an order of their own. */
  sort(): void {
    this.notes.sort(compareText);
  }

  /** Says how much was left out of the notes themselves. */
  close(): void {
    if (this.#dropped > 0) this.notes.push(`${this.#dropped} more notes of this kind were left out.`);
  }

  #isNew(key: string, length: number): boolean {
    if (this.#seen.has(key)) return false;
    if (length >= MAX_ENTRIES) {
      this.#dropped++;
      return false;
    }
    this.#seen.add(key);
    return true;
  }
}
