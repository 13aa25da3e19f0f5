import { registerHooks } from 'node:module';

/** `node --import` this: the command line then gets the stand-in for `src/analyze.ts`. */
registerHooks({
  resolve(specifier, context, next) {
    const fromCommand = context.parentURL?.endsWith('/src/cli/analyze.ts') === true;
    if (fromCommand && specifier === '../analyze.ts') {
      return { url: new URL('./fake-analyze.ts', import.meta.url).href, shortCircuit: true };
    }
    return next(specifier, context);
  },
});
