/** Milliseconds since 1970. Handed to whatever needs the time, so that tests say what time it is. */
export type Clock = () => number;

export const systemClock: Clock = Date.now;
