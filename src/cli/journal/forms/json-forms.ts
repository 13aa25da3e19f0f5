import type { DirectOutput } from '../direct-output.ts';
import { jsonOf, type PrintEntry } from '../entry-printer.ts';

/** Objects over many lines, one after the other. */
export function prettyPrinter(out: DirectOutput): PrintEntry {
  return (entry) => out.text(`${prettyText(jsonOf(entry))}\n`);
}

/** Server-sent events. */
export function eventPrinter(out: DirectOutput): PrintEntry {
  return (entry) => out.text(`data: ${JSON.stringify(jsonOf(entry))}\n\n`);
}

/** RFC 7464: a record separator before each object. */
export function sequencePrinter(out: DirectOutput): PrintEntry {
  return (entry) => out.text(`\u001e${JSON.stringify(jsonOf(entry))}\n`);
}

/** One field a line, after a tab and with ` : ` behind its name, as journalctl writes it. */
function prettyText(json: ReturnType<typeof jsonOf>): string {
  const fields = Object.entries(json).map(([name, value]) => {
    const text = Array.isArray(value)
      ? `[\n${value.map((item) => `\t\t${JSON.stringify(item)}`).join(',\n')}\n\t]`
      : JSON.stringify(value);
    return `\t${JSON.stringify(name)} : ${text}`;
  });
  return `{\n${fields.join(',\n')}\n}`;
}
