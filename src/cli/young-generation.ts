import { setFlagsFromString } from 'node:v8';

/**
 * Bounds the space for young objects, given each stage of an analysis as it begins. V8 lets it grow to a hundred megabytes, which
 * saves next to no time and is most of the memory that an analysis uses. It grows fourfold once, while the signatures are loaded or
 * soon after, to two halves of 16 MB at the most, and not again. Node has an option for it too, but only for when it starts; this
 * factor is read at each growth.
 */
export function boundYoungGeneration(stage: string): void {
  if (stage === 'signatures') setFlagsFromString('--semi-space-growth-factor=4');
  if (stage === 'read') setFlagsFromString('--semi-space-growth-factor=1');
}
