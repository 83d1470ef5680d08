/** Limits of the HTTP API, as the functions hold them and the OpenAPI document tells them. */

/** Lambda takes 6 MB an event, and Base64 makes three bytes four: what is larger goes through the queue. */
export const MOST_BODY_BYTES = 4 * 1024 * 1024;

/** Bank data deflates to an eighth or a tenth; what inflates to more than this is no bank data. */
export const MOST_INFLATED_BYTES = 32 * 1024 * 1024;

/** Unicode code points. */
export const LONGEST_OWNER_ID = 256;
