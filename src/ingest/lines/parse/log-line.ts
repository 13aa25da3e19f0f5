import type { LogLine } from '../../../model/log-line.ts';
import type { Stamp } from '../../../model/time.ts';

export function absolute(micros: number): Stamp {
  return { clock: 'absolute', micros };
}

export function yearless(micros: number): Stamp {
  return { clock: 'yearless', micros };
}

export function monotonic(micros: number): Stamp {
  return { clock: 'monotonic', micros };
}

/** A line with what an outer layer said of its writer. */
export function logLine(message: string, at: Stamp | undefined, origin?: LineOrigin): LogLine {
  return {
    message,
    ...(at !== undefined && { at }),
    ...(origin?.host !== undefined && { host: origin.host }),
    ...(origin?.identifier !== undefined && { identifier: origin.identifier }),
    ...(origin?.pid !== undefined && { pid: origin.pid }),
  };
}

export interface LineOrigin {
  readonly host?: string | undefined;
  readonly identifier?: string | undefined;
  readonly pid?: number | undefined;
}

/** Reads one form of line; undefined where the line does not have it. */
export type LineParser = (line: string) => LogLine | undefined;
