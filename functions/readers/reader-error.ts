/** Where in a file a fault is: its line (from 1) and, in XML, the path of the element (`Stmt[1]/Ntry[2]/Amt`). */
export type Place = { readonly line?: number | undefined; readonly element?: string | undefined };

/** A file that cannot be read as what it is meant to be. Nothing of such a file is imported. */
export class ReaderError extends Error {
  readonly line: number | undefined;
  readonly element: string | undefined;
  readonly reason: string;

  constructor(reason: string, place: Place = {}) {
    const where = [
      place.line === undefined ? undefined : `line ${place.line}`,
      place.element && (place.line === undefined ? place.element : `(${place.element})`),
    ].filter(Boolean);
    super(where.length > 0 ? `${where.join(' ')}: ${reason}` : reason);
    this.name = 'ReaderError';
    this.reason = reason;
    this.line = place.line;
    this.element = place.element;
  }
}

/** What a file does not say and a parameter must: all at once, so that nobody has to try twice. */
export function lacks(
  title: string,
  said: Readonly<Record<'account' | 'currency', string | undefined>>,
  place: Place = {},
): ReaderError {
  const what = (['account', 'currency'] as const).filter((name) => !said[name]);
  const options = what.map((name) => `--${name}`).join(', ');
  const them = what.length > 1 ? 'them' : 'it';
  return new ReaderError(
    `${title} does not say the ${what.join(' and the ')}: give ${them} as ${what.join(' and ')} (${options})`,
    place,
  );
}

/** A file that none of the readers takes for its own; `isKnown` when the refusal can name what it is. */
export class UnknownFormatError extends ReaderError {
  readonly isKnown: boolean;

  constructor(reason: string, isKnown: boolean) {
    super(reason, { line: 1 });
    this.name = 'UnknownFormatError';
    this.isKnown = isKnown;
  }
}
