import { test } from 'node:test'
import { findPostgres } from './faults/postgres.ts'
import { Stage } from './faults/stage.ts'

// A sample of `npm run faults`, on a real server.

const bin = findPostgres()

test('a worker that is killed in the middle loses nothing', {
  skip: bin === undefined && 'there is no PostgreSQL server here',
}, async () => {
  const stage = await Stage.open(bin!)
  try {
    stage.held = 'a1-1.0-py3-none-any.whl'
    await stage.queue(['a1', 'a2', 'a3'])
    const first = stage.worker()
    await stage.begun()
    first.kill('SIGKILL')
    stage.release()
    stage.worker()
    await stage.complete(3)
  } finally {
    await stage.close()
  }
})
