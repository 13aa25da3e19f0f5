const EQUALS = 61;
const LONGEST_NAME = 64;
/** A journal has a few hundred; a hostile one may have as many as it has entries. */
const MOST_NAMES = 4096;

interface Known {
  readonly bytes: Buffer;
  readonly name: string;
}

/** Knows the names of fields by their bytes, so that none is made into a string twice. */
export class FieldNames {
  readonly #known = new Map<number, Known[]>();
  #count = 0;
  /** Length of the name that `at` found last. */
  length = 0;

  /** The name that starts at `at` and ends before `=`; undefined where there is none that a journal would allow. */
  at(bytes: Buffer, at: number, end: number): string | undefined {
    const limit = Math.min(end, at + LONGEST_NAME + 1);
    let hash = 0;
    let equals = at;
    while (equals < limit && bytes[equals] !== EQUALS) hash = (Math.imul(hash, 31) + bytes[equals++]!) | 0;
    this.length = equals - at;
    if (equals === limit || this.length === 0) return undefined;
    for (const known of this.#known.get(hash) ?? []) if (isSame(known.bytes, bytes, at, this.length)) return known.name;
    return this.#new(hash, bytes.subarray(at, equals));
  }

  #new(hash: number, bytes: Buffer): string | undefined {
    const name = bytes.toString('latin1');
    if (!/^[A-Z_][A-Z0-9_]*$/.test(name)) return undefined;
    if (this.#count++ >= MOST_NAMES) return name;
    const known = { bytes: Buffer.from(bytes), name };
    const others = this.#known.get(hash);
    if (others === undefined) this.#known.set(hash, [known]);
    else others.push(known);
    return name;
  }
}

function isSame(name: Buffer, bytes: Buffer, at: number, length: number): boolean {
  if (name.length !== length) return false;
  for (let i = length - 1; i >= 0; i--) if (name[i] !== bytes[at + i]) return false;
  return true;
}
