import type { JournalFormat } from './formats.ts';
import { shapeOf } from './shape.ts';

/** So many lines may stand before a dump: a prompt, a fence, a few words of a mail, the rest of an entry cut in two. */
const MOST_LINES_BEFORE = 60;
const LINE_HEAD = 1024;
const ENTRY_HEAD = 160;
const KEY = /"(?:__REALTIME_TIMESTAMP|__CURSOR)"\s*:/;

/** The form of a journal whose entries are written as fields, told from the first bytes of a text; undefined for any other text. */
export function structuredForm(head: string): JournalFormat | undefined {
  let start = 0;
  for (let line = 0; line <= MOST_LINES_BEFORE && start < head.length; line++) {
    const form = formAt(head, start);
    if (form !== undefined) return form;
    const newline = head.indexOf('\n', start);
    const end = newline < 0 ? head.length : newline;
    // Lines that have a form of their own make the text a log, whatever is quoted in it.
    if (shapeOf(head.slice(start, Math.min(end, start + LINE_HEAD))) !== undefined) return undefined;
    start = end + 1;
  }
  return undefined;
}

function formAt(head: string, from: number): JournalFormat | undefined {
  const start = skipBlanks(head, from);
  const text = head.slice(start, start + ENTRY_HEAD);
  if (/^[[{\x1e]|^data: \{/.test(text)) return KEY.test(head) ? jsonForm(text) : undefined;
  if (/^[A-Z_][A-Z0-9_]*[=\r\n]/.test(text))
    return /^__REALTIME_TIMESTAMP=\d+\r?$/m.test(head) ? 'journal-export' : undefined;
  return /^[A-Z][a-z]{2} \d{4}-\d\d-\d\d [\d:.]+ [A-Z0-9+-]+ \[s=[0-9a-f]+;i=/.test(text)
    ? 'journal-verbose'
    : undefined;
}

/** Blanks and the NULs that a console leaves. */
function skipBlanks(head: string, from: number): number {
  let at = from;
  while (at < head.length && (head.charCodeAt(at) === 0 || /\s/.test(head[at]!))) at++;
  return at;
}

function jsonForm(text: string): JournalFormat | undefined {
  if (text.startsWith('\x1e')) return 'journal-json-seq';
  if (text.startsWith('data: ')) return 'journal-json-sse';
  if (/^\[\s*\{/.test(text)) return 'journal-json-array';
  if (!/^\{\s*"/.test(text)) return undefined;
  return /^\{\s*\n/.test(text) ? 'journal-json-pretty' : 'journal-json';
}
