// Makes `npm run demo` and `npm test` work straight after cloning: installs dependencies (and with them the Node that
// inquest needs) and builds. Runs on the machine's own Node, so plain JavaScript of its time.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

function run(...args) {
  const { status } = spawnSync(npm, args, { stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}

function newest(path) {
  if (!existsSync(path)) return 0;
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

if (
  !existsSync('node_modules/.package-lock.json') ||
  newest('package-lock.json') > newest('node_modules/.package-lock.json')
) {
  run('ci', '--no-audit', '--no-fund', '--loglevel=error');
} else if (newest('src') > newest('dist/index.js')) {
  run('run', '--silent', 'build');
}
