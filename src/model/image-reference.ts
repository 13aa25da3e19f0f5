/** `docker.io` is what an image without a registry in its name comes from. */
const DEFAULT_REGISTRY = 'docker.io';

/** The registry, with its port where one is given, that an image's reference names: `quay.io`, `mirror.example.com:8443`. */
export function registryOf(image: string): string | undefined {
  const reference = image.replace(/^[a-z-]+:\/\//, '').toLowerCase();
  if (!/^[\w.:[\]-]+(?:\/|[:@]|$)/.test(reference)) return undefined;
  const slash = reference.indexOf('/');
  const first = slash < 0 ? '' : reference.slice(0, slash);
  const isHost = first === 'localhost' || /[.:]/.test(first);
  return isHost ? first : DEFAULT_REGISTRY;
}
