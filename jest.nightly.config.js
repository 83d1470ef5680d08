/** The same tests with other seeds, and properties over real tables tried ten times as often. */
import config from './jest.config.js';

process.env['NIGHTLY'] = '1';

export default { ...config, testTimeout: 600_000 };
