import { displayWidth, visible } from './text-safety.ts';

/** The lines of a command, harmless to show. */
export function commandLines(run: string): string[] {
  return run.trimEnd().split(/\r?\n/).map(visible);
}

/**
 * A command line broken to `width` columns in the shell's own way (` \`), so that it can still be pasted.
 * It is only broken at spaces outside quotes: what holds no such space stays whole, however long it is.
 */
export function breakCommand(line: string, width: number): string[] {
  if (displayWidth(line) <= width || /<<|(^|\s)#/.test(line)) return [line];
  const lines: string[] = [];
  let current = '';
  for (const word of shellWords(line)) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (current !== '' && displayWidth(longer) > width - 2) {
      lines.push(`${current} \\`);
      current = `  ${word}`;
    } else {
      current = longer;
    }
  }
  return [...lines, current];
}

/** Splits at single spaces that stand outside quotes and are not escaped. */
function shellWords(line: string): string[] {
  const words: string[] = [];
  let quote = '';
  let start = 0;
  for (let i = 0; i < line.length; i++) {
    const character = line[i]!;
    if (character === '\\' && quote !== "'") i++;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === ' ') {
      words.push(line.slice(start, i));
      start = i + 1;
    }
  }
  return [...words, line.slice(start)];
}
