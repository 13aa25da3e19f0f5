import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Report } from '../model/report.ts';
import type { EvidenceLink } from '../report/terminal/paper.ts';

interface Place {
  readonly path: string;
  /** Lines count in this very file, rather than in a member of it. */
  readonly isPlain: boolean;
}

/**
 * Links to the files of the inputs that are on this machine, with the line as the fragment; evidence inside an archive
 * leads to the archive. Nothing outside the inputs is ever linked: paths in a report may come from anybody.
 */
export function evidenceLinks({ inputs }: Pick<Report, 'inputs'>): EvidenceLink {
  const known = new Map<string, Place | undefined>();
  return (source, line) => {
    if (!known.has(source)) known.set(source, placeOf(inputs, source));
    const place = known.get(source);
    if (place === undefined) return undefined;
    return `${pathToFileURL(place.path).href}${place.isPlain && line !== undefined ? `#${line}` : ''}`;
  };
}

function placeOf(inputs: Report['inputs'], source: string): Place | undefined {
  const [outer = ''] = source.split('!/');
  for (const { path } of inputs) {
    const root = resolve(path);
    const name = basename(root);
    if (isFile(root)) {
      if (inputs.length === 1 || outer === name || outer.startsWith(`${name}/`)) {
        return { path: root, isPlain: source === name };
      }
      continue;
    }
    // With several inputs, sources begin with the name of theirs.
    const inside = [outer, ...(outer.startsWith(`${name}/`) ? [outer.slice(name.length + 1)] : [])];
    const file = inside.map((each) => join(root, each)).find((each) => each.startsWith(root + sep) && existsSync(each));
    if (file !== undefined) return { path: file, isPlain: source === outer };
  }
  return undefined;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
