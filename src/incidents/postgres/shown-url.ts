/** An address for messages, which end up in logs: `postgres://user@host/name`, without password and query. */
export function withoutPassword(url: string): string {
  try {
    const { protocol, username, host, pathname } = new URL(url);
    return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`;
  } catch {
    return url.replace(/:[^:@/]*@/, '@');
  }
}
