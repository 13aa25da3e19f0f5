import type { Detector, OutcomeRecord } from '../model/detector.ts';
import { entityKey } from '../model/entity.ts';
import type { AllFacts } from '../model/facts.ts';
import type { Finding, FindingDraft } from '../model/finding.ts';
import type { Context } from './context.ts';
import { findingId } from './hits.ts';

/** Gives a detector the facts it declared, and makes findings of what it reports. Whatever it does, the run goes on. */
export function runDetector(
  detector: Detector,
  facts: AllFacts,
  context: Context,
): { found: readonly Finding[]; outcome: OutcomeRecord } {
  const { about } = detector;
  const drafts: FindingDraft[] = [];
  let missing: string | undefined;
  try {
    detector.detect({
      facts: Object.fromEntries(detector.needs.map((name) => [name, facts[name]])) as never,
      gatheredAt: context.gatheredAt,
      names: context.names,
      report: (draft) => drafts.push(draft),
      noData: (reason) => {
        missing = reason;
      },
    });
  } catch (error) {
    // A detector's bug or an object of a shape nobody foresaw must not cost the others their say.
    return { found: [], outcome: { signature: about.id, outcome: 'failed', reason: (error as Error).message } };
  }
  if (drafts.length === 0) {
    if (missing === undefined) return { found: [], outcome: { signature: about.id, outcome: 'clear' } };
    return { found: [], outcome: { signature: about.id, outcome: 'no-data', reason: missing } };
  }
  return { found: drafts.map((draft) => complete(detector, draft)), outcome: { signature: about.id, outcome: 'hit' } };
}

function complete(detector: Detector, draft: FindingDraft): Finding {
  const { about } = detector;
  const confidence = draft.confidence ?? 0.9;
  const recovery = draft.recovery ?? about.recovery;
  return {
    ...draft,
    id: findingId(about.id, draft.entities.map(entityKey)),
    signature: about.id,
    title: draft.title ?? about.title,
    severity: draft.severity ?? about.severity,
    role: about.role,
    status: draft.status ?? 'active',
    confidence: Math.round(confidence * (about.status === 'experimental' ? 0.7 : 1) * 1000) / 1000,
    count: draft.count ?? 1,
    captures: draft.captures ?? {},
    ...(recovery !== undefined && { recovery }),
    ...((draft.timeless ?? about.timeless) === true && { timeless: true }),
  };
}
