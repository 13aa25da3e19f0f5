import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { breakCommand, commandLines } from '../../src/report/command.ts';

describe('breakCommand', () => {
  it('leaves short commands alone', () => {
    expect(breakCommand('oc get co', 80)).toEqual(['oc get co']);
  });

  it('breaks outside quotes only', () => {
    expect(breakCommand(`printf '%s %s' one "two three"`, 20)).toEqual([`printf '%s %s' one \\`, `  "two three"`]);
  });

  it('means the same to a shell', () => {
    const line = `printf '<%s>' one 'two  "three' "four 'five" six\\ seven eight`;
    const broken = breakCommand(line, 14);
    expect(broken.length).toBeGreaterThan(2);
    const run = (script: string) => execFileSync('sh', ['-c', script], { encoding: 'utf8' });
    expect(run(broken.join('\n'))).toBe(run(line));
  });

  it('does not touch comments and here-documents', () => {
    expect(breakCommand('oc get co # and then look at it', 10)).toHaveLength(1);
    expect(breakCommand('cat <<EOF | oc apply -f -', 10)).toHaveLength(1);
  });
});

describe('commandLines', () => {
  it('keeps the lines and makes them harmless', () => {
    expect(commandLines('a\nb \u001b[2J\u202e\n')).toEqual(['a', 'b ␛[2J<U+202E>']);
  });
});
