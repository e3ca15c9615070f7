/** True for eight ASCII digits. Check digits are no reason to refuse: the documentation's own examples fail them. */
export function isCvrNumber(text: string): boolean {
  return /^[0-9]{8}$/.test(text);
}

/**
 * True when the check digit of a CVR number is right (weights 2,7,6,5,4,3,2,1; sum divisible by 11; memo-ngdp.md 7).
 * For a warning only. False for whatever is not eight digits.
 */
export function passesCvrModulus11(cvr: string): boolean {
  if (!isCvrNumber(cvr)) return false;
  const sum = weights.reduce((total, weight, place) => total + weight * Number(cvr[place]), 0);
  return sum % 11 === 0;
}

const weights = [2, 7, 6, 5, 4, 3, 2, 1];
