/** The object itself states the fault. */
export const CERTAIN = 0.95;
/** The facts fit, and little else explains them. */
export const LIKELY = 0.8;
/** Indirect: other explanations are open. */
export const POSSIBLE = 0.5;
