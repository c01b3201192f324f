/** One jest project for the whole repository: TypeScript sources run as ES modules, straight from `src`. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/packages', '<rootDir>/services', '<rootDir>/scripts'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/\\.serverless/', '/\\.esbuild/', '/\\.lamplighter/'],
  modulePathIgnorePatterns: ['/\\.serverless/', '/\\.esbuild/', '/\\.lamplighter/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript' },
          target: 'es2024',
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  maxWorkers: 2,
  testSequencer: '<rootDir>/jest-sequencer.config.js',
  // A shared machine may be slow; a test that hangs still ends.
  testTimeout: 300_000,
};
