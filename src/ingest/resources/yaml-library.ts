import {
  CORE_SCHEMA,
  constructFromEvents,
  defineScalarTag,
  NOT_RESOLVED,
  parseEvents,
  type Schema,
  YAMLException,
} from 'js-yaml';
import type { Value } from '../../model/resource.ts';
import { makeLineIndex } from './line-index.ts';
import { projectValue } from './project-value.ts';
import type { Projection } from './projection.ts';
import { Unreadable } from './unsupported.ts';
import { flattenPlaces, placesOf } from './yaml-places.ts';
import type { ReadYaml } from './yaml-reader.ts';
import { resolveInteger } from './yaml-scalars.ts';

const MAX_DEPTH = 200;
const MAX_ALIASES = 100;
/** The library needs up to a hundred bytes for one byte of text. */
const MAX_TEXT = 4 * 1024 * 1024;
/** Aliases make a short text into a huge value; whoever walks it walks every copy. */
const MAX_ENTRIES = 1_000_000;

/** The YAML 1.2 core schema, but integers that a double would round stay text: they are identifiers. */
export const EXACT_CORE_SCHEMA: Schema = CORE_SCHEMA.withTags(
  defineScalarTag<number | string>('tag:yaml.org,2002:int', {
    implicit: true,
    implicitFirstChars: [...'-+0123456789'],
    resolve: (source) => resolveInteger(source) ?? NOT_RESOLVED,
    identify: () => false,
  }),
);

/**
 * Reads one YAML document with js-yaml.
 * @param firstLine line in the file, from 1, of the text's first line.
 * @throws Unreadable for invalid YAML, several documents, or text beyond the limits of size, depth and aliases.
 */
export function readYamlWithLibrary(text: string, firstLine: number, projection?: Projection): ReadYaml {
  if (text.length > MAX_TEXT) throw new Unreadable('unusual YAML of more than 4 MiB', 0);
  try {
    const events = parseEvents(text, { maxDepth: MAX_DEPTH });
    const documents = constructFromEvents(events, {
      source: text,
      schema: EXACT_CORE_SCHEMA,
      maxAliases: MAX_ALIASES,
    }) as Value[];
    if (documents.length > 1) throw new Unreadable('several documents without a separator line', 0);
    const whole = documents[0] ?? null;
    if (countUpTo(whole, MAX_ENTRIES, 0) >= MAX_ENTRIES) throw new Unreadable('aliases expand without bound', 0);
    const value = projection === undefined ? whole : projectValue(whole, projection);
    const root = placesOf(events, text);
    return { value, index: makeLineIndex(firstLine + root.line, flattenPlaces(value, root)) };
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    if (error instanceof YAMLException) throw new Unreadable(error.reason, error.mark?.line ?? 0);
    throw new Unreadable(error instanceof Error ? error.message : String(error), 0);
  }
}

function countUpTo(value: Value, limit: number, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > MAX_DEPTH) return limit;
  let count = 0;
  for (const child of Object.values(value)) {
    count += 1 + countUpTo(child as Value, limit - count, depth + 1);
    if (count >= limit) return limit;
  }
  return count;
}
