import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where compiled signatures are kept between runs: in the user's own cache folder, as the XDG specification has it. */
export function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'];
  return join(base !== undefined && isAbsolute(base) ? base : join(homedir(), '.cache'), 'inquest');
}
