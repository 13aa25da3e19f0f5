/**
 * Ends the process once what was written to stdout is out. Left to itself Node would take the heap apart first, which takes
 * longer than to render the report.
 */
export async function leave(): Promise<void> {
  await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  process.exit();
}
