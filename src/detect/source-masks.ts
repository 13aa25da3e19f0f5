import type { Source } from '../model/source.ts';
import type { CompiledMatcher } from './compile.ts';
import type { Restriction } from './restrictions.ts';

const FIELDS = ['kind', 'namespace', 'pod', 'container', 'unit', 'path'] as const;
type Field = (typeof FIELDS)[number];

/** Masks that are remembered of one field: a gather has thousands of pods. */
const REMEMBERED = 4096;

interface FieldMatcher {
  readonly id: number;
  readonly restriction: Restriction;
}

/**
 * Tells which log matchers a source is right for. The files of a gather share their fields: what a value of a field rules
 * out is found out once for the value, not for each file.
 */
export class SourceMasks {
  readonly #count: number;
  /** As all masks, whole words long. */
  readonly #logs: Uint8Array;
  readonly #ofKernel: Uint8Array;
  readonly #restricted: Readonly<Record<Field, readonly FieldMatcher[]>>;
  readonly #masks: Readonly<Record<Field, Map<string | undefined, Uint8Array>>>;

  constructor(matchers: readonly CompiledMatcher[]) {
    this.#count = matchers.length;
    this.#logs = new Uint8Array(Math.ceil(matchers.length / 4) * 4);
    matchers.forEach((matcher, id) => {
      if (matcher.type === 'log') this.#logs[id] = 1;
    });
    this.#restricted = byField((field) =>
      matchers.flatMap((matcher) =>
        matcher.type === 'log'
          ? matcher.restrictions
              .filter((restriction) => restriction.field === field)
              .map((restriction) => ({ id: matcher.id, restriction }))
          : [],
      ),
    );
    this.#masks = byField(() => new Map());
    this.#ofKernel = Uint8Array.from(matchers, (matcher) => (isOfKernel(matcher) ? 1 : 0));
  }

  /** 1 at the id of each matcher that may read the source. */
  allowed(source: Source): Uint8Array {
    const allowed = this.#logs.slice();
    const words = wordsOf(allowed);
    for (const field of FIELDS) {
      if (this.#restricted[field].length === 0) continue;
      const mask = wordsOf(this.#maskOf(field, source[field]));
      for (let at = 0; at < words.length; at++) words[at]! &= mask[at]!;
    }
    return allowed.subarray(0, this.#count);
  }

  /** As `allowed`, without matchers that look for what the kernel says where the source is the log of another unit. */
  telling(source: Source, allowed: Uint8Array = this.allowed(source)): Uint8Array {
    if (source.unit === undefined || source.unit === 'kernel') return allowed;
    const telling = allowed.slice();
    for (let id = 0; id < telling.length; id++) if (this.#ofKernel[id] === 1) telling[id] = 0;
    return telling;
  }

  #maskOf(field: Field, value: string | undefined): Uint8Array {
    const masks = this.#masks[field];
    let mask = masks.get(value);
    if (mask !== undefined) return mask;
    mask = new Uint8Array(this.#logs.length).fill(1);
    for (const { id, restriction } of this.#restricted[field]) if (!restriction.passes(value)) mask[id] = 0;
    // A path is that of one file.
    if (field !== 'path' && masks.size < REMEMBERED) masks.set(value, mask);
    return mask;
  }
}

/** The same bytes, four at a time. */
function wordsOf(mask: Uint8Array): Int32Array {
  return new Int32Array(mask.buffer, mask.byteOffset, mask.length / 4);
}

/** Only the kernel's lines stand in logs of the kernel. */
function isOfKernel(matcher: CompiledMatcher): boolean {
  if (matcher.type !== 'log' || matcher.restrictions.some(({ field }) => field === 'unit')) return false;
  return matcher.restrictions.some(({ field, allowed }) => field === 'kind' && allowed.includes('kernel'));
}

function byField<T>(make: (field: Field) => T): Readonly<Record<Field, T>> {
  return {
    kind: make('kind'),
    namespace: make('namespace'),
    pod: make('pod'),
    container: make('container'),
    unit: make('unit'),
    path: make('path'),
  };
}
