import vm from 'node:vm';
import { TestEnvironment as NodeEnvironment } from 'jest-environment-node';

/**
 * The environment of Node, in a context whose globals are plain properties. In Jest's own each look-up of a global (`Math`, `Object`)
 * goes through a proxy, fifty times slower, and arithmetic is most of what these tests do.
 */
export default class PlainGlobals extends NodeEnvironment {
  constructor(config, context) {
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(config, context);
    } finally {
      vm.createContext = createContext;
    }
  }
}
