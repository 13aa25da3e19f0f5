import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { BUNDLED_SIGNATURES } from '../../src/bundled-signatures.ts';
import { tarOf } from '../ingest/open/archives.ts';

const scratch = mkdtempSync(join(tmpdir(), 'inquest-folder-hosts-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const KERNEL = 'mlx5_core 0000:3b:00.1: mlx5_query_module_id:315:(pid 2871): query_mcia_reg failed: status: 0x3';
const turns = Array.from({ length: 60 }, (_, turn) => turn);
const DMESG = turns.map((turn) => `[${(100 + 5 * turn).toFixed(6)}] ${KERNEL}\n`).join('');

function journal(host: string): string {
  const clock = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 19);
  return turns.map((turn) => `Dec 03 ${clock(36_100 + 5 * turn)} ${host} kernel: ${KERNEL}\n`).join('');
}

const RAMDISK = { dmesg: DMESG, journal: journal('master-2'), lsblk: 'sda\n' };
const SOSREPORT = {
  'case/sos_commands/kernel/dmesg': DMESG,
  'case/sos_commands/host/hostname': 'master-2\n',
  'case/var/log/messages': journal('master-2'),
};

async function tar(name: string, files: Record<string, string>): Promise<string> {
  const path = join(scratch, name);
  writeFileSync(path, await tarOf(Object.entries(files).map(([member, body]) => ({ name: member, body }))));
  return path;
}

function folder(name: string, files: Record<string, string>): string {
  for (const [member, body] of Object.entries(files)) {
    const path = join(scratch, name, member);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, body);
  }
  return join(scratch, name);
}

function reversed(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).reverse());
}

async function ports(input: string): Promise<string[][]> {
  const report = await analyze([input], { signatureDirs: [BUNDLED_SIGNATURES], now: () => 0 });
  const loops = report.findings.filter(({ signature }) => signature === 'mlx5-module-eeprom-query-loop');
  return loops.map(({ entities }) => entities.filter(({ kind }) => kind === 'nic').map(({ name }) => name));
}

describe('one port, in the kernel log of a host and in its journal', () => {
  it.each([
    ['a ramdisk', RAMDISK],
    ['a renamed sosreport', SOSREPORT],
  ])('of %s is one, in any order of members', async (name, files) => {
    expect(await ports(await tar(`${name}.tar`, files))).toEqual([['master-2/0000:3b:00.1']]);
    expect(await ports(await tar(`${name}-reversed.tar`, reversed(files)))).toEqual([['master-2/0000:3b:00.1']]);
    expect(await ports(folder(name, files))).toEqual([['master-2/0000:3b:00.1']]);
  });

  it('is of neither where the folder holds two hosts', async () => {
    const two = { ...RAMDISK, 'journal-b': journal('master-1') };
    expect(await ports(await tar('two.tar', two))).toEqual([['master-2/0000:3b:00.1'], ['master-1/0000:3b:00.1']]);
    const alone = { dmesg: DMESG, 'journal-a': 'Dec 03 10:00:00 m1 kernel: x\nDec 03 10:00:00 m2 kernel: y\n' };
    expect(await ports(await tar('alone.tar', alone))).toEqual([['0000:3b:00.1']]);
  });
});
