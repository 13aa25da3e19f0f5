import type { DownloadLimits } from '../../batch/download.ts';

/** Of one archive that is fetched from an address. */
export const DOWNLOAD_LIMITS: DownloadLimits = { maxBytes: 20 * 1024 ** 3, maxMs: 3_600_000 };
