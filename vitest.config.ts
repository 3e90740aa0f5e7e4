import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // What takes this long has no end; a busy machine is slow.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // The machines that run CI have two cores; more workers only add start-up time.
    maxWorkers: 2,
  },
})
