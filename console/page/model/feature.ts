/** The parts of a feature's name: `pets|veterinary without foreign.months`, `owner.history`. */
type FeatureParts = {
  readonly labels: readonly string[];
  readonly without: readonly string[];
  readonly metric: string;
};

export function featureParts(name: string): FeatureParts {
  const at = name.lastIndexOf('.');
  const [set = '', others] = name.slice(0, at).split(' without ');
  return { labels: set.split('|'), without: others?.split('|') ?? [], metric: name.slice(at + 1) };
}
