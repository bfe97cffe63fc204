// What Ebitengine asks a browser for while its packages begin, so that tests and
// benchmarks that need no screen run under Node: everything is there and does nothing.
const nothing = new Proxy(function () {}, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => 0 : nothing),
  set: () => true,
  apply: () => nothing,
  construct: () => nothing,
});
globalThis.Document = class { get hidden() { return false; } };
for (const name of ["window", "document", "screen", "navigator"]) {
  Object.defineProperty(globalThis, name, { value: nothing, configurable: true });
}
globalThis.requestAnimationFrame = () => 0;
