/** Figures as people read them. */
import { type Figure, isMet } from './figures.ts';

export function number(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString('en');
  if (Number.isInteger(value)) return String(value);
  if (size >= 100) return value.toFixed(0);
  if (size >= 10) return value.toFixed(1);
  return size >= 0.1 ? value.toFixed(2) : value.toPrecision(2);
}

export function spread({ low, high }: Figure): string {
  return low === undefined || high === undefined ? '' : `${number(low)} to ${number(high)}`;
}

export function goal(figure: Figure): string {
  const asked = figure.goal;
  if (!asked) return '';
  return 'atMost' in asked ? `≤ ${number(asked.atMost)}` : `≥ ${number(asked.atLeast)}`;
}

export function verdict(figure: Figure): string {
  const met = isMet(figure);
  return met === undefined ? '' : met ? 'met' : 'missed';
}

/** A table in Markdown. */
export function table(head: string, rule: string, rows: readonly string[]): string {
  return [head, rule, ...rows].join('\n');
}
