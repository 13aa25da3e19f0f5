import type { Html } from './markup.ts';
import type { Page } from './page.ts';

export function anomaliesSection(_page: Page): Html | undefined {
  return undefined;
}
