/**
 * Secrets that slipped into logs. What follows a name is masked, never the name: the reader sees that a password stood
 * there. Every pattern is linear: log text is hostile.
 */
type Mask = string | ((...match: string[]) => string);

const NAMED =
  'password|passwd|passphrase|pwd|client_?secret|secret_?(?:access_?)?key|account_?key|api_?key|access_?token|refresh_?token|id_?token|auth_?token';

const SECRETS: readonly (readonly [RegExp, Mask])[] = [
  [
    /-----BEGIN ([A-Z ]{0,40})PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g,
    '[private key masked]',
  ],
  // The same in base64, as kubeconfigs and Secrets hold it; certificates begin alike and are no secret.
  [
    /LS0tLS1CRUdJTi(?:BSU0EgUFJJVkFURSBLRVkt|BQUklWQVRFIEtFWS|BFQyBQUklWQVRFIEtFWS|BPUEVOU1NIIFBSSVZBVEUg|BFTkNSWVBURUQgUFJJVkFUR)[A-Za-z0-9+/=]{0,65536}/g,
    '[private key masked]',
  ],
  // A line from the middle of a key: base64 and nothing else. Digests are hexadecimal.
  [/^(?=\S*[G-Zg-z+/])[A-Za-z0-9+/]{60,76}={0,2}$/g, '[base64 masked]'],
  // `{"auths":` and `{"auth":` in base64: what `.dockerconfigjson` holds.
  [
    /(?<![A-Za-z0-9+/])(?:eyJhdXRo|ewogICJhdXRo|eyAiYXV0a|ewogICAgImF1dGh)[A-Za-z0-9+/=]{8,65536}/g,
    '[pull secret masked]',
  ],
  [/\b(Bearer)(\s+)(?=[A-Za-z._~+/=-]{0,200}\d)[A-Za-z0-9._~+/=-]{12,}/gi, '$1$2[masked]'],
  [/\b(Basic)(\s+)([A-Za-z0-9+/]{6,4096}={0,2})(?![A-Za-z0-9+/=])/gi, basic],
  [/\bey[A-Za-z0-9_-]{10,}\.ey[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)?/g, '[token masked]'],
  [/\bsha256~[A-Za-z0-9_-]{20,}/g, '[token masked]'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, '[access key masked]'],
  [/\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g, '[access key masked]'],
  [/\bgh[pousr]_[A-Za-z0-9]{30,}/g, '[token masked]'],
  [/\bgithub_pat_[A-Za-z0-9_]{30,}/g, '[token masked]'],
  [/\bglpat-[A-Za-z0-9_-]{20,}/g, '[token masked]'],
  [/\bxox[abprs]-[A-Za-z0-9-]{10,}/g, '[token masked]'],
  // The kubeadmin password: four groups of five.
  [
    /(?<![A-Za-z0-9-])(?!(?:[a-z]{5}-){3}[a-z]{5})(?:[A-Za-z0-9]{5}-){3}[A-Za-z0-9]{5}(?![A-Za-z0-9-])/g,
    '[password masked]',
  ],
  [/\$2[aby]?\$\d\d\$[A-Za-z0-9./]{53}/g, '[password hash masked]'],
  [/\$(?:5|6|y)\$[A-Za-z0-9./$=,]{30,}/g, '[password hash masked]'],
  // Pull secrets and docker configs, also where a log escaped their quotes.
  [/(\\*"auths?\\*"\s*:\s*\\*")[A-Za-z0-9+/=]{8,}/g, '$1[masked]'],
  [/(:\/\/[^\s/:@"']{0,128}:)[^\s/@"']{1,256}(?=@)/g, '$1[masked]'],
  [new RegExp(`((?:${NAMED})\\\\*["']?\\s*[:=]\\s*\\\\*["'])(?!\\[)[^"'\\\\]{1,4096}`, 'gi'), '$1[masked]'],
  [new RegExp(`((?:${NAMED}|\\btoken)=)(?!\\[)[^\\s"'&,;\\\\]{1,4096}`, 'gi'), '$1[masked]'],
  [
    /((?:^|[\s{,])(?:password|passwd|passphrase|client_?secret|secret_?access_?key|api_?key):\s)(?![["'])[^\s"',}]{1,4096}/gi,
    '$1[masked]',
  ],
  [/(--?(?:password|passwd|token|secret-key)\s)(?!-)(?!\[)[^\s"']{1,4096}/gi, '$1[masked]'],
];

/** `Basic authentication` is prose: what decodes to `user:password` is none. */
function basic(whole: string, scheme: string, space: string, value: string): string {
  return /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(Buffer.from(value, 'base64').toString('latin1'))
    ? `${scheme}${space}[masked]`
    : whole;
}

/** A cheap look for what every pattern needs, so that most lines cost one scan. */
const HINTS =
  /PRIVATE KEY|LS0t|Bearer|Basic|\bey[A-Za-z0-9]|\bewog|sha256~|AKIA|ASIA|AIza|gh[pousr]_|github_pat|glpat|xox|\$[256y]|"auth|@|pass|pwd|secret|(?:api|account)_?key|token|(?:[A-Za-z0-9]{5}-){3}|^[A-Za-z0-9+/]{60}/i;

export function withoutSecrets(text: string): string {
  if (!HINTS.test(text)) return text;
  return SECRETS.reduce(
    (masked, [pattern, mask]) =>
      typeof mask === 'string' ? masked.replace(pattern, mask) : masked.replace(pattern, mask),
    text,
  );
}
