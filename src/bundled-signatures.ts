import { fileURLToPath } from 'node:url';

/** Directory of the signatures that come with inquest: beside `src` in a checkout, beside `dist` in a package. */
export const BUNDLED_SIGNATURES: string = fileURLToPath(new URL('../signatures/', import.meta.url));

/** The same, compiled by the build; used only while it is made from the text in that directory. */
export const COMPILED_SIGNATURES: string = fileURLToPath(new URL('./signatures.json', import.meta.url));
