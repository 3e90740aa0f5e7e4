import { parentPort, workerData } from 'node:worker_threads'
import { RULES } from '../../rules/registry/index.js'
import { renderOnNode } from '../description/render-node.js'
import { givenTargets } from '../inputs.js'
import { auditGroup } from '../run.js'
import { chooseRules } from '../selection.js'
import type { Job, Settings } from './pool.js'

// A thread of the command: audits the files of one project after another.
const { choice, limits, tracked, descriptions } = workerData as Settings
const selection = chooseRules(RULES, choice)
parentPort?.on('message', ({ files, earlier, someDistribution }: Job) => {
  const group = { files: givenTargets(files), earlier: earlier && givenTargets(earlier), someDistribution }
  void auditGroup(group, { selection, render: renderOnNode, limits, tracked, descriptions }).then(part =>
    parentPort?.postMessage(part),
  )
})
