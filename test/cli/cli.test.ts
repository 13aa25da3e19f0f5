import { describe, expect, it } from 'vitest';
import pkg from '../../package.json' with { type: 'json' };
import { runCli } from '../support/run-cli.ts';

describe('inquest', () => {
  it('prints its version', () => {
    expect(runCli(['--version'])).toEqual({ status: 0, stdout: `${pkg.version}\n`, stderr: '' });
  });

  it('explains itself', () => {
    const { status, stdout } = runCli(['--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/analyze.*\n[\s\S]*report.*\n[\s\S]*schema.*\n[\s\S]*signatures/);
  });

  it.each([
    [['nonsense'], "inquest: unknown command 'nonsense'\n"],
    [['analyze', '--nonsense', 'x'], "inquest: unknown option '--nonsense'\n"],
    [['analyze', '--formt', 'json', 'x'], "inquest: unknown option '--formt' (Did you mean --format?)\n"],
    [['analyze'], 'inquest: no input given; usage: inquest analyze [options] <input...>\n'],
    [['report'], "inquest: required option '--from <file>' not specified\n"],
    [['report', '--from', 'no/such.json'], 'inquest: no/such.json: no such file or directory\n'],
    [['report', '--from', 'src'], 'inquest: src: is a directory\n'],
    [['report', '--from', 'package.json'], /^inquest: package\.json: not an inquest report: schemaVersion: .*\n$/],
  ])('%j is bad usage, in one line', (args, message) => {
    const { status, stdout, stderr } = runCli(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd()).not.toContain('\n');
  });

  it('shows its help and fails without a command', () => {
    const { status, stdout, stderr } = runCli([]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('Usage: inquest');
  });

  it('lets nothing in an argument act on the terminal', () => {
    expect(runCli(['report', '--from', 'a\u001b[2Jb']).stderr).toBe('inquest: a␛[2Jb: no such file or directory\n');
    expect(runCli(['x\u001b[2J']).stderr).toContain('x␛[2J');
  });
});
