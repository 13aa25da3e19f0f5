import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyzeInChild } from '../../src/batch/analyze-in-child.ts';
import { BUNDLED_SIGNATURES, COMPILED_SIGNATURES } from '../../src/bundled-signatures.ts';
import { DirectoryArchive } from '../../src/incidents/directory/directory-archive.ts';
import { runCli } from '../support/run-cli.ts';

/** A port that asks an absent module for its identity, forever; `ticket` makes it another console. */
function consoleOf(ticket: number): string {
  const lines = Array.from({ length: 400 }, (_, n) => {
    const at = (60 + n * 11).toFixed(6).padStart(12);
    return `[${at}] mlx5_core 0000:5e:00.1: mlx5_query_module_id:315:(pid ${2000 + n}): query_mcia_reg failed: status: 0x3`;
  });
  return `[    0.000000] Linux version 5.14.0 #${ticket}\r\n${lines.join('\r\n')}\r\n`;
}

const COUNT = 6;
/** Two broken ones and a twin. */
const ALL = COUNT + 3;

let root: string;
let inputs: string;
let undisturbed: string;

function batch(archive: string, ...args: string[]) {
  return runCli(['batch', inputs, '--archive', archive, ...args], { engine: true });
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'inquest-batch-'));
  inputs = join(root, 'inputs');
  mkdirSync(inputs);
  for (let i = 0; i < COUNT; i++) writeFileSync(join(inputs, `node-${i}-console.log`), consoleOf(i));
  writeFileSync(join(inputs, 'broken.zip'), 'PK\u0003\u0004 and no more');
  writeFileSync(join(inputs, 'empty.log'), '');
  cpSync(join(inputs, 'node-3-console.log'), join(inputs, 'node-twin-of-3-console.log'));
  undisturbed = join(root, 'undisturbed');
});

/** What no two analyses have in common: when they were made, how long they took, and digests of both. */
const VARYING =
  /"(?:generatedAt|analysedAt|at|durationMs|report\.\w+)": ?(?:"[^"]*"|[\d.]+)|read in [\d.]+ m?s|, \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ\.$/gm;

/** Everything in an archive but times and drafts, by path. */
function contents(archive: string): Record<string, string> {
  const files: Record<string, string> = {};
  const walk = (folder: string) => {
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) walk(path);
      else files[relative(archive, path)] = readFileSync(path, 'utf8');
    }
  };
  walk(archive);
  return Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => !path.startsWith('index/'))
      .map(([path, text]) => [path, text.replaceAll(VARYING, '')]),
  );
}

async function found(archive: string): Promise<string[]> {
  const store = await DirectoryArchive.open(archive);
  const { hits } = await store.search({ words: 'mlx5', filter: {}, page: { skip: 0, most: 100 } });
  return hits.map(({ incident }) => incident.name.replace('twin-of-', '')).sort();
}

describe('inquest batch', () => {
  it('accounts for every archive, whatever is wrong with some', async () => {
    const { status, stdout } = batch(undisturbed, '--render', 'markdown');
    expect(status).toBe(2);
    expect(stdout).toMatch(/broken\.zip {2}holds no readable byte/);
    expect(stdout).toMatch(/empty\.log {2}the file is empty/);
    expect(stdout).toContain(`${ALL} archives: ${COUNT} analysed, 1 the same as others, 2 could not be analysed`);
    expect(stdout.match(/^\[\d\/9\] done {4}/gm)).toHaveLength(COUNT);
    const ids = readdirSync(join(undisturbed, 'incidents'));
    expect(ids).toHaveLength(COUNT);
    for (const id of ids) {
      expect(readdirSync(join(undisturbed, 'incidents', id)).sort()).toEqual([
        'incident.json',
        'report.json',
        'report.md',
      ]);
    }
    expect(readdirSync(join(undisturbed, 'failures'))).toHaveLength(2);
    expect(readdirSync(join(undisturbed, 'incoming'))).toEqual([]);
  });

  it('does nothing again that is done', () => {
    const { status, stdout } = batch(undisturbed);
    expect(status).toBe(2);
    expect(stdout).toContain(
      `${ALL} archives: 0 analysed, ${COUNT} known already, 1 the same as others, 2 could not be analysed`,
    );
  });

  it('comes to the same when it is killed again and again', async () => {
    const archive = join(root, 'killed');
    for (const lines of [1, 2, 1]) await killAfter(lines, archive);
    const { stdout } = batch(archive, '--render', 'markdown');
    expect(stdout).toMatch(/9 archives: \d analysed, [1-9]\d* known already/);
    expect(contents(archive)).toEqual(contents(undisturbed));
    expect(await found(archive)).toEqual(await found(undisturbed));
    expect(await found(archive)).toHaveLength(COUNT);
  });

  it('keeps what is done when it is told to end, and does the rest the next time', async () => {
    const archive = join(root, 'ended');
    const { code, stderr } = await killAfter(1, archive, 'SIGTERM');
    expect(code).toBe(143);
    expect(stderr).not.toMatch(/^\s+at /m);
    const { stdout } = batch(archive, '--render', 'markdown');
    expect(stdout).toMatch(/9 archives: \d analysed, [1-9]\d* known already/);
    expect(contents(archive)).toEqual(contents(undisturbed));
  });

  it('analyses again only what --update asks for', () => {
    const archive = join(root, 'updated');
    const signatures = join(root, 'signatures');
    cpSync(undisturbed, archive, { recursive: true });
    cpSync(join(BUNDLED_SIGNATURES, 'etcd'), signatures, { recursive: true });
    const one = join(inputs, 'node-1-console.log');
    const run = (...args: string[]) =>
      runCli(['batch', one, '--archive', archive, '--signatures', signatures, ...args], { engine: true });
    expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining('--update analyses them again') });
    expect(run('--update').stdout).toContain('1 archive: 1 analysed');
    expect(run('--update').stdout).toContain('1 archive: 0 analysed, 1 known already');
  });

  it('exits with 1 where something is found, known or new', () => {
    const archive = join(root, 'found');
    const run = () =>
      runCli(['batch', join(inputs, 'node-1-console.log'), '--archive', archive, '--fail-on', 'warning'], {
        engine: true,
      });
    expect(run().status).toBe(1);
    expect(run().status).toBe(1);
  });

  it('says what is wrong with its arguments', () => {
    expect(batch(inputs)).toMatchObject({
      status: 2,
      stderr: `inquest: ${inputs}: is neither empty nor an archive of incidents\n`,
    });
    expect(runCli(['batch', 'x.gz']).stderr).toContain("required option '-a, --archive <dir>' not specified");
    expect(batch(join(root, 'x'), '--max-time', '5').stderr).toContain('Give a duration such as');
    expect(batch(join(root, 'x'), '--render', 'html,pdf').stderr).toContain('Give some of');
  });
});

/** Runs the batch and ends it, without warning if nothing else is said, once it has said that it did so many. */
async function killAfter(
  lines: number,
  archive: string,
  signal: NodeJS.Signals = 'SIGKILL',
): Promise<{ code: number | null; stderr: string }> {
  const args = ['src/cli/main.ts', 'batch', inputs, '--archive', archive, '--render', 'markdown', '--jobs', '1'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  let seen = '';
  let stderr = '';
  let isEnding = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  for await (const chunk of child.stdout) {
    seen += chunk;
    if (isEnding || (seen.match(/ done {4}/g) ?? []).length < lines) continue;
    isEnding = true;
    child.kill(signal);
  }
  const [code] = await ended;
  return { code, stderr };
}

describe('an analysis in a process of its own', () => {
  const settings = {
    signatureDirs: [BUNDLED_SIGNATURES],
    compiled: COMPILED_SIGNATURES,
    limits: {},
    threads: 1,
    renderings: [],
  };
  const job = () => ({ path: join(inputs, 'node-0-console.log'), settings });

  it('ends where it meets a limit', async () => {
    const time = await analyzeInChild(job(), { maxMs: 20, maxMemory: 2 ** 32 });
    expect(time).toEqual({ failed: 'time', reason: 'took longer than 20 ms (--max-time)' });
    const memory = await analyzeInChild(job(), { maxMs: 60_000, maxMemory: 1 });
    expect(memory).toEqual({ failed: 'memory', reason: 'needed more than 1 B of memory (--max-memory)' });
  });

  it('says why it died', async () => {
    const broken = { ...job(), settings: { ...settings, renderings: ['no such' as never] } };
    const result = await analyzeInChild(broken, { maxMs: 60_000, maxMemory: 2 ** 32 });
    expect(result).toMatchObject({
      failed: 'crash',
      reason: expect.stringMatching(/^ended with exit code 1: TypeError/),
    });
  });

  it('calls the input as it is told to', async () => {
    const result = await analyzeInChild(
      { ...job(), shownAs: 'https://host/console.log' },
      { maxMs: 60_000, maxMemory: 2 ** 32 },
    );
    expect(result).toMatchObject({ report: { inputs: [{ path: 'https://host/console.log' }] } });
  });

  it('does not outlive its parent', () => {
    const pid = spawnSync(process.execPath, ['--input-type=module', '-e', ORPHANING], {
      encoding: 'utf8',
    }).stdout.trim();
    expect(Number(pid)).toBeGreaterThan(0);
    const deadline = performance.now() + 20_000;
    while (isRunning(Number(pid))) {
      if (performance.now() > deadline) throw new Error(`process ${pid} still runs`);
    }
  });
});

/** Starts an analysis without giving it a job, and dies. */
const ORPHANING = `
  import { fork } from 'node:child_process';
  const child = fork('src/cli/batch/analysis-child.ts', { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  process.stdout.write(String(child.pid), () => process.kill(process.pid, 'SIGKILL'));
`;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
