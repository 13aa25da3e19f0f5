/** The library: analyse inputs, render reports, load signatures. */
export { type AnalyzeOptions, analyze } from './analyze.ts';
export { BUNDLED_SIGNATURES } from './bundled-signatures.ts';
export { type Catalogue, loadCatalogue } from './detect/load.ts';
export type { Entity, EntityKind } from './model/entity.ts';
export { InputError, SignatureError, UserError } from './model/errors.ts';
export type { Severity } from './model/finding.ts';
export { DEFAULT_LIMITS, type Limits } from './model/limits.ts';
export {
  type Report,
  type ReportEdge,
  type ReportFinding,
  type RootCause,
  reportSchema,
  type TimelineEntry,
} from './model/report.ts';
export { type Signature, signatureSchema } from './model/signature.ts';
export { parseReport } from './report/parse-report.ts';
export { FORMATS, type Format, type RenderOptions, render } from './report/render.ts';
