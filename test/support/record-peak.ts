import { writeFileSync } from 'node:fs';

// Loaded before the command line by `--import`: leaves the peak resident memory, in KiB, in the file that PEAK_FILE names.
process.on('exit', () => {
  writeFileSync(process.env['PEAK_FILE']!, String(process.resourceUsage().maxRSS));
});
