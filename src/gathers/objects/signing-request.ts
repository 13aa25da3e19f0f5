import { Buffer } from 'node:buffer';
import type { Random } from '../random.ts';

/** Object identifiers, encoded. */
const ORGANIZATION = [0x55, 0x04, 0x0a];
const COMMON_NAME = [0x55, 0x04, 0x03];
const EC_PUBLIC_KEY = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const P256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const ECDSA_SHA256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];

const SEQUENCE = 0x30;
const SET = 0x31;
const OID = 0x06;
const PRINTABLE = 0x13;

/** A PKCS#10 request in PEM that says who asks, as a kubelet's does. Its key and signature are invented bytes. */
export function pemRequest(organization: string, commonName: string, random: Random): string {
  const key = Buffer.from(`04${random.hex(128)}`, 'hex');
  const algorithm = der(SEQUENCE, der(OID, Buffer.from(EC_PUBLIC_KEY)), der(OID, Buffer.from(P256)));
  const info = der(
    SEQUENCE,
    der(0x02, Buffer.from([0])),
    der(SEQUENCE, name(ORGANIZATION, organization), name(COMMON_NAME, commonName)),
    der(SEQUENCE, algorithm, bits(key)),
    der(0xa0),
  );
  const request = der(
    SEQUENCE,
    info,
    der(SEQUENCE, der(OID, Buffer.from(ECDSA_SHA256))),
    bits(Buffer.from(random.hex(140), 'hex')),
  );
  const lines = request.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE REQUEST-----\n${lines.join('\n')}\n-----END CERTIFICATE REQUEST-----\n`;
}

function name(oid: readonly number[], text: string): Buffer {
  return der(SET, der(SEQUENCE, der(OID, Buffer.from(oid)), der(PRINTABLE, Buffer.from(text, 'latin1'))));
}

function bits(content: Buffer): Buffer {
  return der(0x03, Buffer.from([0]), content);
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = content.length;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}
