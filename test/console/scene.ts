import type { Browser } from 'playwright-core';
import type { Running } from '../e2e/support/service.ts';

export type Scene = () => { readonly service: Running; readonly browser: Browser; readonly url: string };
