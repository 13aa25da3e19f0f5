import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/run-cli.ts';

const OWN = `
id: zz-own-fault
title: Our own operator is out of coffee
component: coffee
severity: warning
role: cause
status: experimental
match:
  empty:
    log:
      contains: coffee reservoir empty
summary: No coffee.
why: The reservoir is empty.
tests:
  hits:
    - name: one line
      log:
        lines: ['coffee reservoir empty']
  clear:
    - name: another line
      log:
        lines: ['tea reservoir empty']
`;

function directory(text: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'inquest-'));
  writeFileSync(join(dir, 'zz-own-fault.yaml'), text);
  return dir;
}

const run = (command: string[], dir: string) =>
  runCli(['signatures', ...command, '--signatures', dir], { engine: true });

describe('inquest signatures', () => {
  it('lists signatures and detectors by id, those of the user among them', () => {
    const { status, stdout } = run(['list'], directory(OWN));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^zz-own-fault +warning +cause +Our own operator is out of coffee$/m);
    expect(stdout).toMatch(/^vip-not-in-machine-network +\w+ +cause /m);
    const ids = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0]!);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  it('shows one', () => {
    const { stdout } = run(['show', 'zz-own-fault'], directory(OWN));
    expect(stdout).toMatch(/^zz-own-fault\n\nOur own operator is out of coffee\n/);
    expect(stdout).toContain('    coffee reservoir empty\n');
    expect(stdout).toContain('A finding reads: No coffee.');
  });

  it('helps with ids', () => {
    expect(run(['show', 'own-fault'], directory(OWN))).toEqual({
      status: 2,
      stdout: '',
      stderr: 'inquest: no signature is called own-fault; did you mean zz-own-fault?\n',
    });
    expect(run(['test', 'no-such-thing'], directory(OWN)).status).toBe(2);
  });

  it('runs the test cases that were asked for', () => {
    expect(run(['test', 'zz-own-fault'], directory(OWN))).toEqual({
      status: 0,
      stdout: '2 passed, 0 failed\n',
      stderr: '',
    });
  });

  it('exits with 1 where a case fails', () => {
    const { status, stdout } = run(['test', 'zz-own-fault'], directory(OWN.replace("['tea ", "['coffee ")));
    expect(status).toBe(1);
    expect(stdout).toMatch(/^FAILED zz-own-fault, clear, another line: .+\n1 passed, 1 failed\n$/);
  });

  it('exits with 1 where lint finds a mistake', () => {
    const { status, stdout } = run(
      ['lint'],
      directory(`${OWN}causes: [{effect: nowhere, join: [node], strength: weak, because: x}]\n`),
    );
    expect(status).toBe(1);
    expect(stdout).toMatch(/zz-own-fault\.yaml: causes nowhere, /);
  });

  it('says where a signature is wrong, a line each', () => {
    const dir = directory(OWN.replace('severity: warning', 'severity: awful').replace('role: cause', 'role: villain'));
    const { status, stdout, stderr } = run(['list'], dir);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
    expect(stderr).toMatch(/^inquest: .*zz-own-fault\.yaml:5:\d+: /m);
    expect(stderr).toMatch(/^inquest: .*zz-own-fault\.yaml:6:\d+: /m);
  });
});
