import { describe, expect, it } from 'vitest';
import { fill, fillCommand, fillTitle } from '../../src/model/template.ts';
import { finding } from '../support/findings.ts';

const slow = finding('etcd-slow', ['node:m0', 'nic:m0/0000:3b:00.1'], {
  captures: { took: '2.5', 'took.max': '9.1', unit: 'x; reboot', path: '$(reboot)' },
  count: 12,
  from: '2026-01-01T10:00:00Z',
  to: '2026-01-01T13:00:00Z',
});

describe('fill', () => {
  it('puts in entities, captures, counts and times', () => {
    expect(fill('{node}: {took.max} s, {count} times since {first} for {duration}', slow)).toBe(
      'm0: 9.1 s, 12 times since 2026-01-01T10:00:00Z for 3 h',
    );
  });

  it('marks what nothing fills', () => {
    expect(fill('{pod} failed', slow)).toBe('? failed');
  });

  it('does not fill in what a value brings along', () => {
    expect(fill('{path}', finding('x', [], { captures: { path: '{node}' } }))).toBe('{node}');
  });
});

describe('fillTitle', () => {
  it('is one line with every placeholder filled', () => {
    expect(fillTitle('{nic} needs {took} s', slow)).toBe('m0/0000:3b:00.1 needs 2.5 s');
    expect(fillTitle('{said}', finding('x', [], { captures: { said: 'two\n  lines' } }))).toBe('two lines');
  });

  it.each([
    ['a placeholder has no value', '{node} lost {pod}'],
    ['a value is empty', '{node} says {nothing}'],
    ['it gets too long', '{node} says {much}'],
  ])('is undefined where %s', (_, headline) => {
    const said = finding('x', ['node:m0'], { captures: { nothing: ' ', much: 'very '.repeat(40) } });
    expect(fillTitle(headline, said)).toBeUndefined();
  });
});

describe('fillCommand', () => {
  it('names a NIC as its host does', () => {
    expect(fillCommand('lspci -s {nic}', slow)).toBe('lspci -s 0000:3b:00.1');
  });

  it.each(['{unit}', '{path}', '{missing}'])('never puts %s from a log into a shell', (placeholder) => {
    expect(fillCommand(`systemctl status ${placeholder}`, slow)).toBe(`systemctl status <${placeholder.slice(1, -1)}>`);
  });

  it('never lets a value pass for an option', () => {
    expect(fillCommand('oc get {name}', finding('x', [], { captures: { name: '--all' } }))).toBe('oc get <name>');
  });
});
