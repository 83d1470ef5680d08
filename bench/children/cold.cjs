// A fresh process: loads a function, hands it one event, and tells what that took. Plain JavaScript, so that nothing is loaded but the function.
const begun = performance.now();
const { writeSync } = require('node:fs');
const cpu = process.cpuUsage();
const [file, event, now] = process.argv.slice(2);
const since = performance.now();
Date.now = () => Number(now) + Math.floor(performance.now() - since);
process.stdout.write = () => true;
for (const name of ['log', 'info', 'warn', 'debug']) console[name] = () => {};
const context = {
  awsRequestId: 'bench',
  functionName: 'bench',
  invokedFunctionArn: 'arn:bench',
  memoryLimitInMB: '1769',
  getRemainingTimeInMillis: () => 60000,
};

void (async () => {
  const { handler } = file.endsWith('.mjs') ? await import(file) : require(file);
  const ready = performance.now();
  const loaded = process.cpuUsage();
  const result = await handler(JSON.parse(require('node:fs').readFileSync(event, 'utf8')), context);
  const answered = performance.now();
  const { user, system } = process.cpuUsage(cpu);
  // What Node itself needs before the first line of ours is in `answered`, which counts from the start of the process.
  writeSync(
    1,
    JSON.stringify({
      ready: ready - begun,
      answered: answered - begun,
      cpu: (user + system) / 1000,
      // With what Node itself needs: Lambda bills that, too.
      init: (loaded.user + loaded.system) / 1000,
      rss: process.memoryUsage.rss(),
      result,
    }),
  );
  process.exit(0);
})();
