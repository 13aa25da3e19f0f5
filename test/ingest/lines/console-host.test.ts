import { describe, expect, it } from 'vitest';
import { ConsoleHost } from '../../../src/ingest/lines/summary/console-host.ts';

function host(...regions: string[]): string | undefined {
  const found = new ConsoleHost();
  for (const region of regions) found.region(Buffer.from(region), Buffer.byteLength(region));
  return found.host;
}

describe('the host of a console', () => {
  it.each([
    ['\nmaster-2 login: \n', 'master-2'],
    ['\r\n\x1b[0mmaster-2.lab.example.com login: \r\n', 'master-2.lab.example.com'],
    ['\x1b[Kmaster-2 login: \x1b[0;32mcore\x1b[0m\n', 'master-2'],
    ['master-2 login: core (automatic login)\n', 'master-2'],
    ['\0\0worker-1 login: core\n', 'worker-1'],
    ['2025-12-03T10:00:00Z worker-1 login: ', 'worker-1'],
    ['[  12.3] systemd[1]: Hostname set to <worker-1>.\n', 'worker-1'],
    ['[  12.3] systemd[1]: Set hostname to <worker-1>.\n', 'worker-1'],
    ['localhost login: \n[  12.3] systemd[1]: Hostname set to <worker-1>.\nworker-1 login: \n', 'worker-1'],
    ['localhost login: \nlocalhost.localdomain login: \n', undefined],
    ['worker-1 login: \nworker-2 login: \n', undefined],
    ['Last login: Tue Dec  3 10:00:00 on ttyS0\n', undefined],
    ['sshd[12]: Failed login: root\n', undefined],
    ['the user worker-1 login: was refused\n', undefined],
    ['worker-1 login: was refused by the policy\n', undefined],
    ['app[7]: systemd[1]: hostname set to worker-1\n', undefined],
    ['login: \n', undefined],
  ])('%j is %s', (text, name) => {
    expect(host(text)).toBe(name);
  });

  it('is looked for a bounded number of times', () => {
    const hostile = Buffer.from(`${'1.1-'.repeat(100)} login: x login:`.repeat(100_000));
    const started = performance.now();
    const found = new ConsoleHost();
    found.region(hostile, hostile.length);
    expect(found.host).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('is found in any of its regions, and nowhere behind their ends', () => {
    expect(host('one\n', 'worker-1 login: \n', 'three\n')).toBe('worker-1');
    const found = new ConsoleHost();
    found.region(Buffer.from('one\nworker-1 login: \n'), 4);
    expect(found.host).toBeUndefined();
  });
});
