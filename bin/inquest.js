#!/usr/bin/env node
// Checks the Node version before anything that needs it is parsed; uses the one in node_modules where the machine's is older.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  await import('../dist/cli/main.js');
} else {
  const bundled = ['../node_modules/node/bin/node', '../../node/bin/node']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
  if (bundled === undefined) {
    process.stderr.write(`inquest: needs Node 22.18 or newer, this is ${process.versions.node}\n`);
    process.exit(2);
  }
  const { status, signal } = spawnSync(bundled, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  if (signal !== null) process.kill(process.pid, signal);
  process.exit(status ?? 1);
}
