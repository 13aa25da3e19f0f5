import { type Command, Option } from 'commander';
import { UserError } from '../model/errors.ts';
import { collect } from './catalogue.ts';
import { isMatch, type JournalFlags, OUTPUT_FORMS } from './journal/journal-flags.ts';
import { isRelative } from './journal/journal-time.ts';
import { readOnce } from './journal/read-once.ts';
import { addLimitOptions, count, limitsOf } from './limits.ts';

export function addJournalCommand(inquest: Command): void {
  const command = inquest
    .command('journal')
    .description('print journals, kernel logs and consoles of any form, binary ones too, as lines')
    .argument(
      '[input...]',
      'journal files, directories, archives or logs; - for stdin; FIELD=value keeps entries with that field, + between alternatives',
    )
    .option(
      '-u, --unit <unit>',
      'only entries of or about this unit, or of this identifier; takes * and ?; repeatable',
      collect,
    )
    .option('-t, --identifier <name>', 'only entries of this identifier; repeatable', collect)
    .option('-k, --dmesg', "only the kernel's entries, of all boots")
    .option('--host <name>', 'only entries of this host, by its short or full name; repeatable', collect)
    .option(
      '-b, --boot <boot>',
      'only entries of this boot: its id or the start of it, 0 or -1 from the last, 1 from the first',
    )
    .option('--list-boots', 'print the boots instead: number for --boot, id, host, first and last time, how each ended')
    .option(
      '-S, --since <time>',
      'only entries from this time on, as journalctl takes it: UTC unless it names a zone, Z or +02:00; -2h counts from the end',
    )
    .option('-U, --until <time>', 'only entries up to this time, in the same notation')
    .option(
      '-p, --priority <level>',
      'only entries of this level or worse: 0 to 7, emerg to debug; or of a range, err..warning',
    )
    .option('-g, --grep <pattern>', 'only entries whose message matches; in any case if the pattern is lower case')
    .option('--case-sensitive [boolean]', 'whether --grep tells upper from lower case', onOrOff)
    .option('--facility <names>', 'only entries of these syslog facilities: kern, daemon, local0, 10, ...; with commas')
    .addOption(
      new Option(
        '-n, --lines <count>',
        'only the last so many of these entries; reads the inputs again, so not of stdin',
      ).argParser(count),
    )
    .option(
      '-r, --reverse',
      'the last entry first; reads the inputs again where they are large, and of stdin takes 128 MiB',
    )
    .addOption(new Option('-o, --output <form>', 'how to print entries').choices(OUTPUT_FORMS).default('short-iso'))
    .option('--output-fields <fields>', 'only these fields, in forms that print fields; with commas', list)
    .option('-F, --field <field>', 'print each value of this field instead')
    .option('-N, --fields', 'print the names of the fields instead')
    .option('--no-hostname', 'leave the host out of short forms')
    .option('-q, --quiet', 'print no notes, and no lines between boots')
    .addOption(new Option('--utc', 'as it is anyway').hideHelp())
    .addOption(new Option('-a, --all', 'as it is anyway').hideHelp())
    .addOption(new Option('-l, --full', 'as it is anyway').hideHelp())
    .addOption(new Option('-m, --merge', 'as it is anyway').hideHelp())
    .addOption(new Option('--no-pager', 'as it is anyway').hideHelp())
    .addOption(new Option('-D, --directory <directory>', 'another input').argParser(collect).hideHelp())
    .addOption(new Option('-i, --file <file>', 'another input').argParser(collect).hideHelp());
  addLimitOptions(command).action(run);
}

interface Given extends JournalFlags {
  readonly directory?: readonly string[];
  readonly file?: readonly string[];
}

async function run(given: readonly string[], options: Given): Promise<void> {
  const inputs = [
    ...given.filter((argument) => !isMatch(argument)),
    ...(options.directory ?? []),
    ...(options.file ?? []),
  ];
  const matches = given.filter(isMatch);
  const flags: JournalFlags = matches.length === 0 ? options : { ...options, matches };
  if (inputs.length === 0) throw new UserError('no input given; usage: inquest journal [options] <input...>');
  const { listBoots, printJournals } = await import('./journal/print-journals.ts');
  const once = readOnce(inputs);
  if (once !== undefined) refuseReadingAgain(flags, once === '-' ? 'stdin' : once);
  if (flags.listBoots === true) return listBoots(inputs, limitsOf(flags));
  await printJournals(inputs, flags, limitsOf(flags));
  // All is printed, and without streams: left to itself Node would take the heap apart first.
  process.exit();
}

/** What counts from the end needs a reading before the one that prints. */
function refuseReadingAgain({ boot, since, until, lines }: JournalFlags, input: string): void {
  const why = `reads the inputs again, which ${input} does not allow`;
  if (lines !== undefined) throw new UserError(`--lines ${why}; pipe into tail instead`);
  const toFile = `${why}; save it to a file`;
  if (boot !== undefined && /^[+-]?\d{1,3}$|[+-]\d{1,3}$/.test(boot)) throw new UserError(`--boot ${boot} ${toFile}`);
  if (since !== undefined && isRelative(since)) throw new UserError(`--since ${since} ${toFile}`);
  if (until !== undefined && isRelative(until)) throw new UserError(`--until ${until} ${toFile}`);
}

function list(value: string): readonly string[] {
  return value.split(',');
}

function onOrOff(value: string): boolean {
  if (/^(?:1|y|yes|t|true|on)$/i.test(value)) return true;
  if (/^(?:0|n|no|f|false|off)$/i.test(value)) return false;
  throw new UserError(`--case-sensitive ${value}: give yes or no`);
}
