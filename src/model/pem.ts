/** A PEM text that is longer is no bundle of the cluster's own, but one of a hundred public roots and more: nobody reads it. */
export const MAX_PEM_CHARACTERS = 200_000;
