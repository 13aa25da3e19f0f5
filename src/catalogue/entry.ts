import type { Catalogue } from '../detect/load.ts';
import type { Detector, Knowledge } from '../model/detector.ts';
import { compareText } from '../model/entity.ts';
import { listOf } from '../model/matcher-values.ts';
import type { CauseEdge, Matcher, Signature } from '../model/signature.ts';
import { areaOfDetector, areaOfFile } from './areas.ts';
import { type Example, exampleOf } from './example.ts';
import { whenInWords } from './when-in-words.ts';

/** All that the catalogue says of one signature or detector. */
export interface Entry {
  readonly kind: 'signature' | 'detector';
  readonly area: string;
  readonly about: Knowledge;
  readonly example?: Example;
  /** When matches make a finding. */
  readonly when?: string;
  /** What detectors read. */
  readonly needs: readonly string[];
  readonly literals: readonly string[];
  readonly causes: readonly Link[];
  readonly causedBy: readonly Link[];
}

/** One end of a causal edge. */
export interface Link {
  readonly id: string;
  /** Undefined where the catalogue holds no such id. */
  readonly area?: string | undefined;
  readonly edge: CauseEdge;
}

/** The catalogue's entries by id; a signature replaces the detector of the same id. */
export function catalogueEntries(catalogue: Catalogue, detectors: readonly Detector[]): Entry[] {
  const bare = [
    ...catalogue.loaded.map(({ file, signature }) => signatureEntry(signature, areaOfFile(file))),
    ...detectors
      .filter(({ about }) => !catalogue.signatures.some(({ id }) => id === about.id))
      .map((detector) => detectorEntry(detector)),
  ];
  const areas = new Map(bare.map(({ about, area }) => [about.id, area]));
  const causedBy = new Map<string, Link[]>();
  for (const { about, area } of bare) {
    for (const edge of about.causes ?? []) {
      const links = causedBy.get(edge.effect) ?? [];
      causedBy.set(edge.effect, [...links, { id: about.id, area, edge }]);
    }
  }
  return bare
    .map((entry) => ({
      ...entry,
      causes: (entry.about.causes ?? []).map((edge) => ({ id: edge.effect, area: areas.get(edge.effect), edge })),
      causedBy: (causedBy.get(entry.about.id) ?? []).toSorted((a, b) => compareText(a.id, b.id)),
    }))
    .sort((a, b) => compareText(a.about.id, b.about.id));
}

type Bare = Omit<Entry, 'causes' | 'causedBy'>;

function signatureEntry(signature: Signature, area: string): Bare {
  const example = exampleOf(signature);
  return {
    kind: 'signature',
    area,
    about: signature as Knowledge,
    when: whenInWords(signature.when),
    needs: [],
    literals: Object.values(signature.match).flatMap(literalsOf),
    ...(example !== undefined && { example }),
  };
}

function detectorEntry({ about, needs }: Detector): Bare {
  return { kind: 'detector', area: areaOfDetector(about), about, needs, literals: [] };
}

function literalsOf(matcher: Matcher): readonly string[] {
  if ('log' in matcher) return listOf(matcher.log.contains);
  if ('event' in matcher) return [...listOf(matcher.event.reason), ...listOf(matcher.event.contains)];
  const { condition } = matcher.resource;
  return [...listOf(condition?.reason), ...listOf(condition?.contains)];
}
