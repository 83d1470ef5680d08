/** Captures what a test logs and counts, instead of printing it. */
import { jest } from '@jest/globals';
import { logger } from '../../../functions/runtime/logging.ts';
import { metrics } from '../../../functions/runtime/metrics.ts';

type Line = { readonly level: string; readonly message: unknown; readonly [key: string]: unknown };
type Counted = { readonly name: string; readonly unit: string; readonly value: number; readonly dimensions?: object };

/** Every line and every metric from now on until the end of the test file, in order. */
export function captureLog(): { readonly lines: Line[]; readonly counted: Counted[] } {
  const lines: Line[] = [];
  const counted: Counted[] = [];
  for (const level of ['debug', 'info', 'warn', 'error', 'critical'] as const) {
    jest.spyOn(logger, level).mockImplementation((...[message, extra]: unknown[]) => {
      lines.push({ level, message, ...(extra as object) });
    });
  }
  jest.spyOn(metrics, 'addMetric').mockImplementation((name, unit, value) => {
    counted.push({ name, unit, value });
    return metrics;
  });
  // Metrics with dimensions have separate lines.
  jest.spyOn(metrics, 'singleMetric').mockImplementation(() => {
    const dimensions: Record<string, string> = {};
    const line = {
      addDimension: (name: string, value: string) => void Object.assign(dimensions, { [name]: value }),
      addMetric: (name: string, unit: string, value: number) => void counted.push({ name, unit, value, dimensions }),
    };
    return line as unknown as typeof metrics;
  });
  return { lines, counted };
}
