import { stringify } from 'yaml';
import { type Proposal, type ProposalOptions, proposeSignature } from './authoring/propose-signature.ts';
import { UserError } from './model/errors.ts';
import { signatureSchema } from './model/signature.ts';
import { runCase } from './signature-cases.ts';

export interface NewSignature {
  readonly id: string;
  readonly yaml: string;
}

const HEAD = '# Write what is marked FILL IN; `inquest signatures lint` names what is left.\n';

/**
 * A signature file for a log line. It loads, and its test cases pass as they stand.
 * @throws UserError where the id is none, or no signature of the line can be made
 */
export function newSignature(line: string, options: ProposalOptions = {}): NewSignature {
  const proposal = proposeSignature(line, options);
  const sound = [proposal, withoutPattern(proposal)].find((candidate) => problemOf(candidate) === undefined);
  if (sound === undefined) throw new UserError(`no signature can be made of this line: ${problemOf(proposal)}`);
  return { id: sound.id, yaml: HEAD + stringify(sound, { lineWidth: 0, singleQuote: true }) };
}

function problemOf(proposal: Proposal): string | undefined {
  const parsed = signatureSchema.safeParse(proposal);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`;
  }
  const { tests } = parsed.data;
  return runCase(parsed.data, tests.hits[0]!, 'hit').message ?? runCase(parsed.data, tests.clear[0]!, 'clear').message;
}

/** The literal alone, where a line has something that the recognisers misread. */
function withoutPattern(proposal: Proposal): Proposal {
  const { pattern, ...log } = proposal.match.seen.log as { pattern?: string };
  const summary = String(proposal['summary']).replace(/ about [^;]*/, '');
  return { ...proposal, match: { seen: { log } }, summary };
}
