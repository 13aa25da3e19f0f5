import { listOf } from '../model/matcher-values.ts';
import type { LogMatcher } from '../model/signature.ts';
import { matchesAny } from './glob.ts';

type SourceField = 'kind' | 'namespace' | 'pod' | 'container' | 'unit' | 'path';

/** What a log matcher demands of one field of the source. */
export interface Restriction {
  readonly field: SourceField;
  /** Source kinds, or globs; any of them. */
  readonly allowed: readonly string[];
  readonly passes: (value: string | undefined) => boolean;
}

export function restrictionsOf(spec: LogMatcher): Restriction[] {
  const kinds = listOf<string>(spec.source);
  const units = listOf(spec.unit);
  const all: Restriction[] = [
    { field: 'kind', allowed: kinds, passes: (kind) => kind !== undefined && kinds.includes(kind) },
    // Where a file belongs to no unit, the lines say theirs.
    { field: 'unit', allowed: units, passes: (unit) => unit === undefined || unitMatches(units, unit) },
    ...(['namespace', 'pod', 'container', 'path'] as const).map((field) => {
      const globs = listOf(spec[field]);
      return { field, allowed: globs, passes: (value: string | undefined) => matchesAny(globs, value) };
    }),
  ];
  return all.filter(({ allowed }) => allowed.length > 0);
}

/** The kubelet writes under three identifiers, and a unit log is named by its unit. */
const UNIT_ALIASES: Readonly<Record<string, readonly string[]>> = {
  kubelet: ['kubenswrapper', 'hyperkube', 'kubelet'],
  crio: ['crio', 'cri-o', 'conmon'],
};

export function unitMatches(units: readonly string[], identifier: string): boolean {
  const plain = identifier.replace(/\.service$/, '');
  return units.some(
    (unit) => unit === plain || (UNIT_ALIASES[unit]?.includes(plain) ?? false) || matchesAny([unit], plain),
  );
}
