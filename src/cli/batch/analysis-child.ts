import type { AnalysisJob, AnalysisMessage } from '../../batch/analysis-job.ts';
import { UserError } from '../../model/errors.ts';
import { enableCompileCache } from '../compile-cache.ts';
import { boundYoungGeneration } from '../young-generation.ts';

// The process of one analysis of a batch: takes one job from its parent, answers, and ends.

/** Progress is told no more often. */
const TELL_MS = 500;

function tell(message: AnalysisMessage): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(message, undefined, undefined, () => resolve());
  });
}

async function run({ path, shownAs, settings }: AnalysisJob): Promise<AnalysisMessage> {
  // Compiling the sources takes longer than analysing a small log.
  if (settings.cacheDir !== undefined) enableCompileCache();
  const { analyze } = await import('../../analyze.ts');
  const { render } = await import('../../report/render.ts');
  let told = 0;
  try {
    const report = await analyze([path], {
      signatureDirs: settings.signatureDirs,
      load: { compiled: settings.compiled, ...(settings.cacheDir !== undefined && { cacheDir: settings.cacheDir }) },
      limits: settings.limits,
      jobs: settings.threads,
      ...(settings.assumedOffset !== undefined && { assumedOffset: settings.assumedOffset }),
      now: Date.now,
      stage: boundYoungGeneration,
      progress({ bytes, total }) {
        if (Date.now() - told < TELL_MS) return;
        told = Date.now();
        void tell({ type: 'progress', bytes, ...(total !== undefined && { total }) });
      },
    });
    const named = shownAs === undefined ? report : { ...report, inputs: [{ ...report.inputs[0]!, path: shownAs }] };
    const renderings = settings.renderings.map((format) => [fileOf(format), render(named, format)] as const);
    return { type: 'done', report: render(named, 'json'), renderings };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { type: 'failed', kind: 'unreadable', reason: error.message.split('\n')[0]! };
  }
}

const EXTENSIONS: Readonly<Record<string, string>> = { terminal: 'txt', html: 'html', json: 'json' };

/** `report.html`, `report.md`, `postmortem.md` */
function fileOf(format: string): string {
  const base = ['postmortem', 'summary', 'slack'].includes(format) ? format : 'report';
  return `${base}.${EXTENSIONS[format] ?? 'md'}`;
}

// Without its parent there is nobody to answer.
process.on('disconnect', () => process.exit(1));
process.once('message', async (job: AnalysisJob) => {
  await tell(await run(job));
  process.exit(0);
});
