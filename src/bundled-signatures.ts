import { fileURLToPath } from 'node:url';

/** Directory of the signatures that come with inquest: beside `src` in a checkout, beside `dist` in a package. */
export const BUNDLED_SIGNATURES: string = fileURLToPath(new URL('../signatures/', import.meta.url));
