import type { Html } from './markup.ts';
import type { Page } from './page.ts';

export function bootsSection(_page: Page): Html | undefined {
  return undefined;
}
