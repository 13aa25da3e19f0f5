import { createHash } from 'node:crypto';

/**
 * Content security policy under which the page can do nothing but run the scripts and styles with these exact bodies:
 * no request of any kind, no form, no frame, no inline handler.
 */
export function policyOf(scripts: readonly string[], styles: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src ${scripts.length === 0 ? "'none'" : scripts.map(source).join(' ')}`,
    `style-src ${styles.map(source).join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function source(body: string): string {
  return `'sha256-${createHash('sha256').update(body, 'utf8').digest('base64')}'`;
}
