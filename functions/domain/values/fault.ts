/** What is wrong with something that came in: where, as a path such as `accounts[0].iban`, and what. */
export type Fault = { readonly path: string; readonly message: string };
