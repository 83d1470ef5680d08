/** The largest body of a request that the API takes; a test compares it with the API's own. */
export const MOST_UPLOAD_BYTES = 4 * 1024 * 1024;
