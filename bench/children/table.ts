/** A table server in memory, in a process of its own. */
import dynalite from 'dynalite';
import { closeServer, LOOPBACK, listen } from '../../local/http.ts';
import { serveParent } from '../../local/process.ts';

await serveParent(async () => {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const port = await listen(server, 0);
  return { endpoint: `http://${LOOPBACK}:${port}`, close: () => closeServer(server, 100) };
});
