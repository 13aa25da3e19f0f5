import type { Projection } from './projection.ts';
import { Unreadable, Unsupported } from './unsupported.ts';
import { readYamlWithLibrary } from './yaml-library.ts';
import { type ReadYaml, readYaml } from './yaml-reader.ts';
import type { YamlUnit } from './yaml-splitter.ts';

const LF = 10;
const CR = 13;

/**
 * Reads YAML by the fast reader, and by the library what that does not know.
 * @throws Unreadable
 */
export function readYamlText(unit: YamlUnit, projection?: Projection): ReadYaml {
  const { bytes, start, end, line } = unit;
  try {
    return readYaml(bytes, start, end, line, projection);
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
  }
  return readYamlWithLibrary(bytes.toString('utf8', start, end), line, projection);
}

/** Line breaks as the fast reader wants them: CRLF becomes LF, so that the lines keep their numbers. */
export function withPlainBreaks(unit: YamlUnit): YamlUnit {
  const first = unit.bytes.subarray(unit.start, unit.end).indexOf(CR);
  if (first < 0) return unit;
  const bytes = Buffer.allocUnsafe(unit.end - unit.start);
  let used = 0;
  for (let at = unit.start; at < unit.end; at++) {
    const byte = unit.bytes[at]!;
    if (byte !== CR || unit.bytes[at + 1] !== LF) bytes[used++] = byte;
  }
  return { bytes, start: 0, end: used, line: unit.line };
}

/** What could be read of a text with a damaged end. */
export interface Salvaged {
  readonly read: ReadYaml;
  /** Lines that were read. */
  readonly lines: number;
}

/**
 * Cuts lines from the end until the rest can be read: old collectors overwrote longer files without truncating them. Cuts at
 * the reported error, else seeks by halves: what is cut off earlier can be read too, but for the inside of a string.
 */
export function salvageYaml(unit: YamlUnit, failure: Unreadable, projection?: Projection): Salvaged | undefined {
  const starts = lineStarts(unit);
  let best: Salvaged | undefined;
  let bad = starts.length;
  const attempt = (lines: number): boolean => {
    try {
      best = { read: readYamlText({ ...unit, end: starts[lines] ?? unit.end }, projection), lines };
      return true;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      bad = lines;
      return false;
    }
  };
  if (failure.line > 0 && failure.line < bad && attempt(failure.line)) return best;
  for (let good = 0; bad - good > 1; ) {
    const middle = (good + bad) >> 1;
    if (attempt(middle)) good = middle;
  }
  return best;
}

function lineStarts({ bytes, start, end }: YamlUnit): number[] {
  const starts = [start];
  for (let at = start; at < end - 1; at++) if (bytes[at] === LF) starts.push(at + 1);
  return starts;
}
