import type { Placed } from '../evidence.ts';
import type { Certificate } from './pem.ts';

/** A certificate that is in use, where it is kept, and when what it stands for ends. */
export interface HeldCertificate {
  readonly resource: Placed;
  /** Field path of the PEM text. */
  readonly path: string;
  readonly certificate: Certificate;
  /** `namespace/name` of its Secret or ConfigMap, else the request's name. */
  readonly name: string;
  /** Others depend on it: a signer, or a CA bundle of the control plane. */
  readonly weight: 'authority' | 'leaf' | 'bundle';
}
