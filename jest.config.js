import { availableParallelism, totalmem } from 'node:os';

const GIBIBYTE = 2 ** 30;
/** A suite that runs a sandbox keeps a core at work for three quarters of its time and has up to 1.3 GB: one more than there are cores, where memory allows. */
const WORKERS = Math.max(2, Math.min(availableParallelism() + 1, Math.floor(totalmem() / (4 * GIBIBYTE))));

/**
 * One jest project for the whole repository: TypeScript sources run as ES modules, straight from `src`. `pnpm test` gives each thread 16 MB for young
 * objects from its beginning (`--min-semi-space-size`), a tenth less processor time: most are environments that live for a few invocations.
 */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/packages', '<rootDir>/services', '<rootDir>/scripts'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/\\.serverless/', '/\\.esbuild/', '/\\.lamplighter/'],
  modulePathIgnorePatterns: ['/\\.serverless/', '/\\.esbuild/', '/\\.lamplighter/'],
  extensionsToTreatAsEsm: ['.ts'],
  // zod would load its 64 languages in each suite, two in three of its modules. English is enough: nothing here asks for another.
  moduleNameMapper: { '^\\.\\./locales/index\\.js$': 'zod/v4/locales/en.js' },
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
  maxWorkers: WORKERS,
  testSequencer: '<rootDir>/jest-sequencer.config.js',
  // A shared machine may be slow; a test that hangs still ends.
  testTimeout: 300_000,
};
