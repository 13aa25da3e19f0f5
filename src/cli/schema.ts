import { Argument, type Command } from 'commander';

export function addSchemaCommand(inquest: Command): void {
  inquest
    .command('schema')
    .description('print the JSON Schema of reports, of signatures or of comparisons')
    .addArgument(new Argument('<what>').choices(['report', 'signature', 'diff']))
    .action(run);
}

type What = 'report' | 'signature' | 'diff';

async function run(what: What): Promise<void> {
  process.stdout.write(await schemaText(what));
}

export async function schemaText(what: What): Promise<string> {
  const { z } = await import('zod');
  const schema = await schemaOf(what);
  // Defaults may be left out of a signature: the schema is of what people write, not of what they get.
  const json = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' });
  const { $schema, ...rest } = json;
  return `${JSON.stringify({ $schema, title: `inquest ${what}`, ...rest }, null, 2)}\n`;
}

async function schemaOf(what: What) {
  if (what === 'report') return (await import('../model/report.ts')).reportSchema;
  if (what === 'diff') return (await import('../model/comparison.ts')).comparisonSchema;
  return (await import('../model/signature.ts')).signatureSchema;
}
