import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { UserError } from '../model/errors.ts';
import { SOURCE_KINDS, type SourceKind } from '../model/source.ts';
import { print } from './catalogue.ts';
import { explained } from './failure.ts';
import { readStdin } from './stdin.ts';

interface Flags {
  readonly fromLine: string;
  readonly id?: string;
  readonly source?: SourceKind;
  readonly output?: string;
}

export function addNewCommand(signatures: Command): void {
  signatures
    .command('new')
    .description('propose a signature for a log line')
    .requiredOption('--from-line <line>', 'the line as it stands in the log, prefix and all; - for stdin')
    .option('--id <id>', 'kebab-case name of the fault (default: made from the line)')
    .addOption(new Option('--source <kind>', 'what kind of log it stands in').choices([...SOURCE_KINDS]))
    .option('-o, --output <dir>', 'write <dir>/<id>.yaml instead of stdout')
    .action(run);
}

async function run({ fromLine, output, ...options }: Flags): Promise<void> {
  const line = fromLine === '-' ? await readStdin() : fromLine;
  const { newSignature } = await import('../new-signature.ts');
  const { id, yaml } = newSignature(line, options);
  if (output === undefined) {
    process.stdout.write(yaml);
    return;
  }
  const path = join(output, `${id}.yaml`);
  try {
    await mkdir(output, { recursive: true });
    await writeFile(path, yaml, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new UserError(`${path} is there already; choose an --id`);
    throw explained(error, `cannot write ${path}`);
  }
  print([`${path} written; now write what is marked FILL IN`]);
}
