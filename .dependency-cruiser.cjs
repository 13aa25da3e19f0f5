const layers = ['ingest', 'detect', 'correlate', 'report', 'incidents', 'compare'];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle hides which of the two is the lower layer.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'model-imports-nothing-of-ours',
      comment: 'The vocabulary is the one thing every layer shares; it must not know any of them.',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { path: '^src/', pathNot: '^src/model/' },
    },
    ...layers.map((layer) => ({
      name: `${layer}-imports-model-only`,
      comment: 'Layers meet in analyze.ts, never in each other.',
      severity: 'error',
      from: { path: `^src/${layer}/` },
      to: { path: '^src/', pathNot: `^src/(model|${layer})/` },
    })),
    {
      name: 'detectors-import-model-only',
      comment: 'A detector sees the facts it declares, and nothing else.',
      severity: 'error',
      from: { path: '^src/detectors/' },
      to: { path: '^src/', pathNot: '^src/(model|detectors)/' },
    },
    {
      name: 'cli-is-the-only-entry',
      comment: 'Only the CLI prints, reads the clock or sets an exit code.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'file-system-in-named-places',
      comment: 'Everything else works on what it is given, so that the same input gives the same bytes.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot:
          '^src/(ingest|cli|incidents|batch|detect/load|report/html/assets|archive/html/(document|site-script))|^src/gathers/',
      },
      to: { path: '^(node:)?fs' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
