import { Buffer } from 'node:buffer';

const BEGIN = '-----BEGIN CERTIFICATE REQUEST-----';
/** `request:` of a CertificateSigningRequest: PEM in base64, and the PEM's body in base64 again. */
const REQUEST = /(\brequest"?: "?)(LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNU[A-Za-z0-9+/=]+)/g;

/** Changes the names inside certificate requests; a name of another length would break the DER's, and stays. */
export function renameRequests(text: string, rename: (text: string) => string): string {
  return text.replaceAll(REQUEST, (_, field: string, request: string) => `${field}${renamed(request, rename)}`);
}

function renamed(request: string, rename: (text: string) => string): string {
  const pem = Buffer.from(request, 'base64').toString('latin1');
  const body = pem.replaceAll(/-----[A-Z ]+-----|\s/g, '');
  const before = Buffer.from(body, 'base64').toString('latin1');
  // The byte before a name is its length: what follows the name may look like more of it.
  const after = before.replaceAll(/([\s\S])(system:node:[a-z0-9.-]+)/g, (whole, length: string, text: string) => {
    const subject = text.slice(0, length.charCodeAt(0));
    const changed = rename(subject);
    return changed.length === subject.length ? `${length}${changed}${text.slice(subject.length)}` : whole;
  });
  const lines =
    Buffer.from(after, 'latin1')
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  const whole = `${BEGIN}\n${lines.join('\n')}\n${BEGIN.replace('BEGIN', 'END')}\n`;
  return Buffer.from(whole, 'latin1').toString('base64');
}
