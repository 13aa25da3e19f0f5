/**
 * Text from logs is hostile: it may move the cursor, hide or reorder characters, or fill the screen.
 * Everything that a rendering shows of a report goes through `visible` first.
 */

/** Colours and the like: they carry no text, and container logs are full of them. */
const SGR = /(?:\u001b\[|\u009b)[0-9;:]*m/g;

/** Controls, line separators, and characters without a shape: zero-width, bidirectional controls, tags, fillers. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * One line of text that shows what is there and does nothing: colours go, controls become their pictures (`␛`, `␀`),
 * invisible characters their code point (`<U+202E>`), line ends `↵` (none at the end), tabs a space, lone surrogates `�`.
 */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(SGR, '')
    .replace(/[\r\n]+$/, '')
    .replace(/\r?\n/g, '↵')
    .replace(INVISIBLE, picture);
}

function picture(character: string): string {
  const code = character.codePointAt(0)!;
  if (character === '\t') return ' ';
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}

const COMBINING = /^\p{M}$/u;
const WIDE = /^\p{Emoji_Presentation}$/u;

/** Columns a terminal gives to the text: 2 for East Asian wide characters and emoji, 0 for combining marks. */
export function displayWidth(text: string): number {
  if (isAscii(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7e) return false;
  return true;
}

function characterWidth(character: string): 0 | 1 | 2 {
  const code = character.codePointAt(0)!;
  if (code < 0x300) return 1;
  if (COMBINING.test(character)) return 0;
  return isEastAsianWide(code) || WIDE.test(character) ? 2 : 1;
}

function isEastAsianWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0x303e) ||
    (code >= 0x3041 && code <= 0xa4cf) ||
    (code >= 0xa960 && code <= 0xa97c) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff01 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1b000 && code <= 0x1b2ff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  );
}

/** The text cut to `width` columns, with an ellipsis where something was cut. */
export function clip(text: string, width: number): string {
  const [head, rest] = split(text, width);
  if (rest === '') return head;
  return `${split(head, width - 1)[0].trimEnd()}…`;
}

/** Marks that may pile on one column before they count as columns themselves: a mountain of them is no text. */
const MARKS_PER_COLUMN = 4;

/** What fits into `width` columns, and the rest. Always takes at least one character, so that callers get on. */
function split(text: string, width: number): [head: string, rest: string] {
  if (text.length <= width && isAscii(text)) return [text, ''];
  let columns = 0;
  let units = 0;
  for (const character of text) {
    columns += characterWidth(character);
    units += character.length;
    const tooMany = columns > width || units > Math.max(1, width) * MARKS_PER_COLUMN;
    if (tooMany && units > character.length) {
      const end = units - character.length;
      return [text.slice(0, end), text.slice(end)];
    }
  }
  return [text, ''];
}

/**
 * Breaks a text into lines of at most `width` columns: at spaces, else after `/`, `,`, `:`, `-` or `.`, else anywhere.
 * With `most`, what does not fit into that many lines is cut with an ellipsis.
 */
export function wrap(text: string, width: number, most = Number.POSITIVE_INFINITY): string[] {
  const lines: string[] = [];
  let rest = text.trimEnd();
  while (rest !== '' && lines.length < most) {
    if (lines.length === most - 1) return [...lines, clip(rest, width)];
    const [head, tail] = split(rest, width);
    const at = tail === '' ? head.length : breakpoint(head, tail);
    lines.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return lines;
}

function breakpoint(head: string, tail: string): number {
  if (tail.startsWith(' ')) return head.length;
  const space = head.lastIndexOf(' ');
  if (space > head.length / 3) return space + 1;
  const joint = Math.max(...['/', ',', ':', '-', '.'].map((mark) => head.lastIndexOf(mark)));
  if (joint > head.length / 3) return joint + 1;
  return head.length;
}

/** The text filled with spaces to `width` columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}
