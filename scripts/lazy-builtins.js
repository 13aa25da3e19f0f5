/** `let node_zlib = require("node:zlib");`, and what the bundler may add for `import zlib from 'node:zlib'`. */
const REQUIRED = /^let (node_\w+) = require\("node:([\w/]+)"\);\n(?:\1 = (\S+\(\1, 1\));\n)?/gm;

/** Node has loaded these by itself before the first line runs. */
const LOADED = new Set(['buffer', 'events', 'fs', 'path', 'timers', 'url', 'util']);

/**
 * A step of bundling: modules of Node's are loaded when they are first used. A command uses few of those that its files
 * name: streams, workers, processes and compression take as long to load as a small journal to read.
 */
export const lazyBuiltins = {
  name: 'lazy-builtins',
  renderChunk(code) {
    const names = [];
    const rest = code.replaceAll(REQUIRED, (whole, name, builtin, converted) => {
      if (LOADED.has(builtin)) return whole;
      // The global of that name; as a module it is copied property by property.
      if (builtin === 'process') return `const ${name} = { default: process };\n`;
      names.push(name);
      const loaded = `require("node:${builtin}")`;
      return `let ${name}_;\nconst ${name}$ = () => ${name}_ ??= ${converted?.replace(name, loaded) ?? loaded};\n`;
    });
    // In parentheses, because of `new node_vm.Script()`.
    return names.reduce((text, name) => text.replaceAll(new RegExp(`\\b${name}\\.`, 'g'), `(${name}$()).`), rest);
  },
};
