/** The CVR number as which the tests send. */
export const OWN_CVR = '35833684';

/** The n-th of the citizens that are invented and registered: DDMM01xxxx (design.md, "The world in it"). */
export function citizen(n: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const serial = Math.floor(n / (28 * 12));
  return `${two(1 + (n % 28))}${two(1 + (Math.floor(n / 28) % 12))}01${String(serial).padStart(4, '0')}`;
}

/** The address of a citizen or company in Digital Post. */
export function ngdp(number: string, sender = OWN_CVR): string {
  return `${number}@${sender}.ngdp.digital-post.dk`;
}

/** Addresses of `count` citizens, from the n-th on. */
export function citizens(count: number, from = 0): readonly string[] {
  return Array.from({ length: count }, (_, n) => ngdp(citizen(from + n)));
}
