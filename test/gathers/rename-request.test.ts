import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { renameRequests } from '../../src/gathers/rename-request.ts';

/** A subject as DER holds it: the length of the name before it, and right behind it a byte that looks like more of it. */
const DER = '\x13\x14system:node:worker-10Y0';
const request = (der: string): string => {
  const body = Buffer.from(der, 'latin1').toString('base64');
  const pem = `-----BEGIN CERTIFICATE REQUEST-----\n${body}\n-----END CERTIFICATE REQUEST-----\n`;
  return `spec:\n  request: ${Buffer.from(pem).toString('base64')}\n  username: u\n`;
};

describe('a certificate request', () => {
  it('is renamed inside, to the end of the name and no further', () => {
    const rename = (text: string): string => text.replaceAll(/worker-1(?!\d)/g, 'cmpabcde');
    expect(renameRequests(request(DER), rename)).toBe(request(DER.replace('worker-1', 'cmpabcde')));
  });

  it('stays as it is where the new name has another length', () => {
    expect(renameRequests(request(DER), (text) => text.replaceAll('worker-1', 'longer-name'))).toBe(request(DER));
  });
});
