import { defineConfig } from 'vitest/config'

const ALL = ['test/**/*.test.ts']
/** They replace modules, which other files would see. */
const APART = ['test/cli/internal-error.test.ts']
/** Patterns of test files, with commas between them. Projects do not take those of the command line. */
const LEFT_OUT = process.env.DISTAUDIT_TESTS_LEFT_OUT?.split(',') ?? []

export default defineConfig({
  test: {
    // What takes this long has no end; a busy machine is slow.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // The machines that run CI have two cores; more workers only add start-up time.
    maxWorkers: 2,
    unstubEnvs: true,
    // The second Node, and the next run, read what the first has transformed.
    experimental: { fsModuleCache: true },
    projects: [
      // To load the rules anew for each file takes a third of the time of all tests.
      { extends: true, test: { name: 'together', include: ALL, exclude: [...APART, ...LEFT_OUT], isolate: false } },
      { extends: true, test: { name: 'apart', include: APART } },
    ],
  },
})
