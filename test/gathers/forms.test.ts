import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { buildScenario } from '../../src/gathers/build.ts';
import type { Scope } from '../../src/gathers/gather.ts';
import { healthyNoisy } from '../../src/gathers/scenarios/healthy-noisy.ts';

/** The healthy gather as another collector would have left it. */
function collectedAs(tool: Scope['tool'] & string): Map<string, string> {
  const gather = { ...healthyNoisy.make().gather!, scope: { tool } };
  const tree = buildScenario({ name: 'x', make: () => ({ gather, beside: new Map() }) });
  return new Map([...tree].map(([path, bytes]) => [path, Buffer.from(bytes).toString('utf8')]));
}

describe('the forms of a gather', () => {
  it('the fallback lies in the directory of the must-gather that failed, and says so', () => {
    const files = collectedAs('inspect-fallback');
    const log = [...files].find(([path]) => /^gather\/must-gather\.local\.\d+\/must-gather\.logs$/.test(path))!;
    expect(log[1]).toContain('Falling back to `oc adm inspect clusteroperators.v1.config.openshift.io`');
    expect(
      [...files.keys()].some((path) => /must-gather\.local\.\d+\/inspect\.local\.\d+\/namespaces\//.test(path)),
    ).toBe(true);
  });

  it('an Insights archive names objects in its own way and keeps the last hundred lines of a log', () => {
    const files = collectedAs('insights');
    const named = (end: string) => [...files].find(([path]) => path.endsWith(end))!;
    expect(JSON.parse(named('/config/version.json')[1]).kind).toBe('ClusterVersion');
    expect(JSON.parse(named('/config/node/master-0.json')[1]).metadata.name).toBe('master-0');
    expect(JSON.parse(named('/events/openshift-marketplace.json')[1]).items.length).toBeGreaterThan(0);
    const lengths = [...files].filter(([path]) => path.endsWith('.log')).map(([, text]) => text.split('\n').length - 1);
    expect(Math.max(...lengths)).toBe(100);
  });
});
