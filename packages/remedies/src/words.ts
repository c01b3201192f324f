/** A share of 0 to 1, for a sentence. */
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
