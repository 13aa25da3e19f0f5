import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { IncidentStore } from '../incidents/store.ts';
import { UserError } from '../model/errors.ts';
import { type AnalysisFlags, addAnalysisOptions, prepareAnalysis } from './batch/analysis-options.ts';
import { stopOnSignals } from './batch/stop-on-signals.ts';
import { collect, loadDetectors, loadSignatures } from './catalogue.ts';
import { type ArchiveFlags, addArchiveOption, withArchive, withIncoming } from './incidents/open-archive.ts';
import { size } from './limits.ts';
import { guard, hostsOf } from './serve/guard.ts';
import { Refusal, respond } from './serve/respond.ts';
import type { Site } from './serve/site.ts';

interface Flags extends ArchiveFlags, AnalysisFlags {
  readonly host: string;
  readonly port: number;
  readonly allowHost?: readonly string[];
  readonly maxUpload: number;
}

const TWENTY_GIB = 20 * 1024 ** 3;
const UPLOAD_MS = 6 * 3_600_000;

export function addServeCommand(inquest: Command): void {
  const command = inquest
    .command('serve')
    .description('show an archive as a small local web page: list, search, reports, statistics, uploads');
  addArchiveOption(command)
    .addOption(new Option('--host <address>', 'address to listen on').default('127.0.0.1'))
    .addOption(new Option('--port <number>', 'port to listen on; 0 for any').argParser(port).default(8666))
    .option('--allow-host <name>', 'another name that the server is reached by; repeatable', collect);
  addAnalysisOptions(command)
    .addOption(
      new Option('--max-upload <size>', 'of one archive')
        .argParser(size)
        .default(TWENTY_GIB, '20GiB')
        .helpGroup('Limits:'),
    )
    .action(run);
}

function port(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new InvalidArgumentError('Give a number from 0 to 65535.');
  return Number(text);
}

async function run(flags: Flags): Promise<void> {
  await withArchive(
    flags.archive,
    (archive) => withIncoming(flags.archive, (incoming) => serve(archive, incoming, flags)),
    {
      create: true,
    },
  );
}

async function serve(archive: IncidentStore, incoming: string, flags: Flags): Promise<void> {
  const { answer } = await import('./serve/site.ts');
  const { UploadQueue } = await import('./serve/upload-queue.ts');
  const stop = stopOnSignals(() => undefined);
  const options = {
    ...(await prepareAnalysis(flags, availableParallelism())),
    jobs: 1,
    downloads: { maxBytes: 0, maxMs: 0 },
    update: true,
    incoming,
    now: Date.now,
    signal: stop.signal,
  };
  const uploads = new UploadQueue(archive, options, { maxBytes: flags.maxUpload });
  const site: Site = { archive, uploads, signatures: await signatureIds(flags), now: Date.now };
  // Loads an HTTP client along with it, which no other command needs.
  const { createServer } = await import('node:http');
  const server = createServer();
  server.requestTimeout = UPLOAD_MS;
  const bound = await listen(server, flags);
  const hosts = hostsOf(flags.host, bound.port, flags.allowHost ?? []);
  server.on('request', (request, response) => handle(request, response, hosts, (one) => answer(site, one)));
  const shown = flags.host.includes(':') ? `[${flags.host}]` : flags.host;
  process.stdout.write(`${flags.archive} is at http://${shown}:${bound.port}/ until Ctrl-C\n`);
  await ended(server, stop.signal);
  await uploads.idle();
}

async function signatureIds(flags: Flags): Promise<string[]> {
  const { signatures } = await loadSignatures(flags);
  const detectors = await loadDetectors();
  return [...new Set([...signatures.map(({ id }) => id), ...detectors.map(({ about }) => about.id)])].sort();
}

function listen(server: Server, flags: Flags): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(new UserError(`cannot listen on ${flags.host}:${flags.port}: ${error.message}`)),
    );
    server.listen(flags.port, flags.host, () => resolve(server.address() as AddressInfo));
  });
}

function ended(server: Server, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const close = () => {
      server.close(() => resolve());
      server.closeAllConnections();
    };
    if (signal.aborted) close();
    else signal.addEventListener('abort', close);
  });
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  hosts: ReadonlySet<string>,
  answer: (request: IncomingMessage) => Promise<Parameters<typeof respond>[1]>,
): Promise<void> {
  try {
    guard(request, hosts);
    respond(response, await answer(request));
  } catch (error) {
    // Whoever left gets no answer.
    if (response.headersSent || request.destroyed) return void response.destroy();
    const status = error instanceof Refusal ? error.status : error instanceof UserError ? 400 : 500;
    if (status === 500) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    const problem = status === 500 ? 'something went wrong; the terminal says what' : (error as Error).message;
    respond(response, { status, type: 'json', body: JSON.stringify({ problem }), headers: { connection: 'close' } });
  }
}
