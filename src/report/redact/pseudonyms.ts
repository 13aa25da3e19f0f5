import { createHmac } from 'node:crypto';
import { compareText } from '../../model/entity.ts';

export type PseudonymKind =
  | 'host'
  | 'machine'
  | 'cluster'
  | 'domain'
  | 'label'
  | 'user'
  | 'mail'
  | 'address'
  | 'mac'
  | 'uuid';

/** Pseudonyms by kind and original. The same original has one pseudonym in all of a report. */
export class Pseudonyms {
  readonly #key: Buffer;
  readonly #known = new Map<
    string,
    { readonly kind: PseudonymKind; readonly original: string; readonly pseudonym: string }
  >();
  readonly #counts = new Map<PseudonymKind, number>();

  constructor(key: Buffer) {
    this.#key = key;
  }

  /** `host-3`, the next number of its kind where the original is new. */
  numbered(kind: PseudonymKind, original: string, prefix: string): string {
    return this.#of(kind, original, () => {
      const count = (this.#counts.get(kind) ?? 0) + 1;
      this.#counts.set(kind, count);
      return `${prefix}${count}`;
    });
  }

  /** A UUID for a UUID. */
  uuid(original: string): string {
    return this.#of('uuid', original.toLowerCase(), () => {
      const hex = this.#hash('uuid', original.toLowerCase());
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    });
  }

  /** Cards of one vendor still share their first half; the result is marked as locally administered. */
  mac(original: string): string {
    const digits = original.toLowerCase().replace(/[:-]/g, '');
    if (/^(?:0{12}|f{12})$/.test(digits)) return original;
    const separator = original.includes('-') ? '-' : ':';
    return this.#of('mac', original.toLowerCase(), () => {
      const vendor = `02${this.#hash('vendor', digits.slice(0, 6)).slice(0, 4)}`;
      const card = this.#hash('card', digits).slice(0, 6);
      return (`${vendor}${card}`.match(/../g) ?? []).join(separator);
    });
  }

  record(kind: PseudonymKind, original: string, pseudonym: string): string {
    return this.#of(kind, original, () => pseudonym);
  }

  /** Pseudonym to original, by kind: what leads back, and must be kept apart from the report. */
  map(): Record<string, Record<string, string>> {
    const all = [...this.#known.values()].sort(
      (a, b) => compareText(a.kind, b.kind) || compareText(a.pseudonym, b.pseudonym),
    );
    return Object.fromEntries(
      [...Map.groupBy(all, ({ kind }) => kind)].map(([kind, of]) => [
        kind,
        Object.fromEntries(of.map(({ pseudonym, original }) => [pseudonym, original])),
      ]),
    );
  }

  #of(kind: PseudonymKind, original: string, make: () => string): string {
    const key = `${kind} ${original}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known.pseudonym;
    const pseudonym = make();
    this.#known.set(key, { kind, original, pseudonym });
    return pseudonym;
  }

  #hash(kind: string, text: string): string {
    return createHmac('sha256', this.#key).update(`${kind} ${text}`).digest('hex');
  }
}
