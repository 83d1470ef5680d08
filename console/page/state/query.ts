/** Requests to the API that follow the screen: aborted when nobody needs them, repeated on demand. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type ApiProblem, isAbort, problemOf } from '../api/client.ts';

export type Query<Data> = {
  /** The newest answer, also while another is loading. */
  readonly data: Data | undefined;
  readonly problem: ApiProblem | undefined;
  readonly isLoading: boolean;
  /** Sends the request again and shows the old answer until then. */
  readonly reload: () => void;
};

type State<Data> = { readonly key: string | null; readonly data?: Data; readonly problem?: ApiProblem };

/**
 * @param key identifies the request; null: none yet. Another key is another request
 * @param keep whether the previous answer is shown until the next is there
 */
export function useQuery<Data>(
  key: string | null,
  ask: (signal: AbortSignal) => Promise<Data>,
  keep = false,
): Query<Data> {
  const [state, setState] = useState<State<Data>>({ key: null });
  const [turn, setTurn] = useState(0);
  const [isLoading, setLoading] = useState(false);
  const asking = useRef(ask);
  asking.current = ask;

  useEffect(() => {
    if (key === null) return;
    const control = new AbortController();
    setLoading(true);
    asking
      .current(control.signal)
      .then((data) => setState({ key, data }))
      .catch((failure: unknown) => {
        if (isAbort(failure) || control.signal.aborted) return;
        setState((before) => ({ ...(before.key === key ? before : {}), key, problem: problemOf(failure) }));
      })
      .finally(() => {
        if (!control.signal.aborted) setLoading(false);
      });
    return () => control.abort();
  }, [key, turn]);

  const reload = useCallback(() => setTurn((before) => before + 1), []);
  const isOwn = state.key === key;
  return {
    data: isOwn || (keep && key !== null) ? state.data : undefined,
    problem: isOwn ? state.problem : undefined,
    isLoading: key !== null && (isLoading || !isOwn),
    reload,
  };
}

/** A value that is passed on once it has not changed for a while. */
export function useRested<Value>(value: Value, ms: number): Value {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return rested;
}
