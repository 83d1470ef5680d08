/** Numbers on the command line: `--name 5` or `--name=5`. */
export function numbersFrom<Name extends string>(
  args: readonly string[],
  defaults: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const options: Record<Name, number> = { ...defaults };
  const words = args.flatMap((arg) => arg.split('='));
  for (let at = 0; at < words.length; at += 2) {
    const name = String(words[at]).replace(/^--/, '') as Name;
    const value = Number(words[at + 1]);
    if (!words[at]?.startsWith('--') || !Object.hasOwn(defaults, name) || !Number.isSafeInteger(value)) {
      const known = Object.entries(defaults).map(([each, number]) => `--${each} ${number}`);
      throw new Error(`"${words[at]}": options are whole numbers: ${known.join(' ')}`);
    }
    options[name] = value;
  }
  return options;
}
