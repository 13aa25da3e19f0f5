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
 * Cuts lines from the end until the rest can be read: old collectors overwrote longer files without truncating them. Each
 * try cuts at the reported error or twice as much as the last.
 */
export function salvageYaml(unit: YamlUnit, failure: Unreadable, projection?: Projection): Salvaged | undefined {
  const starts = lineStarts(unit);
  let kept = starts.length;
  let least = 1;
  let errorLine = failure.line;
  for (;;) {
    kept = Math.min(errorLine, kept - least);
    if (kept <= 0) return undefined;
    least *= 2;
    try {
      const end = starts[kept] ?? unit.end;
      return { read: readYamlText({ ...unit, end }, projection), lines: kept };
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      errorLine = error.line;
    }
  }
}

function lineStarts({ bytes, start, end }: YamlUnit): number[] {
  const starts = [start];
  for (let at = start; at < end - 1; at++) if (bytes[at] === LF) starts.push(at + 1);
  return starts;
}
