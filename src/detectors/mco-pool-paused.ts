import { defineDetector } from '../model/detector.ts';
import { read, readText } from '../model/resource.ts';
import { CERTAIN } from './confidence.ts';
import { evidenceOf } from './evidence.ts';

/** A paused MachineConfigPool that holds back a rendered configuration. */
export const mcoPoolPaused = defineDetector({
  about: {
    id: 'mco-pool-paused',
    title: 'MachineConfigPool is paused with a change pending',
    component: 'machine-config-operator',
    severity: 'warning',
    role: 'cause',
    status: 'stable',
    recovery: 'in-place',
    causes: [
      {
        effect: 'mco-required-pool-not-ready',
        join: ['cluster'],
        agree: ['pool'],
        strength: 'strong',
        because: 'a paused pool never reaches the configuration that the operator waits for',
      },
      {
        effect: 'kubelet-rejects-clients',
        join: ['cluster'],
        strength: 'likely',
        because: 'signers that were rotated since do not reach the nodes of a paused pool',
      },
    ],
    summary: 'Pool {pool} is paused at {current} while {wanted} is waiting.',
    why: 'While a pool is paused nothing reaches its nodes, neither updates nor the rotated CA of the kubelets.',
    confirm: [{ text: 'List the pools', run: 'oc get mcp', risk: 'safe' }],
    fix: [
      {
        text: 'Resume the pool: its nodes are then drained and rebooted one by one',
        run: 'oc patch mcp/{pool} --type merge -p \'{"spec":{"paused":false}}\'',
        risk: 'disruptive',
      },
    ],
    falsePositives: ['A pool paused on purpose during an EUS-to-EUS upgrade'],
  },
  needs: ['MachineConfigPool'],
  detect({ facts, report, noData }) {
    if (facts.MachineConfigPool.length === 0) return noData('no MachineConfigPool was gathered');
    for (const pool of facts.MachineConfigPool) {
      const wanted = readText(pool.body, 'spec.configuration.name');
      const current = readText(pool.body, 'status.configuration.name');
      if (
        read(pool.body, 'spec.paused') !== true ||
        wanted === undefined ||
        current === undefined ||
        wanted === current
      )
        continue;
      report({
        title: `MachineConfigPool ${pool.name} is paused with ${wanted} pending`,
        confidence: CERTAIN,
        entities: [{ kind: 'pool', name: pool.name }],
        captures: { wanted, current },
        evidence: [
          evidenceOf(pool, 'spec.paused'),
          evidenceOf(pool, 'spec.configuration.name'),
          evidenceOf(pool, 'status.configuration.name'),
        ],
      });
    }
  },
});
