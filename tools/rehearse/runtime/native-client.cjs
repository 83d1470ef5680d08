/** Replaces the compiled part of aws-lambda-ric, which is C++ and built on installation: the same three functions over HTTP. */
const http = require('node:http');

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true });
let sent = Promise.resolve();

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const options = { host, port, agent, method, path: `/2018-06-01/runtime/invocation/${path}` };
    const request = http.request(options, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ bodyJson: Buffer.concat(parts).toString(), headers: response.headers }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

module.exports = {
  next: async () => {
    await sent;
    return call('GET', 'next');
  },
  done: (id, answer) => {
    sent = call('POST', `${id}/response`, answer);
  },
  error: (id, answer) => {
    sent = call('POST', `${id}/error`, answer);
  },
};
