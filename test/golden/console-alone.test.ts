import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { BUNDLED_SIGNATURES } from '../../src/bundled-signatures.ts';

const CONSOLE = 'sample-gathers/vip-outside-machine-network/master-2-console.log';

describe('the console of one host and nothing else', () => {
  it('yields the port that its driver loops on, and says what else to collect', async () => {
    const report = await analyze([CONSOLE], { signatureDirs: [BUNDLED_SIGNATURES], now: () => 0 });
    const [cause, ...others] = report.rootCauses;
    expect(others).toEqual([]);
    expect(cause).toMatchObject({ signature: 'mlx5-module-eeprom-query-loop', status: 'active' });
    expect(cause!.entities).toEqual(
      expect.arrayContaining([
        { kind: 'node', name: 'master-2' },
        { kind: 'nic', name: 'master-2/0000:3b:00.1' },
      ]),
    );
    expect(cause!.collectNext.join('\n')).toMatch(/firmware versions/);
    expect(cause!.collectNext.join('\n')).toMatch(/metal3/);
    expect(report.coverage.missing.map(({ what }) => what)).toContain('cluster state');

    const finding = report.findings.find(({ id }) => id === cause!.finding)!;
    const lines = readFileSync(CONSOLE, 'latin1').split('\n');
    expect(finding.count).toBe(lines.filter((line) => line.includes('query_mcia_reg failed')).length);
    const [first] = finding.evidence;
    expect(lines[first!.line! - 1]).toContain(first!.text.slice(0, 100));
    // The loop has a name: so it is no anomaly.
    expect(report.anomalies ?? []).toEqual([]);
  });
});
