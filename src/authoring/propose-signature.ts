import { FILL_IN } from '../detect/lint/unfilled.ts';
import { UserError } from '../model/errors.ts';
import type { SourceKind } from '../model/source.ts';
import { chooseLiteral } from './choose-literal.ts';
import { type ComposedPattern, composePattern } from './compose-pattern.ts';
import { headOf, type LineHead } from './line-head.ts';
import { caseLine, partsOf } from './line-parts.ts';

/** More of a line is not needed to know it again. */
const LONGEST_LINE = 4000;

export interface ProposalOptions {
  readonly id?: string;
  readonly source?: SourceKind;
}

/** A signature as it will be written, with `FILL IN` where only a person can say something. */
export interface Proposal {
  readonly id: string;
  readonly match: { readonly seen: { readonly log: object } };
  readonly [field: string]: unknown;
}

/**
 * Proposes a signature that matches a log line and lines like it.
 * @throws UserError where no part of the line is distinctive enough
 */
export function proposeSignature(text: string, options: ProposalOptions = {}): Proposal {
  const line = (text.split(/\r?\n/).find((candidate) => candidate.trim() !== '') ?? '').slice(0, LONGEST_LINE);
  const head = headOf(line);
  const message = line.slice(head.length);
  const parts = partsOf(message);
  const literal = chooseLiteral(parts);
  if (literal === undefined) {
    throw new UserError('no part of the line is at least seven bytes of wording that few other lines hold');
  }
  const source = options.source ?? head.source;
  const pattern = composePattern(parts, literal);
  return {
    id: options.id ?? idOf(literal),
    title: `${FILL_IN}: what is wrong, in a few words`,
    component: componentOf(head),
    severity: head.severity ?? 'error',
    role: 'symptom',
    status: 'experimental',
    match: { seen: { log: matcherOf(head, source, literal, pattern) } },
    when: { type: 'any' },
    summary: summaryOf(pattern),
    why: `${FILL_IN}: why this line is written, and what it means`,
    confirm: [{ text: `${FILL_IN}: how to make sure`, risk: 'safe' }],
    fix: [{ text: `${FILL_IN}: what mends it`, risk: 'safe' }],
    falsePositives: [`${FILL_IN}: what writes the same line and is harmless`],
    tests: casesOf(line, head, source),
  };
}

function idOf(literal: string): string {
  const words = literal.toLowerCase().match(/[a-z]+/g) ?? [];
  return words.slice(0, 5).join('-');
}

const UNITS: Readonly<Record<string, string>> = { kubenswrapper: 'kubelet', hyperkube: 'kubelet' };

function unitOf({ identifier }: LineHead): string | undefined {
  if (identifier === undefined || identifier === 'kernel') return undefined;
  return Object.hasOwn(UNITS, identifier) ? UNITS[identifier] : identifier;
}

function componentOf(head: LineHead): string {
  return unitOf(head) ?? (isKernel(head) ? 'kernel' : `${FILL_IN}: which component writes it`);
}

function isKernel({ source, identifier }: LineHead): boolean {
  return source === 'kernel' || identifier === 'kernel';
}

function matcherOf(
  head: LineHead,
  source: SourceKind | undefined,
  literal: string,
  pattern: ComposedPattern | undefined,
): object {
  const unit = source === 'journal' ? unitOf(head) : undefined;
  // The kernel's lines stand in all three.
  const sources = isKernel(head) && source === head.source ? ['kernel', 'journal', 'console'] : source;
  return {
    ...(sources !== undefined && { source: sources }),
    ...(unit !== undefined && { unit }),
    contains: literal,
    ...(pattern !== undefined && { pattern: pattern.source }),
  };
}

function summaryOf(pattern: ComposedPattern | undefined): string {
  const captures = (pattern?.captures ?? []).map((name) => `{${name}}`);
  const about = captures.length === 0 ? '' : ` about ${captures.join(', ')}`;
  return `${FILL_IN}: what happened${about}; {count} times until {last}.`;
}

function casesOf(line: string, head: LineHead, source: SourceKind | undefined): object {
  const { host } = head;
  const log = { ...(source !== undefined && { source }), ...(host !== undefined && { host }) };
  const harmless = `${caseLine(line.slice(0, head.length))}${FILL_IN}: a line that looks like it and is harmless`;
  return {
    hits: [{ name: 'the line as it was seen', log: { ...log, lines: [caseLine(line)] } }],
    clear: [{ name: `${FILL_IN}: what makes it harmless`, log: { ...log, lines: [harmless] } }],
  };
}
