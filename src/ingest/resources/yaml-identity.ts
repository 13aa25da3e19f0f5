import { asciiString } from './byte-strings.ts';
import { groupOf, type Identity } from './identity.ts';
import { breakIn } from './yaml-lines.ts';

const SPACE = 32;
const HASH = 35;
const DASH = 45;

/**
 * Finds out what an object is without parsing it: reads only the fields that start in the columns of the object's own and
 * its metadata's fields. A field that is not written in the plain way is left undefined.
 */
export function scanIdentity(bytes: Buffer, start: number, end: number): Identity {
  let apiVersion: string | undefined;
  let kind: string | undefined;
  let namespace: string | undefined;
  let name: string | undefined;
  let metadataDone = false;
  let column = -1;
  let inner = 0; // column of the metadata's fields: 0 outside of it, -1 while it is not known
  for (let at = start; at < end; ) {
    const next = breakIn(bytes, at, end);
    const stop = next < 0 ? end : next;
    let content = at;
    while (bytes[content] === SPACE) content++;
    if (column < 0 && bytes[content] === DASH && bytes[content + 1] === SPACE) {
      content++;
      while (bytes[content] === SPACE) content++;
    }
    const indent = content - at;
    if (content < stop && bytes[content] !== HASH) {
      if (column < 0) column = indent;
      if (indent <= column) {
        if (inner !== 0) metadataDone = true;
        inner = 0;
        if (metadataDone && kind !== undefined && apiVersion !== undefined) break;
        if (indent < column) break;
        if (startsWith(bytes, content, 'kind:')) kind ??= simpleScalar(bytes, content + 5, stop);
        else if (startsWith(bytes, content, 'apiVersion:')) apiVersion ??= simpleScalar(bytes, content + 11, stop);
        else if (startsWith(bytes, content, 'metadata:')) inner = -1;
      } else if (inner !== 0) {
        if (inner < 0) inner = indent;
        if (indent === inner) {
          if (startsWith(bytes, content, 'name:')) name ??= simpleScalar(bytes, content + 5, stop);
          else if (startsWith(bytes, content, 'namespace:')) namespace ??= simpleScalar(bytes, content + 10, stop);
        }
      }
    }
    at = stop + 1;
  }
  return { group: apiVersion === undefined ? undefined : groupOf(apiVersion), kind, namespace, name };
}

function startsWith(bytes: Buffer, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Bytes of names, kinds and API versions. */
const NAME_BYTES = new Uint8Array(256);
for (const char of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./:_')
  NAME_BYTES[char.charCodeAt(0)] = 1;

function simpleScalar(bytes: Buffer, start: number, end: number): string | undefined {
  let from = start;
  while (bytes[from] === SPACE) from++;
  let to = from;
  while (NAME_BYTES[bytes[to]!] === 1) to++;
  if (to === end && from > start && to > from && bytes[from] !== DASH) return asciiString(bytes, from, to);
  const text = bytes.toString('utf8', start, end).trim();
  const quoted = /^(["'])([^"'\\]*)\1$/.exec(text);
  if (quoted !== null) return quoted[2];
  return /^[A-Za-z0-9][^\s"'#]*$/.test(text) ? text : undefined;
}
