import { describe, expect, it } from 'vitest';
import { withLocalCauses } from '../../src/correlate/local-causes.ts';
import type { Resource } from '../../src/model/resource.ts';
import { byId, finding, knowledge } from '../support/findings.ts';

const node = (name: string, ready: boolean): Resource =>
  ({
    kind: 'Node',
    name,
    body: { status: { conditions: [{ type: 'Ready', status: ready ? 'True' : 'Unknown' }] } },
  }) as unknown as Resource;

const known = byId(knowledge('cut-off', [], { causeWhenAlone: true }), knowledge('plain'));
const NODES = [node('m0', true), node('m1', true), node('m2', true), node('w0', true), node('w1', false)];

const roles = (findings: Parameters<typeof withLocalCauses>[0], nodes = NODES): string[] =>
  withLocalCauses(findings, known, nodes).map(({ role }) => role);

describe('what one node alone fails at', () => {
  it('is its own fault while most of its peers are ready', () => {
    expect(roles([finding('cut-off', ['node:w1']), finding('plain', ['node:w1'])])).toEqual(['cause', 'symptom']);
  });

  it("is nobody's own fault where two nodes fail at it", () => {
    expect(roles([finding('cut-off', ['node:w1']), finding('cut-off', ['node:w0'])])).toEqual(['symptom', 'symptom']);
  });

  it("may be anybody's fault where half of the peers are away too", () => {
    const nodes = [node('m0', true), node('m1', false), node('m2', false), node('w0', true), node('w1', false)];
    expect(roles([finding('cut-off', ['node:w1'])], nodes)).toEqual(['symptom']);
  });

  it('proves nothing without peers, of a host that is no node, or once it is over', () => {
    expect(roles([finding('cut-off', ['node:w1'])], [])).toEqual(['symptom']);
    expect(roles([finding('cut-off', ['node:w1'])], [node('w1', false)])).toEqual(['symptom']);
    expect(roles([finding('cut-off', ['node:stray'])])).toEqual(['symptom']);
    expect(roles([finding('cut-off', ['node:w1'], { status: 'recovered' })])).toEqual(['symptom']);
  });
});
