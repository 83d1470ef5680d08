/** Downloads a file to the person's machine, without a server. */
export function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers read the file after the click has ended.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
