import { type Command, Option } from 'commander';
import { UserError } from '../model/errors.ts';
import { SOURCE_KINDS, type Source, type SourceKind } from '../model/source.ts';
import { type CatalogueFlags, collect, loadSignatures, print } from './catalogue.ts';
import { readStdin } from './stdin.ts';

interface Flags extends CatalogueFlags {
  readonly source?: SourceKind;
  readonly namespace?: string;
  readonly pod?: string;
  readonly container?: string;
  readonly unit?: string;
}

export function addExplainCommand(inquest: Command): void {
  inquest
    .command('explain')
    .description('say which signatures match a log line, and why others nearly do')
    .argument('<line>', 'the line as it stands in the log, prefix and all; - for lines on stdin')
    .addOption(new Option('--source <kind>', 'what kind of log it stands in').choices([...SOURCE_KINDS]))
    .option('--namespace <name>', 'namespace of the container that wrote it')
    .option('--pod <name>', 'pod that wrote it')
    .option('--container <name>', 'container that wrote it')
    .option('--unit <name>', 'systemd unit that wrote it, where the line does not say')
    .option('--signatures <dir>', 'directory of your own signatures, overriding by id; repeatable', collect)
    .action(run);
}

async function run(line: string, flags: Flags): Promise<void> {
  const text = line === '-' ? await readStdin() : line;
  if (text.trim() === '') throw new UserError('no line to explain');
  const { signatures } = await loadSignatures(flags);
  const { explainText } = await import('../explain.ts');
  const { explanationLines } = await import('./explain-text.ts');
  print(explanationLines(explainText(signatures, text, placeOf(flags))));
}

function placeOf({ source, namespace, pod, container, unit }: Flags): Partial<Source> {
  return {
    ...(source !== undefined && { kind: source }),
    ...(namespace !== undefined && { namespace }),
    ...(pod !== undefined && { pod }),
    ...(container !== undefined && { container }),
    ...(unit !== undefined && { unit }),
  };
}
