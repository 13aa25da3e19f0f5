import { listOf } from '../model/matcher-values.ts';
import type { When } from '../model/signature.ts';

/** When matches make a finding, as a clause. */
export function whenInWords(when: When): string {
  switch (when.type) {
    case 'any':
      return `at the first match${ofMatchers(when.of)}`;
    case 'count':
      return `at ${when.gte} matches${ofMatchers(when.of)}${within(when.within)}`;
    case 'loop': {
      const lasting = when.lasting === undefined ? '' : `, for at least ${when.lasting}`;
      return `at ${when.repeats} matches${ofMatchers(when.of)} that come at most ${when.spacing} apart${lasting}`;
    }
    case 'distinct':
      return `at ${when.gte} different values of ${when.capture}${within(when.within)}`;
    case 'sequence': {
      const times = when.times === undefined || when.times === 1 ? '' : `, ${when.times} times`;
      return `when ${when.steps.join(', then ')} match in this order within ${when.within}${times}`;
    }
    case 'all':
      return `when ${when.of.join(' and ')} all match${within(when.within)}`;
    case 'absent':
      return `when ${when.of} matches and no ${when.without} follows${within(when.within)}`;
    case 'persistent':
      return `when it has held for ${when.for} at gather time`;
  }
}

function ofMatchers(of: string | readonly string[] | undefined): string {
  return of === undefined ? '' : ` of ${listOf(of).join(' or ')}`;
}

function within(duration: string | undefined): string {
  return duration === undefined ? '' : ` within ${duration}`;
}
