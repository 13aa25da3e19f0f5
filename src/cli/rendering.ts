import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Report } from '../model/report.ts';
import type { Format } from '../report/render.ts';
import type { TerminalOptions } from '../report/render-terminal.ts';
import { evidenceLinks } from './evidence-links.ts';
import { writeOutput } from './output.ts';
import { exceeds, page, pagerOf } from './pager.ts';

/** The options of every command that shows a report. */
export interface RenderingFlags {
  readonly format: Format;
  readonly output?: string;
  readonly width?: number;
  readonly color?: boolean;
  readonly pager?: boolean;
  readonly redact?: boolean;
  readonly redactMap?: string;
}

/** As `FORMATS` of the renderings, which are loaded only when one is needed. */
const FORMATS: readonly Format[] = ['terminal', 'json', 'markdown', 'html', 'postmortem', 'summary', 'slack'];

export function addRenderingOptions(command: Command): Command {
  return command
    .addOption(new Option('-f, --format <format>', 'how to show the report').choices([...FORMATS]).default('terminal'))
    .option('-o, --output <file>', 'write to a file instead of stdout')
    .option(
      '--redact',
      'pseudonyms for hosts, addresses, domains, users and ids; passwords and tokens are always masked',
    )
    .option('--redact-map <file>', 'write there what the pseudonyms stand for; implies --redact')
    .option('--width <columns>', 'columns of the terminal format (default: those of the terminal, else 80)', columns)
    .option('--color', 'colours in the terminal format, whatever the output is')
    .option('--no-color', 'no colours (also NO_COLOR=1; FORCE_COLOR=1 as --color)')
    .option('--no-pager', 'no pager on a terminal (also PAGER=cat)');
}

function columns(text: string): number {
  const width = Number(text);
  if (!Number.isInteger(width) || width < 60 || width > 1000) {
    throw new InvalidArgumentError('Give a whole number from 60 to 1000.');
  }
  return width;
}

export async function show(original: Report, flags: RenderingFlags): Promise<void> {
  const report = await redacted(original, flags);
  const width = flags.width ?? (flags.output === undefined ? process.stdout.columns : undefined) ?? 80;
  const render = await rendererOf(flags.format);
  const color = wantsColor(flags);
  // Pseudonyms lead to no file, and links are for those who see colours.
  const link = color && isOnTerminal(flags) && !isRedacted(flags) ? evidenceLinks(original) : undefined;
  const text = render(report, { width, color, link });
  const pager = flags.format === 'terminal' && isOnTerminal(flags) ? pagerOf(process.env) : undefined;
  if (pager === undefined || flags.pager === false || !exceeds(text, process.stdout.rows))
    return writeOutput(flags.output, text);
  if (!(await page(text, pager, process.env))) await writeOutput(undefined, text);
}

function isOnTerminal(flags: Pick<RenderingFlags, 'output'>): boolean {
  return flags.output === undefined && process.stdout.isTTY === true;
}

function isRedacted({ redact, redactMap }: Pick<RenderingFlags, 'redact' | 'redactMap'>): boolean {
  return redact === true || redactMap !== undefined;
}

/** Every rendering is of a report without secrets; without names too where that is asked for. */
async function redacted(original: Report, flags: RenderingFlags): Promise<Report> {
  if (!isRedacted(flags)) {
    return (await import('../report/redact/mask-secrets.ts')).maskSecrets(original);
  }
  const { report: without, map } = (await import('../report/redact/redact.ts')).redactReport(original);
  if (flags.redactMap !== undefined) await writeOutput(flags.redactMap, `${JSON.stringify(map, null, 2)}\n`);
  return without;
}

/** The usual format does not wait for what the others need. */
async function rendererOf(format: Format): Promise<(report: Report, options: TerminalOptions) => string> {
  if (format === 'terminal') return (await import('../report/render-terminal.ts')).renderTerminal;
  const { render } = await import('../report/render.ts');
  return (report, options) => render(report, format, options);
}

/** The flag decides, then FORCE_COLOR, then NO_COLOR, then whether a terminal will show it. */
export function wantsColor(flags: Pick<RenderingFlags, 'color' | 'output'>): boolean {
  if (flags.color !== undefined) return flags.color;
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: term } = process.env;
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (no !== undefined && no !== '') return false;
  return isOnTerminal(flags) && term !== 'dumb';
}
