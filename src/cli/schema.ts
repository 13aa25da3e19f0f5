import { Argument, type Command } from 'commander';

export function addSchemaCommand(inquest: Command): void {
  inquest
    .command('schema')
    .description('print the JSON Schema of reports or of signatures')
    .addArgument(new Argument('<what>').choices(['report', 'signature']))
    .action(run);
}

type What = 'report' | 'signature';

async function run(what: What): Promise<void> {
  process.stdout.write(await schemaText(what));
}

export async function schemaText(what: What): Promise<string> {
  const { z } = await import('zod');
  const schema =
    what === 'report'
      ? (await import('../model/report.ts')).reportSchema
      : (await import('../model/signature.ts')).signatureSchema;
  // Defaults may be left out of a signature: the schema is of what people write, not of what they get.
  const json = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' });
  const { $schema, ...rest } = json;
  return `${JSON.stringify({ $schema, title: `inquest ${what}`, ...rest }, null, 2)}\n`;
}
