import { gatherFacts } from '../../src/gather-facts.ts';
import { newestTime, placeTimes } from '../../src/ingest/clock/place-times.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { mergeResources } from '../../src/ingest/resources/duplicates.ts';
import { type AllFacts, type Document, RESOURCE_KINDS } from '../../src/model/facts.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import type { Resource } from '../../src/model/resource.ts';
import { formatTime } from '../../src/model/time.ts';

export interface Gathered {
  readonly all: AllFacts;
  readonly gatheredAt?: string;
}

/** Facts of a real gather, by way of ingest; its log lines are read past. */
export async function factsOfGather(input: string): Promise<Gathered> {
  const resources: Resource[] = [];
  const documents: Document[] = [];
  const ingested = await ingest(
    [input],
    { kinds: new Set(RESOURCE_KINDS), limits: DEFAULT_LIMITS },
    {
      log: () => ({ region: () => undefined, end: () => undefined }),
      resource: (resource) => resources.push(resource),
      document: (document) => documents.push(document),
    },
  );
  const at = ingested.gathered?.at ?? newestTime(ingested.summaries);
  const all = gatherFacts(mergeResources(resources), documents, ingested, placeTimes(ingested.summaries, at));
  return { all, ...(at !== undefined && { gatheredAt: formatTime(at) }) };
}
