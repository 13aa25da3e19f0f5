import type { Command } from 'commander';
import { BUNDLED_SIGNATURES, COMPILED_SIGNATURES } from '../bundled-signatures.ts';
import type { Knowledge } from '../model/detector.ts';
import { compareText } from '../model/entity.ts';
import type { Signature } from '../model/signature.ts';
import { EXIT } from './exit.ts';

/** Gathers the values of an option that may be repeated. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

interface Flags {
  readonly signatures?: readonly string[];
}

export function addSignaturesCommand(inquest: Command): void {
  const signatures = inquest.command('signatures').description('list, show, lint and test signatures');
  const command = (usage: string, description: string) =>
    signatures
      .command(usage)
      .description(description)
      .option('--signatures <dir>', 'directory of your own signatures, overriding by id; repeatable', collect);
  command('list', 'print id, severity, role and title of every signature').action(list);
  command('show <id>', 'print all of one signature').action(display);
  command('lint', 'look for mistakes that still load').action(lint);
  command('test [ids...]', "run the signatures' own test cases").action(test);
}

async function load(flags: Flags) {
  const { loadCatalogue } = await import('../detect/load.ts');
  return loadCatalogue([BUNDLED_SIGNATURES, ...(flags.signatures ?? [])], { compiled: COMPILED_SIGNATURES });
}

/** What the detectors in TypeScript say of themselves. */
async function detectorKnowledge(): Promise<Knowledge[]> {
  const { detectors } = await import('../detectors/index.ts');
  return detectors.map((detector) => detector.about);
}

/** Signatures and those detectors that no signature overrides, by id. */
async function all(flags: Flags): Promise<(Signature | Knowledge)[]> {
  const { signatures } = await load(flags);
  const taken = new Set(signatures.map(({ id }) => id));
  const detectors = (await detectorKnowledge()).filter(({ id }) => !taken.has(id));
  return [...signatures, ...detectors].sort((a, b) => compareText(a.id, b.id));
}

async function list(flags: Flags): Promise<void> {
  const { signatureRows } = await import('./signature-text.ts');
  print(signatureRows(await all(flags)));
}

async function display(id: string, flags: Flags): Promise<void> {
  const { named, signatureText } = await import('./signature-text.ts');
  print([signatureText(named(await all(flags), id))]);
}

async function lint(flags: Flags): Promise<void> {
  const { lintCatalogue } = await import('../detect/lint.ts');
  const catalogue = await load(flags);
  const detectors = await detectorKnowledge();
  const problems = lintCatalogue(catalogue, detectors);
  print(problems.map(({ file, message }) => `${file}: ${message}`));
  print([`${catalogue.signatures.length} signatures, ${problems.length} problems`]);
  process.exitCode = problems.length === 0 ? EXIT.ok : EXIT.found;
}

async function test(ids: readonly string[], flags: Flags): Promise<void> {
  const { named } = await import('./signature-text.ts');
  const catalogue = await load(flags);
  for (const id of ids) named(catalogue.signatures, id);
  const { runCases } = await import('../signature-cases.ts');
  const results = await runCases(catalogue, ids.length === 0 ? undefined : ids);
  const failed = results.filter((result) => !result.passed);
  print(failed.map((result) => `FAILED ${result.signature}, ${result.kind}, ${result.case}: ${result.message ?? ''}`));
  print([`${results.length - failed.length} passed, ${failed.length} failed`]);
  process.exitCode = failed.length === 0 ? EXIT.ok : EXIT.found;
}

function print(lines: readonly string[]): void {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
}
