import type { Names } from './names.ts';
import type { Pseudonyms } from './pseudonyms.ts';

/**
 * A function that replaces the known names in a text without dots. Hyphens join names to others (`etcd-master-1`,
 * `api-ocp-example-com`): the longest known run of parts is replaced.
 */
export function wordsOf(
  names: Names,
  pseudonyms: Pseudonyms,
  domainName: (name: string) => string,
): (text: string) => string {
  const words = new Map<string, () => string>();
  for (const [kind, known] of [
    ['host', names.hosts],
    ['cluster', names.clusters],
    ['machine', names.machines],
    ['user', names.users],
  ] as const) {
    for (const name of known) {
      // Numbered now, in the order of the names rather than of the text.
      const pseudonym = words.get(name)?.() ?? pseudonyms.numbered(kind, name, `${kind}-`);
      words.set(name, () => pseudonym);
    }
  }
  for (const domain of names.domains) {
    const joined = domain.replaceAll('.', '-');
    if (!words.has(joined)) words.set(joined, () => domainName(domain).replaceAll('.', '-'));
  }
  const longest = Math.max(1, ...[...words.keys()].map((name) => name.split('-').length));

  return (text) => {
    const parts = text.split('-');
    const replaced: string[] = [];
    for (let i = 0; i < parts.length; ) {
      const { taken, by } = longestRun(parts, i);
      replaced.push(by ?? parts[i]!);
      i += taken;
    }
    return replaced.join('-');
  };

  function longestRun(parts: readonly string[], from: number): { readonly taken: number; readonly by?: string } {
    for (let taken = Math.min(longest, parts.length - from); taken > 0; taken--) {
      const by = words.get(
        parts
          .slice(from, from + taken)
          .join('-')
          .toLowerCase(),
      )?.();
      if (by !== undefined) return { taken, by };
    }
    return { taken: 1 };
  }
}
