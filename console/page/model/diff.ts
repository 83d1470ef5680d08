/** Two texts line by line: lines of the first only, of the second only, and of both. */
export type Line = { readonly sign: ' ' | '-' | '+'; readonly text: string };

export function diff(before: string, after: string): Line[] {
  const [a, b] = [linesOf(before), linesOf(after)];
  // Length of the longest common subsequence of what follows line i of one and line j of the other.
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number) => longest[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = longest[i];
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [one, other] = [a[i], b[j]];
    if (one !== undefined && one === other) {
      lines.push({ sign: ' ', text: one });
      i++;
      j++;
    } else if (one !== undefined && (other === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ sign: '-', text: one });
      i++;
    } else {
      lines.push({ sign: '+', text: other ?? '' });
      j++;
    }
  }
  return lines;
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.split('\n'));
