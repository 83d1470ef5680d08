/**
 * Opens something at the first call and returns the same to every call, concurrent ones included. A failure is not kept: the next call
 * retries.
 */
export function lazy<Value>(open: () => Promise<Value>): () => Promise<Value> {
  let opening: Promise<Value> | undefined;
  return () => {
    if (!opening) {
      const attempt = open();
      opening = attempt;
      attempt.catch(() => {
        if (opening === attempt) opening = undefined;
      });
    }
    return opening;
  };
}

/** The same, started at once: at cold start, when Lambda gives a whole core and nobody waits for an answer yet. */
export function opened<Value>(open: () => Promise<Value>): () => Promise<Value> {
  const get = lazy(open);
  void get();
  return get;
}
