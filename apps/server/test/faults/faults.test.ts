import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { rowsOf } from '../../src/database.ts'
import { enqueue } from '../../src/enqueue.ts'
import { MIGRATIONS, migrate } from '../../src/migrations.ts'
import { statusOf } from '../../src/status.ts'
import { temporary } from '../support.ts'
import { Cable, findPostgres, until } from './postgres.ts'
import { Stage } from './stage.ts'

const bin = findPostgres()
const options = { skip: bin === undefined && 'there is no PostgreSQL server here' }
const names = (count: number) => Array.from({ length: count }, (_, index) => `demo${index}`)
const HELD = 'demo0-1.0-py3-none-any.whl'

async function staged(act: (stage: Stage) => Promise<void>, folder?: string): Promise<void> {
  const stage = await Stage.open(bin!, folder)
  try {
    await act(stage)
  } finally {
    await stage.close()
  }
}

test('workers are killed again and again', options, () =>
  staged(async stage => {
    await stage.queue(names(20))
    for (let round = 0; round < 4; round++) {
      const worker = stage.worker()
      await stage.audited(2 * (round + 1))
      worker.kill('SIGKILL')
    }
    stage.worker()
    stage.worker()
    await stage.complete(20)
  }),
)

test('the database server crashes and comes back', options, () =>
  staged(async stage => {
    stage.held = HELD
    await stage.queue(names(10))
    stage.worker()
    stage.worker()
    await stage.begun()
    await stage.postgres.stop('SIGQUIT')
    stage.release()
    await new Promise(resolve => setTimeout(resolve, 3000))
    await stage.postgres.start()
    await stage.complete(10)
  }),
)

test('the network between a worker and the database is cut', options, () =>
  staged(async stage => {
    const proxy = await Cable.to(stage.postgres.port)
    try {
      stage.held = HELD
      await stage.queue(names(6))
      stage.worker(stage.postgres.url.replace(String(stage.postgres.port), String(proxy.port)))
      await stage.begun()
      proxy.cut()
      stage.release()
      await new Promise(resolve => setTimeout(resolve, 3000))
      proxy.mend()
      await stage.complete(6)
    } finally {
      proxy.close()
    }
  }),
)

test('two workers have one job: the late one changes nothing', options, () =>
  staged(async stage => {
    stage.held = HELD
    await stage.queue(names(1))
    const late = stage.worker()
    await stage.begun()
    // It is not heard of any more, but it is still there.
    late.kill('SIGSTOP')
    stage.held = undefined
    stage.worker()
    await stage.complete(1)
    const runs = () =>
      rowsOf<{ attempt: number; worker: string }>(stage.database, 'SELECT attempt, worker FROM distaudit.runs')
    const before = await runs()
    assert.equal(before[0]?.attempt, 2)
    stage.held = HELD
    late.kill('SIGCONT')
    stage.release()
    // It takes the next job only when it is done with the first one.
    await stage.queue(['next'])
    await until(async () => (await runs()).length === 2)
    assert.deepEqual((await runs())[0], before[0])
    await stage.complete(2)
  }),
)

test('a slow file holds nobody else up', options, () =>
  staged(async stage => {
    stage.held = HELD
    await stage.queue(names(8))
    stage.worker()
    stage.worker()
    await stage.audited(7)
    assert.equal(await stage.count('distaudit.runs'), 7)
    stage.release()
    await stage.complete(8)
  }),
)

test('a file that cannot be read is given up with its reason, and the others are not', options, () =>
  staged(async stage => {
    const poison = join(stage.place.folder, 'poison-1.0-py3-none-any.whl')
    mkdirSync(poison)
    async function* all() {
      yield { address: `file://${poison}`, filename: 'poison-1.0-py3-none-any.whl', sha256: 'f'.repeat(64), size: 1 }
    }
    await enqueue(stage.database, stage.boss, stage.edition, all())
    await stage.queue(names(4))
    stage.worker()
    await stage.audited(4)
    await until(async () => (await statusOf(stage.database)).dead.length === 1)
    const [dead] = (await statusOf(stage.database)).dead
    assert.equal(dead?.attempts, 3)
    assert.match(dead?.reason ?? '', /could not be read/)
    assert.equal(await stage.count('distaudit.runs'), 4)
  }),
)

test('a migration runs while workers do', options, () =>
  staged(async stage => {
    stage.held = HELD
    await stage.queue(names(12))
    stage.worker()
    stage.worker()
    await stage.begun()
    const more = { name: 'more', sql: `ALTER TABLE distaudit.distributions ADD COLUMN more text NOT NULL DEFAULT ''` }
    assert.deepEqual(await migrate(stage.database, [...MIGRATIONS, more]), ['more'])
    stage.release()
    await stage.complete(12)
    const known = MIGRATIONS.length
    await assert.rejects(migrate(stage.database), {
      message: `The database has schema version ${known + 1}; this distaudit-server knows ${known}. Update distaudit-server.`,
    })
  }),
)

/** A disk of 160 MiB; undefined: this user may not make one. */
function smallDisk(): { readonly folder: string; remove(): void } | undefined {
  const place = temporary()
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', place.folder]).status !== 0) {
    place.remove()
    return undefined
  }
  chmodSync(place.folder, 0o711)
  return {
    folder: place.folder,
    remove: () => {
      spawnSync('umount', [place.folder])
      place.remove()
    },
  }
}

test("the database's disk is full for a while", options, async context => {
  const disk = smallDisk()
  if (!disk) return context.skip('this user may not mount a small disk')
  try {
    await staged(
      async stage => {
        stage.held = HELD
        await stage.queue(names(8))
        stage.worker()
        await stage.begun()
        const ballast = join(disk.folder, 'ballast')
        // Until nothing more fits.
        assert.notEqual(spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=64k']).status, 0)
        stage.release()
        await new Promise(resolve => setTimeout(resolve, 6000))
        rmSync(ballast)
        await stage.postgres.stop('SIGQUIT')
        await stage.postgres.start()
        await stage.complete(8)
      },
      join(disk.folder, 'postgres'),
    )
  } finally {
    disk.remove()
  }
})
