// Preloaded: writes what the process used to the file that DISTAUDIT_MEASURE names, when it ends.
const { writeFileSync } = require('node:fs')
const { isMainThread } = require('node:worker_threads')
const file = process.env.DISTAUDIT_MEASURE
if (file && isMainThread)
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
    writeFileSync(file, JSON.stringify({ rss: maxRSS / 1024, seconds: (userCPUTime + systemCPUTime) / 1e6 }))
  })
