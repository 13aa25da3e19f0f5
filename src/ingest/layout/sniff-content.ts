import { uncoloured } from '../lines/decoder.ts';
import { linePrefix, withoutPrefix } from '../lines/line-prefix.ts';
import { mostLinesAre } from '../lines/sniff.ts';
import { structuredForm } from '../lines/structured-form.ts';
import { headText, utf16Of } from '../lines/utf16.ts';
import { type Classified, known, log, resource } from './classified.ts';

/** Binary files that need no mention: pictures, programs, fonts, profiles. */
const BINARY_MAGICS = ['7f454c46', '89504e47', 'ffd8ff', '25504446', '47494638', '53514c697465', '0a0a', 'cafebabe'];

const JOURNAL_MAGIC = 'LPKSHHRH';

/** A binary systemd journal, by its first eight bytes. */
export function isBinaryJournal(head: Uint8Array): boolean {
  for (let i = 0; i < JOURNAL_MAGIC.length; i++) if (head[i] !== JOURNAL_MAGIC.charCodeAt(i)) return false;
  return true;
}

/** Bytes that no text holds: control characters other than white space, escape, backspace and NUL. */
export function isBinary(head: Uint8Array): boolean {
  const magic = Buffer.from(head.subarray(0, 8)).toString('hex');
  if (BINARY_MAGICS.some((known) => known.length > 4 && magic.startsWith(known))) return true;
  let odd = 0;
  let nul = 0;
  for (const byte of head) {
    if (byte === 0) nul++;
    else if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 0x1b && byte !== 8 && byte !== 12)
      odd++;
  }
  // A console capture may hold runs of NUL between its lines; a core dump or database holds little else.
  return odd * 20 > head.length || nul * 3 > head.length;
}

/** The first entry of `journalctl -o export` may have fields of any bytes, and say so only where it begins. */
function isExport(head: Uint8Array): boolean {
  return /^__(?:CURSOR=s=[0-9a-f]{32};|REALTIME_TIMESTAMP=\d)/.test(
    Buffer.from(head.subarray(0, 64)).toString('latin1'),
  );
}

const WEEKDAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const ISO = '\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d+)?(?:Z|[+-]\\d\\d:?\\d\\d)?';
const SYSLOG = new RegExp(
  `^(?:${MONTH} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?|(?:${WEEKDAY} )?${ISO}(?: [A-Z]{2,5})?|\\d{10}\\.\\d{6})(?: [^\\s:]+ [^\\s:]+?(?:\\[\\d+\\])?| [A-Za-z_][\\w.@-]{0,63}\\[\\d+\\]| kernel): `,
  'm',
);
/** As the kernel's own log, but with host and process: `[   12.345678] m0 systemd[1]: …`. */
const MONOTONIC = /^\[ *\d{1,8}\.\d{6} {0,17}(?:< *\d{1,8}\.\d{6}[ *]>)?\] [^\s:]+ [^\s:[]+\[\d+\]: /m;
const JOURNAL =
  /^(?:__CURSOR=|__REALTIME_TIMESTAMP=|-- (?:Logs begin|Journal begins) at |-- Boot [0-9a-f]{32} --|[A-Z][a-z]{2} \d{4}-\d\d-\d\d [\d:.]+ \w+ \[s=[0-9a-f]+;i=)|^\{[^\n]{0,4000}"__REALTIME_TIMESTAMP"/m;
const AUDIT = /^\{[^\n]{0,300}"apiVersion":"audit\.k8s\.io\//;
const KERNEL =
  /^[\0\r]{0,64}(?:<\d{1,3}>)?\[ *\d{1,8}\.\d{6} {0,17}(?:< *\d{1,8}\.\d{6}[ *]?>)?\](?:\[ *[TC]\d{1,9}\])? |^\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4}\] |^(?:\d[\w.+-]{0,64},)?\d{1,4},\d{1,12},\d{1,16},[^\n;]{1,64};/m;
const CRI = new RegExp(`^${ISO} (?:stdout|stderr) [FP] `, 'm');
const INSTALLER = /^time="[^"]+" level=\w+ msg="?(?:OpenShift Installer|.*\bopenshift-install\b)/m;

/** What a file is that its path does not tell, by its first bytes. */
export function sniffContent(head: Uint8Array, name: string): Classified {
  // UTF-16 of Windows tools: every other byte is NUL.
  if (utf16Of(head) === undefined && !isExport(head) && isBinary(head)) return known('binary');
  const text = unprefixed(uncoloured(headText(head)));
  if (JOURNAL.test(text) || structuredForm(text) !== undefined) return log('journal', 'journal');
  if (AUDIT.test(text)) return log('audit-log', 'audit');
  if (holdsObjects(text, name)) return resource({});
  if (INSTALLER.test(text)) return log('installer-log', 'installer');
  if (CRI.test(text)) return log('container-log', 'container');
  if (mostLinesAre('recorded', text)) return log('console', 'console');
  if (mostLinesAre('journal-undated', text)) return log('journal', 'journal');
  if (SYSLOG.test(text) || MONOTONIC.test(text)) return log('journal', 'journal');
  // A boot begins with more of the kernel's lines than are looked at here: `[    1.200000] m0 kernel: …`.
  if (mostLinesAre('journal-short-monotonic', text)) return log('journal', 'journal');
  if (KERNEL.test(text)) return log('dmesg', 'kernel');
  if (/\.(?:html?|md|svg|css|js|xml|csv|go|py|sh)$/i.test(name)) return known('other-text');
  return log('text', 'text');
}

/** The text without line numbers and the like that a tool put before each line. */
function unprefixed(text: string): string {
  const prefix = linePrefix(text);
  return prefix === undefined ? text : withoutPrefix(text, prefix);
}

/** Whether a file looks like Kubernetes objects in YAML or JSON. */
function holdsObjects(text: string, name: string): boolean {
  if (/\.(?:log|logs|md|html?)$/i.test(name)) return false;
  const start = /\S/.exec(text)?.index ?? 0;
  const first = text[start];
  if (first === '{' || first === '[')
    return /^[[{]\s*\{?\s*"(?:apiVersion|kind|items|metadata)"\s*:/.test(text.slice(start, start + 200));
  return (
    /^(?:apiVersion|kind|items|metadata):/m.test(text) &&
    /^(?:---|#|apiVersion|kind|items|metadata|[a-zA-Z]+:)/.test(text.slice(start))
  );
}
