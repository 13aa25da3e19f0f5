import type { Command } from 'commander';
import { type CatalogueFlags, collect, loadDetectors, loadEntries, loadSignatures, named, print } from './catalogue.ts';
import { EXIT } from './exit.ts';
import { addDocsCommand } from './signatures-docs.ts';
import { addNewCommand } from './signatures-new.ts';

export function addSignaturesCommand(inquest: Command): void {
  const signatures = inquest.command('signatures').description('list, show, search, write, lint and test signatures');
  const command = (usage: string, description: string) =>
    signatures
      .command(usage)
      .description(description)
      .option('--signatures <dir>', 'directory of your own signatures, overriding by id; repeatable', collect);
  command('list', 'print id, severity, role and title of every signature').action(list);
  command('show <id>', 'print what is known of one fault').option('--yaml', 'as it is written').action(display);
  command('search <words...>', 'look for signatures by what they say').action(search);
  command('lint', 'look for mistakes that still load').action(lint);
  command('test [ids...]', "run the signatures' own test cases").action(test);
  addNewCommand(signatures);
  addDocsCommand(command('docs', 'write the catalogue as Markdown'));
}

async function list(flags: CatalogueFlags): Promise<void> {
  const { signatureRows } = await import('./signature-text.ts');
  print(signatureRows((await loadEntries(flags)).map(({ about }) => about)));
}

async function display(id: string, flags: CatalogueFlags & { readonly yaml?: boolean }): Promise<void> {
  const entry = named(await loadEntries(flags), id, ({ about }) => about.id);
  if (flags.yaml === true) {
    const { signatureText } = await import('./signature-text.ts');
    return print([signatureText(entry.about)]);
  }
  const { entryText } = await import('../catalogue/entry-text.ts');
  print([entryText(entry)]);
}

async function search(words: readonly string[], flags: CatalogueFlags): Promise<void> {
  const { searchEntries } = await import('../catalogue/search.ts');
  const { searchRows } = await import('./signature-text.ts');
  print(searchRows(searchEntries(await loadEntries(flags), words.join(' '))));
}

async function lint(flags: CatalogueFlags): Promise<void> {
  const { lintCatalogue } = await import('../detect/lint.ts');
  const catalogue = await loadSignatures(flags);
  const detectors = await loadDetectors();
  const problems = lintCatalogue(
    catalogue,
    detectors.map(({ about }) => about),
  );
  print(problems.map(({ file, message }) => `${file}: ${message}`));
  print([`${catalogue.signatures.length} signatures, ${problems.length} problems`]);
  process.exitCode = problems.length === 0 ? EXIT.ok : EXIT.found;
}

async function test(ids: readonly string[], flags: CatalogueFlags): Promise<void> {
  const catalogue = await loadSignatures(flags);
  for (const id of ids) named(catalogue.signatures, id, (signature) => signature.id);
  const { runCases } = await import('../signature-cases.ts');
  const results = await runCases(catalogue, ids.length === 0 ? undefined : ids);
  const failed = results.filter((result) => !result.passed);
  print(failed.map((result) => `FAILED ${result.signature}, ${result.kind}, ${result.case}: ${result.message ?? ''}`));
  print([`${results.length - failed.length} passed, ${failed.length} failed`]);
  process.exitCode = failed.length === 0 ? EXIT.ok : EXIT.found;
}
