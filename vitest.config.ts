import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    // The machines that run CI have two cores; more workers only add start-up time.
    maxWorkers: 2,
  },
})
