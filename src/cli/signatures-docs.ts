import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { type CatalogueFlags, loadEntries, print } from './catalogue.ts';
import { explained } from './failure.ts';
import { writeOutput } from './output.ts';
import { schemaText } from './schema.ts';

interface Flags extends CatalogueFlags {
  readonly output: string;
  readonly schema?: string;
}

export function addDocsCommand(docs: Command): void {
  docs
    .requiredOption('-o, --output <dir>', 'where the pages go; pages of areas that are gone are removed')
    .option('--schema <file>', 'write the JSON Schema of signatures as well')
    .action(run);
}

async function run({ output, schema, ...flags }: Flags): Promise<void> {
  const { cataloguePages } = await import('../catalogue/pages.ts');
  const pages = cataloguePages(await loadEntries(flags));
  try {
    await mkdir(output, { recursive: true });
    for (const name of await stalePages(output, pages)) await rm(join(output, name));
  } catch (error) {
    throw explained(error, `cannot write ${output}`);
  }
  for (const [name, text] of pages) await writeOutput(join(output, name), text);
  if (schema !== undefined) await writeOutput(schema, await schemaText('signature'));
  print([`${pages.size} pages in ${output}`]);
}

/** Pages that an earlier run wrote and this one does not. */
async function stalePages(output: string, pages: ReadonlyMap<string, string>): Promise<string[]> {
  const { GENERATED } = await import('../catalogue/pages.ts');
  const stale: string[] = [];
  for (const name of await readdir(output)) {
    if (!name.endsWith('.md') || pages.has(name)) continue;
    const text = await readFile(join(output, name), 'utf8');
    if (text.startsWith(GENERATED)) stale.push(name);
  }
  return stale;
}
