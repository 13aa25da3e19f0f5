// The last step of the build: parses and validates the signatures once, so that no analysis has to.
import { BUNDLED_SIGNATURES, COMPILED_SIGNATURES } from '../dist/bundled-signatures.js';
import { compileSignatures } from '../dist/detect/load.js';
import { writeCompiled } from '../dist/detect/load-compiled.js';

const { key, signatures } = await compileSignatures(BUNDLED_SIGNATURES);
writeCompiled(COMPILED_SIGNATURES, key, signatures);
