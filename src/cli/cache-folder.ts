import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where compiled signatures and code are kept between runs: in the user's own cache folder, as the XDG specification has it.
 * Undefined for a user without a home, as in many containers.
 */
export function cacheFolder(): string | undefined {
  const base = process.env['XDG_CACHE_HOME'];
  if (base !== undefined && isAbsolute(base)) return join(base, 'inquest');
  try {
    return join(homedir(), '.cache', 'inquest');
  } catch {
    return undefined;
  }
}
