/** A line of a function's log for people: time, level, function, what happened, and the rest as names with values. */

/** What every line of a function repeats, or the file and the console say already. */
const REPEATED = new Set([
  ...[
    'level',
    'message',
    'timestamp',
    'service',
    'cold_start',
    'function_arn',
    'function_memory_size',
    'function_name',
  ],
  ...['function_request_id', 'sampling_rate', 'xray_trace_id', 'errorMessage', 'trace'],
]);
const WORDS = /^[\w.:/+-]+$/;

/** @returns nothing for a line that holds metrics alone */
export function prettyLine(title: string, line: string): string | undefined {
  const fields = fieldsIn(line);
  if (!fields) return `${title} ${line}`;
  if ('_aws' in fields) return undefined;
  const { timestamp, level = 'INFO', message, errorMessage } = fields;
  const time = /T(\d{2}:\d{2}:\d{2})/.exec(String(timestamp ?? ''))?.[1];
  const rest = Object.entries(fields)
    .filter(([name]) => !REPEATED.has(name))
    .map(([name, value]) => `${name}=${textOf(value)}`);
  return [time, String(level).padEnd(5), title, message ?? errorMessage, ...rest]
    .filter((part) => part !== undefined)
    .join(' ');
}

function fieldsIn(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' && WORDS.test(value) ? value : JSON.stringify(value);
}
