#!/usr/bin/env node
// Checks the Node version before anything that needs it is parsed; uses the one in node_modules where the machine's is older.
// CommonJS, as the bundle is: the loader of ES modules takes longer than a small journal.
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const [major, minor] = process.versions.node.split('.').map(Number);

if (process.argv.length === 3 && (process.argv[2] === '--version' || process.argv[2] === '-V')) {
  // Loads nothing for an answer that stands in one file.
  const { version } = JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8'));
  process.stdout.write(`${version}\n`);
} else if (major > 22 || (major === 22 && minor >= 18)) {
  if (!process.argv.includes('--no-cache')) require('../dist/bundle/compile-cache.js').enableCompileCache();
  require('../dist/bundle/prepare.js').prepare(process.argv.slice(2));
  require('../dist/bundle/main.js');
} else {
  const { spawn } = require('node:child_process');
  const bundled = ['../node_modules/node/bin/node', '../../node/bin/node']
    .map((path) => join(__dirname, path))
    .find((path) => existsSync(path));
  if (bundled === undefined) {
    process.stderr.write(`inquest: needs Node 22.18 or newer, this is ${process.versions.node}\n`);
    process.exit(2);
  }
  const args = [__filename, ...process.argv.slice(2)];
  const child = spawn(bundled, args, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (status, signal) => {
    if (signal === null) process.exit(status);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
