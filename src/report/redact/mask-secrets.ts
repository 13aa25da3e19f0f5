import type { Report } from '../../model/report.ts';
import { mapStrings } from './map-strings.ts';
import { withoutSecrets } from './secrets.ts';

/** The report without passwords, tokens and keys. Every rendering begins with it. */
export function maskSecrets(report: Report): Report {
  return mapStrings(report, withoutSecrets);
}
