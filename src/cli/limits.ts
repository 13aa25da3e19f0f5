import { type Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_LIMITS, type Limits } from '../model/limits.ts';

export interface LimitFlags {
  readonly maxBytes?: number;
  readonly maxMembers?: number;
  readonly maxNesting?: number;
  readonly maxRatio?: number;
  readonly maxLine?: number;
  readonly maxPatternTime?: number;
}

export function addLimitOptions(command: Command): Command {
  const limit = (flag: string, text: string, parse: (text: string) => number) =>
    command.addOption(new Option(flag, text).argParser(parse).helpGroup('Limits:'));
  limit(
    '--max-bytes <size>',
    `decompressed bytes of all inputs (default: ${gibibytes(DEFAULT_LIMITS.maxBytes)})`,
    size,
  );
  limit('--max-members <count>', `members of all archives (default: ${DEFAULT_LIMITS.maxMembers})`, count);
  limit('--max-nesting <count>', `archives inside archives (default: ${DEFAULT_LIMITS.maxNesting})`, count);
  limit('--max-ratio <count>', `decompressed to compressed size (default: ${DEFAULT_LIMITS.maxRatio})`, count);
  limit(
    '--max-line <size>',
    `a longer line is cut for matching (default: ${DEFAULT_LIMITS.maxLine / 1024 ** 2}MiB)`,
    size,
  );
  limit(
    '--max-pattern-time <ms>',
    `of one regular expression on lines that make it slow (default: ${DEFAULT_LIMITS.maxPatternTime})`,
    count,
  );
  return command;
}

function gibibytes(bytes: number): string {
  return `${bytes / 1024 ** 3}GiB`;
}

export function limitsOf({
  maxBytes,
  maxMembers,
  maxNesting,
  maxRatio,
  maxLine,
  maxPatternTime,
}: LimitFlags): Partial<Limits> {
  return {
    ...(maxBytes === undefined ? {} : { maxBytes }),
    ...(maxMembers === undefined ? {} : { maxMembers }),
    ...(maxNesting === undefined ? {} : { maxNesting }),
    ...(maxRatio === undefined ? {} : { maxRatio }),
    ...(maxLine === undefined ? {} : { maxLine }),
    ...(maxPatternTime === undefined ? {} : { maxPatternTime }),
  };
}

const UNITS = ['', 'K', 'M', 'G', 'T'];

/** `4096`, `64K`, `1.5GiB`, `200GB`: all suffixes are powers of 1024. Throws commander's `InvalidArgumentError`. */
export function size(text: string): number {
  const match = /^(\d{1,15}(?:\.\d{1,6})?)([KMGT]?)(?:i?B)?$/i.exec(text);
  const bytes = match === null ? 0 : Math.floor(Number(match[1]) * 1024 ** UNITS.indexOf(match[2]!.toUpperCase()));
  if (bytes < 1 || !Number.isSafeInteger(bytes)) {
    throw new InvalidArgumentError('Give a size such as 4096, 64M or 200GiB.');
  }
  return bytes;
}

/** Throws commander's `InvalidArgumentError`. */
export function count(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError('Give a whole number from 1.');
  }
  return value;
}
