import { defineConfig } from 'vitest/config'

const ALL = ['test/**/*.test.ts']
/** They replace modules, which other files would see. */
const APART = ['test/cli/internal-error.test.ts']

export default defineConfig({
  test: {
    // What takes this long has no end; a busy machine is slow.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // The machines that run CI have two cores; more workers only add start-up time.
    maxWorkers: 2,
    unstubEnvs: true,
    projects: [
      // To load the rules anew for each file takes a third of the time of all tests.
      { extends: true, test: { name: 'together', include: ALL, exclude: APART, isolate: false } },
      { extends: true, test: { name: 'apart', include: APART } },
    ],
  },
})
