/** A table with one item and nothing else: as fast as a server can be, so that the function in front of it is measured. */
import { createServer } from 'node:http';
import { closeServer, LOOPBACK, listen } from '../../local/http.ts';
import { serveParent } from '../../local/process.ts';

await serveParent<{ item: object }>(async ({ item }) => {
  const body = Buffer.from(JSON.stringify({ Item: item }));
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'content-length': body.length });
      response.end(body);
    });
  });
  server.keepAliveTimeout = 60_000;
  return { endpoint: `http://${LOOPBACK}:${await listen(server, 0)}`, close: () => closeServer(server, 100) };
});
