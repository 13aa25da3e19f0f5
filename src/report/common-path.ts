import { compareText } from '../model/entity.ts';
import type { Report } from '../model/report.ts';

/** Shorter or rarer directories are not worth an abbreviation. */
const SHORTEST = 20;
const FEWEST = 3;

/**
 * The directory, with its final slash, whose abbreviation saves most over all evidence: gathers stand below directories
 * with names of a hundred characters. Undefined where none is worth it.
 */
export function commonPath(report: Report): string | undefined {
  const counts = new Map<string, number>();
  for (const { evidence } of report.findings) {
    for (const { source } of evidence) {
      for (let end = source.indexOf('/'); end >= 0; end = source.indexOf('/', end + 1)) {
        const directory = source.slice(0, end + 1);
        if (directory.length >= SHORTEST) counts.set(directory, (counts.get(directory) ?? 0) + 1);
      }
    }
  }
  const [best] = [...counts]
    .filter(([, count]) => count >= FEWEST)
    .sort(([a, i], [b, j]) => j * b.length - i * a.length || compareText(a, b));
  return best?.[0];
}
