/** What the page knows of its surroundings, in `meta` elements: a script or a file beside it could not be as early, or as safe. */
export type Surroundings = {
  /** Base URL of the API, where it is not the page's own origin. */
  readonly 'api-url'?: string;
  /** Origin of the page where people sign in, and the console's client there. */
  readonly login?: string;
};

/** The page with these values, which are URLs and ids without quotes. */
export function pageWith(page: string, surroundings: Surroundings): string {
  return Object.entries(surroundings).reduce(
    (text, [name, value]) => text.replace(`name="${name}" content=""`, `name="${name}" content="${value}"`),
    page,
  );
}

export const loginOf = (url: string, clientId: string): string => `${url} ${clientId}`;
