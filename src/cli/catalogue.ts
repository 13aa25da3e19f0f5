import { BUNDLED_SIGNATURES, COMPILED_SIGNATURES } from '../bundled-signatures.ts';
import type { Entry } from '../catalogue/entry.ts';
import type { Catalogue } from '../detect/load.ts';
import type { Detector } from '../model/detector.ts';
import { UserError } from '../model/errors.ts';

export interface CatalogueFlags {
  readonly signatures?: readonly string[];
}

/** Gathers the values of an option that may be repeated. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** The bundled signatures and the user's. */
export async function loadSignatures(flags: CatalogueFlags): Promise<Catalogue> {
  const { loadCatalogue } = await import('../detect/load.ts');
  return loadCatalogue([BUNDLED_SIGNATURES, ...(flags.signatures ?? [])], { compiled: COMPILED_SIGNATURES });
}

export async function loadDetectors(): Promise<readonly Detector[]> {
  const { detectors } = await import('../detectors/index.ts');
  return detectors;
}

/** Signatures and those detectors that no signature overrides, by id. */
export async function loadEntries(flags: CatalogueFlags): Promise<Entry[]> {
  const { catalogueEntries } = await import('../catalogue/entry.ts');
  return catalogueEntries(await loadSignatures(flags), await loadDetectors());
}

/** @throws UserError where there is no such id */
export function named<T>(all: readonly T[], id: string, idOf: (one: T) => string): T {
  const found = all.find((candidate) => idOf(candidate) === id);
  if (found !== undefined) return found;
  const near = all.map(idOf).filter((candidate) => candidate.includes(id));
  const hint = near.length === 0 ? '' : `; did you mean ${near.slice(0, 3).join(', ')}?`;
  throw new UserError(`no signature is called ${id}${hint}`);
}

export function print(lines: readonly string[]): void {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
}
