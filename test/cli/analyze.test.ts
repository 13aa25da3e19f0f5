import { spawn } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { render } from '../../src/report/render.ts';
import { reportFixture } from '../support/report-fixture.ts';
import { FAKE_ENGINE, runCli } from '../support/run-cli.ts';

const TERMINAL = render(reportFixture(), 'terminal', { width: 80 });
const COLORED = render(reportFixture(), 'terminal', { width: 80, color: true });

describe('inquest analyze', () => {
  it('prints the report, and nothing else', () => {
    expect(runCli(['analyze', 'x'])).toEqual({ status: 0, stdout: TERMINAL, stderr: '' });
  });

  it.each(['json', 'markdown'] as const)('prints %s', (format) => {
    expect(runCli(['analyze', 'x', '--format', format]).stdout).toBe(render(reportFixture(), format));
  });

  it('takes a width', () => {
    expect(runCli(['analyze', 'x', '--width', '132']).stdout).toBe(render(reportFixture(), 'terminal', { width: 132 }));
    expect(runCli(['analyze', 'x', '--width', '5']).status).toBe(2);
  });

  it.each([
    [['--color'], {}, COLORED],
    [['--color'], { NO_COLOR: '1' }, COLORED],
    [[], { FORCE_COLOR: '1' }, COLORED],
    [[], { FORCE_COLOR: '0' }, TERMINAL],
    [[], { NO_COLOR: '1' }, TERMINAL],
    [['--no-color'], { FORCE_COLOR: '1' }, TERMINAL],
  ])('%j with %j decides on colours', (flags, env, expected) => {
    expect(runCli(['analyze', 'x', ...flags], { env: env as Record<string, string> }).stdout).toBe(expected);
  });

  it.each([
    ['x', 'never', 0],
    ['x', 'critical', 1],
    ['x', 'root-cause', 1],
    ['warnings', 'warning', 1],
    ['warnings', 'error', 0],
    ['warnings', 'root-cause', 0],
  ])('%s with --fail-on %s exits with %i', (input, failOn, status) => {
    expect(runCli(['analyze', input, '--fail-on', failOn, '--format', 'json']).status).toBe(status);
  });

  it('hands inputs, signatures and limits to the engine', () => {
    const args = [
      'options',
      '-',
      '--signatures',
      'a',
      '--signatures',
      'b',
      '--max-bytes',
      '1.5GiB',
      '--max-line',
      '64K',
    ];
    const { stdout } = runCli(['analyze', ...args, '--max-members', '7', '--format', 'json']);
    const options = JSON.parse(JSON.parse(stdout).coverage.notes[0]);
    expect(options).toEqual({
      inputs: ['options', '-'],
      signatureDirs: [expect.stringMatching(/\/signatures\/$/), 'a', 'b'],
      limits: { maxBytes: 1.5 * 1024 ** 3, maxLine: 65_536, maxMembers: 7 },
    });
  });

  it.each(['0', 'x', '-1', '1e3', '12Q', '99999999999999T'])('refuses %s as a size', (size) => {
    const { status, stderr } = runCli(['analyze', 'x', `--max-bytes=${size}`]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^inquest: option '--max-bytes <size>' argument '.*' is invalid\. Give a size/);
  });

  it('says in one line what cannot be read', () => {
    expect(runCli(['analyze', 'unreadable'])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'inquest: unreadable: no such file␇\n',
    });
  });

  it('shows the stack of a bug, and does not exit as if it had found something', () => {
    const { status, stderr } = runCli(['analyze', 'bug']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^TypeError: undefined is not a function\n {4}at analyze .*fake-analyze\.ts/);
  });

  it('prints timings on request, unless it is to be quiet', () => {
    expect(runCli(['analyze', 'x', '--timings']).stderr).toMatch(
      /^start +[\d.]+ s\nread +[\d.]+ s\ndetect +[\d.]+ s\npeak memory +\d+ MiB\n$/,
    );
    expect(runCli(['analyze', 'x', '--timings', '--quiet']).stderr).toBe('');
  });

  it('is not disturbed by a reader that leaves early', async () => {
    const child = spawn(
      'sh',
      [
        '-c',
        `"${process.execPath}" --import ${FAKE_ENGINE} src/cli/main.ts analyze x --fail-on error; echo "status $?" >&2`,
      ],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    child.stdout.destroy();
    let stderr = '';
    for await (const chunk of child.stderr) stderr += chunk;
    expect(stderr).toBe('status 1\n');
  });
});

describe('--output', () => {
  const dir = () => mkdtempSync(join(tmpdir(), 'inquest-'));

  it('writes the file and leaves nothing beside it', () => {
    const path = dir();
    const result = runCli(['analyze', 'x', '--format', 'json', '--output', join(path, 'r.json')]);
    expect(result).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readFileSync(join(path, 'r.json'), 'utf8')).toBe(render(reportFixture(), 'json'));
    expect(readdirSync(path)).toEqual(['r.json']);
  });

  it('replaces what a link points to, not the link', () => {
    const path = dir();
    writeFileSync(join(path, 'real.json'), 'old');
    symlinkSync('real.json', join(path, 'link.json'));
    runCli(['analyze', 'x', '--format', 'json', '--output', join(path, 'link.json')]);
    expect(lstatSync(join(path, 'link.json')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(path, 'real.json'), 'utf8')).toBe(render(reportFixture(), 'json'));
  });

  it('writes to a device without replacing it', () => {
    expect(runCli(['analyze', 'x', '--output', '/dev/null'])).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('is checked before the analysis', () => {
    const path = join(dir(), 'no', 'r.json');
    expect(runCli(['analyze', 'bug', '--output', path])).toEqual({
      status: 2,
      stdout: '',
      stderr: `inquest: cannot write ${path}: no such file or directory\n`,
    });
    expect(runCli(['analyze', 'bug', '--output', 'src']).stderr).toBe('inquest: cannot write src: is a directory\n');
  });
});
