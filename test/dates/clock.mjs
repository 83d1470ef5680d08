/**
 * Moves `Date` by the milliseconds in `NODE_OPTIONS=--import=file:///.../clock.mjs?shift=MS`, in every process that inherits the
 * variable. Time passes as usual, and timers and `performance` stay as they are. Jest loads it as a setup file too, because each
 * test file has a `Date` of its own. Without the option it changes nothing.
 */
const [, shift] = /clock\.mjs\?shift=(-?\d+)/.exec(process.env['NODE_OPTIONS'] ?? '') ?? [];

if (shift !== undefined) {
  const real = Date;
  const realNow = Date.now;
  const now = () => realNow() + Number(shift);
  real.now = now;
  globalThis.Date = new Proxy(real, {
    construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [now()] : given, made),
    apply: () => new real(now()).toString(),
  });
  real.prototype.constructor = globalThis.Date;
}
