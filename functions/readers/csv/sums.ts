/** A whole count of 10^-12 as a decimal with as many places as the numbers it was made of. */
export function decimalOf(count: bigint, like: readonly string[]): string {
  const places = Math.max(...like.map((text) => text.split('.')[1]?.length ?? 0));
  const digits = (count < 0n ? -count : count).toString().padStart(13, '0');
  const whole = `${count < 0n ? '-' : ''}${digits.slice(0, -12)}`;
  return places === 0 ? whole : `${whole}.${digits.slice(-12, digits.length - 12 + places)}`;
}
