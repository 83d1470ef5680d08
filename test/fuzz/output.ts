/** The logs of the functions, captured instead of printed. */
export function captureOutput() {
  const parts: string[] = [];
  const streams = [process.stdout, process.stderr] as const;
  const writes = streams.map((stream) => stream.write);
  const keep = (chunk: string | Uint8Array): boolean => {
    parts.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    return true;
  };
  for (const stream of streams) stream.write = keep as typeof stream.write;
  return {
    take: () => parts.splice(0).join(''),
    /** Past the capture. */
    tell: (line: string) => void writes[1]?.call(process.stderr, `${line}\n`),
    release: () => {
      for (const [at, stream] of streams.entries()) stream.write = writes[at] as typeof stream.write;
    },
  };
}
