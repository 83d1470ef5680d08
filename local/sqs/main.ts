/** The queue server's process. */
import { serveParent } from '../process.ts';
import { startSqs } from './server.ts';

await serveParent(startSqs);
