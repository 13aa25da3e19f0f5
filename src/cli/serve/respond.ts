import type { ServerResponse } from 'node:http';

/** What the site's own pages may do: load the two files of this server, and talk to it. */
const SITE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // With none at all, browsers would not say where a form comes from.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

export interface Answer {
  readonly status?: number;
  readonly type: 'html' | 'json' | 'css' | 'js' | 'text';
  readonly body: string;
  /** Policy of a page that brings its own. */
  readonly policy?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const TYPES: Readonly<Record<Answer['type'], string>> = {
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  text: 'text/plain; charset=utf-8',
};

export function respond(response: ServerResponse, { status = 200, type, body, policy, headers = {} }: Answer): void {
  response.writeHead(status, {
    ...HEADERS,
    'content-security-policy': policy ?? SITE_POLICY,
    'content-type': TYPES[type],
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}

/** A request that is turned down. The message is shown to whoever asked. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
