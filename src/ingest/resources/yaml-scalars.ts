import { Unsupported } from './unsupported.ts';

const INTEGER = /^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?[0-9]+)$/;
const FLOAT = /^(?:[-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|[-+]?\.[0-9]+(?:[eE][-+]?[0-9]+)?)$/;
const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;

/** What the first character of a plain scalar allows it to be. */
const MAY_RESOLVE = new Uint8Array(128);
for (const char of '~nNtTfF+-.0123456789') MAY_RESOLVE[char.charCodeAt(0)] = 1;

/**
 * The value of a plain scalar by the YAML 1.2 core schema. Integers that a double cannot hold exactly stay text, as they
 * are identifiers (etcd members) and never amounts; so do numbers beyond the range of a double.
 */
export function resolvePlain(text: string): string | number | boolean | null {
  if (text === '') return null;
  const first = text.charCodeAt(0);
  if (first > 127 || MAY_RESOLVE[first] === 0) return text;
  switch (text) {
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
    default:
      return first > 57 ? text : (resolveInteger(text) ?? resolveFloat(text) ?? text);
  }
}

/** The number that an integer's text stands for, the text itself where a double would round it; undefined for others. */
export function resolveInteger(text: string): number | string | undefined {
  if (!INTEGER.test(text)) return undefined;
  const negative = text.startsWith('-');
  const digits = negative || text.startsWith('+') ? text.slice(1) : text;
  const size = Number(digits);
  if (!Number.isSafeInteger(size)) return text;
  return negative ? -size : size;
}

function resolveFloat(text: string): number | undefined {
  if (FLOAT.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : undefined;
  }
  if (INFINITE.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return NOT_A_NUMBER.test(text) ? Number.NaN : undefined;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};
const HEX_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Decodes what stands between double quotes. @throws Unsupported for an unknown escape. */
export function decodeDouble(raw: string): string {
  let out = '';
  let from = 0;
  let at = 0;
  while (at < raw.length) {
    const code = raw.charCodeAt(at);
    if (code === 92) {
      out += raw.slice(from, at);
      const [text, next] = decodeEscape(raw, at + 1);
      out += text;
      from = at = next;
    } else if (code === 10) {
      const [text, next] = fold(raw, from, at);
      out += text;
      from = at = next;
    } else {
      at++;
    }
  }
  return out + raw.slice(from);
}

function decodeEscape(raw: string, at: number): [text: string, next: number] {
  const char = raw.charAt(at);
  const simple = ESCAPES[char];
  if (simple !== undefined) return [simple, at + 1];
  if (char === '\n') return ['', pastBlank(raw, at)[0]];
  const length = HEX_LENGTH[char] ?? 0;
  const hex = raw.slice(at + 1, at + 1 + length);
  if (length === 0 || hex.length !== length || !/^[0-9a-fA-F]+$/.test(hex)) throw new Unsupported();
  const code = Number.parseInt(hex, 16);
  if (code > 0x10ffff) throw new Unsupported();
  return [code <= 0xffff ? String.fromCharCode(code) : String.fromCodePoint(code), at + 1 + length];
}

/** Decodes what stands between single quotes. */
export function decodeSingle(raw: string): string {
  let out = '';
  let from = 0;
  let at = 0;
  while (at < raw.length) {
    const code = raw.charCodeAt(at);
    if (code === 39) {
      out += raw.slice(from, at + 1);
      from = at = at + 2;
    } else if (code === 10) {
      const [text, next] = fold(raw, from, at);
      out += text;
      from = at = next;
    } else {
      at++;
    }
  }
  return out + raw.slice(from);
}

/** A line break inside quotes: one becomes a space, n become n-1 breaks; blanks on both sides go. */
function fold(raw: string, from: number, at: number): [text: string, next: number] {
  let end = at;
  while (end > from && isBlank(raw.charCodeAt(end - 1))) end--;
  const [next, breaks] = pastBlank(raw, at);
  return [raw.slice(from, end) + (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)), next];
}

function pastBlank(raw: string, at: number): [next: number, breaks: number] {
  let breaks = 0;
  let next = at;
  for (; next < raw.length; next++) {
    const code = raw.charCodeAt(next);
    if (code === 10) breaks++;
    else if (!isBlank(code)) break;
  }
  return [next, breaks];
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** Joins the lines of a `>` block; `undefined` stands for a blank line. Chomping is the caller's. */
export function foldBlock(lines: readonly (string | undefined)[]): string {
  let out = '';
  let read = false;
  let blanks = 0;
  let indented = false;
  for (const line of lines) {
    if (line === undefined) {
      blanks++;
      continue;
    }
    const deeper = isBlank(line.charCodeAt(0));
    if (deeper) out += '\n'.repeat(read ? 1 + blanks : blanks);
    else if (indented) out += '\n'.repeat(blanks + 1);
    else if (blanks > 0) out += '\n'.repeat(blanks);
    else if (read) out += ' ';
    out += line;
    indented = deeper;
    read = true;
    blanks = 0;
  }
  return out;
}
