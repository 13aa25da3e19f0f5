import type { AllFacts } from '../model/facts.ts';
import { registryOf } from '../model/image-reference.ts';
import { type Resource, readList, readText, type Value } from '../model/resource.ts';

type MirrorFacts = Pick<AllFacts, 'ImageContentSourcePolicy' | 'ImageDigestMirrorSet' | 'ImageTagMirrorSet'>;

interface Mirror {
  /** As far as a reference must begin with it. */
  readonly source: string;
  readonly registries: readonly string[];
}

/** The registries that an image may come from: the one in its name, and those that mirror it. */
export function registriesOfImages(facts: MirrorFacts): (image: string) => readonly string[] {
  const mirrors = [
    ...facts.ImageContentSourcePolicy.flatMap((set) => mirrorsOf(set, 'spec.repositoryDigestMirrors')),
    ...facts.ImageDigestMirrorSet.flatMap((set) => mirrorsOf(set, 'spec.imageDigestMirrors')),
    ...facts.ImageTagMirrorSet.flatMap((set) => mirrorsOf(set, 'spec.imageTagMirrors')),
  ];
  return (image) => {
    const own = registryOf(image);
    if (own === undefined) return [];
    const applying = mirrors.filter(({ source }) => isWithin(image, source));
    return [...new Set([own, ...applying.flatMap(({ registries }) => registries)])];
  };
}

function mirrorsOf({ body }: Resource, path: string): Mirror[] {
  return readList(body, path).flatMap((entry) => {
    const source = readText(entry, 'source');
    return source === undefined ? [] : [{ source, registries: readList(entry, 'mirrors').flatMap(registry) }];
  });
}

function registry(mirror: Value): string[] {
  const found = typeof mirror === 'string' ? registryOf(mirror.includes('/') ? mirror : `${mirror}/`) : undefined;
  return found === undefined ? [] : [found];
}

/** `quay.io/org` is the source of `quay.io/org/app@sha256:…`, `*.example.com` of what any host there holds. */
function isWithin(image: string, source: string): boolean {
  if (source.startsWith('*.')) return registryOf(image)?.endsWith(source.slice(1)) ?? false;
  return image === source || ['/', ':', '@'].some((next) => image.startsWith(`${source}${next}`));
}
