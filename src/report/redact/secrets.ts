/**
 * Secrets that slipped into logs. What follows a name is masked, never the name: the reader sees that a password stood
 * there. Every pattern is linear: log text is hostile.
 */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [
    /-----BEGIN ([A-Z ]{0,40})PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g,
    '[private key masked]',
  ],
  [/\b(Bearer|Basic)(\s+)[A-Za-z0-9._~+/=-]{12,}/g, '$1$2[masked]'],
  [/\bey[A-Za-z0-9_-]{10,}\.ey[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)?/g, '[token masked]'],
  [/\bsha256~[A-Za-z0-9_-]{20,}/g, '[token masked]'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, '[access key masked]'],
  [/\bgh[pousr]_[A-Za-z0-9]{30,}/g, '[token masked]'],
  [/\bglpat-[A-Za-z0-9_-]{20,}/g, '[token masked]'],
  // The kubeadmin password: four groups of five.
  [
    /(?<![A-Za-z0-9-])(?!(?:[a-z]{5}-){3}[a-z]{5})(?:[A-Za-z0-9]{5}-){3}[A-Za-z0-9]{5}(?![A-Za-z0-9-])/g,
    '[password masked]',
  ],
  [/\$2[aby]?\$\d\d\$[A-Za-z0-9./]{53}/g, '[password hash masked]'],
  // Pull secrets and docker configs, also where a log escaped their quotes.
  [/(\\*"auths?\\*"\s*:\s*\\*")[A-Za-z0-9+/=]{8,}/g, '$1[masked]'],
  [/(:\/\/[^\s/:@"']{1,128}:)[^\s/@"']{1,256}(?=@)/g, '$1[masked]'],
  [
    /((?:password|passwd|passphrase|pwd|client_?secret|secret_?(?:access_?)?key|api_?key|access_?token|refresh_?token|id_?token|auth_?token)\\*["']?\s*[:=]\s*\\*["'])[^"'\\]{1,4096}/gi,
    '$1[masked]',
  ],
  [
    /((?:password|passwd|passphrase|pwd|client_?secret|secret_?(?:access_?)?key|api_?key|access_?token|refresh_?token|id_?token|auth_?token|\btoken)=)(?!\[)[^\s"'&,;\\]{1,4096}/gi,
    '$1[masked]',
  ],
  [
    /((?:^|[\s{,])(?:password|passwd|passphrase|client_?secret|secret_?access_?key|api_?key):\s)(?![["'])[^\s"',}]{1,4096}/gi,
    '$1[masked]',
  ],
  [/(--?(?:password|passwd|token|secret-key)\s)(?!-)[^\s"']{1,4096}/gi, '$1[masked]'],
];

/** A cheap look for what every pattern needs, so that most lines cost one scan. */
const HINTS =
  /PRIVATE KEY|Bearer|Basic|\bey[A-Za-z0-9]|sha256~|AKIA|ASIA|gh[pousr]_|glpat|\$2|"auth|@|pass|pwd|secret|api_?key|token|(?:[A-Za-z0-9]{5}-){3}/i;

export function withoutSecrets(text: string): string {
  if (!HINTS.test(text)) return text;
  return SECRETS.reduce((masked, [pattern, mask]) => masked.replace(pattern, mask), text);
}
