import { parseRegex, type Regex } from '../../src/detect/lint/regex-syntax.ts';

/** Longest piece of a line that an expression gets to see. */
const LENGTH = 16 * 1024;
/** Matches nothing that a signature looks for, so that what came before is tried again. */
const STOP = '\u0001';

/** Lines made from an expression to keep it busy: its beginning over and over, and each of its loops run long and broken off. */
export function attacks(source: string, ignoreCase: boolean): string[] {
  const regex = parseRegex(source, ignoreCase);
  const whole = sample(regex);
  const lines = new Set<string>([repeated(whole, '') + STOP, repeated(whole.slice(0, -1), '') + STOP]);
  let before = '';
  for (const part of row(regex)) {
    const text = sample(part);
    if (part.type === 'repeat' && part.max > 8) {
      const round = sample(part.body);
      lines.add(repeated(round, before) + STOP);
      lines.add(repeated(before + round, '') + STOP);
      lines.add(repeated(before + round.repeat(Math.min(part.max, 50)), '') + STOP);
    }
    before += text;
    if (before !== '') lines.add(repeated(before, '') + STOP);
  }
  return [...lines].slice(0, 24);
}

function row(regex: Regex): readonly Regex[] {
  if (regex.type === 'sequence') return regex.items.flatMap(row);
  if (regex.type === 'choice') return row(regex.options.at(-1)!);
  if (regex.type === 'repeat' && regex.max === 1) return row(regex.body);
  return [regex];
}

function repeated(text: string, before: string): string {
  return text === '' ? before : (before + text.repeat(Math.ceil(LENGTH / text.length))).slice(0, LENGTH);
}

function sample(regex: Regex): string {
  switch (regex.type) {
    case 'set':
      return characterOf(regex.set);
    case 'sequence':
      return regex.items.map(sample).join('');
    case 'choice':
      return sample(regex.options[0]!);
    case 'repeat':
      return sample(regex.body).repeat(Math.max(1, Math.min(regex.min, 64)));
  }
}

/** One that many classes hold, where there is a choice. */
function characterOf(set: bigint): string {
  const codes = [...'a1 .:"A', ...Array.from({ length: 256 }, (_, code) => String.fromCharCode(code))];
  return codes.find((character) => (set & (1n << BigInt(character.charCodeAt(0)))) !== 0n) ?? '?';
}
