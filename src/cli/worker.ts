import { parentPort, workerData } from 'node:worker_threads'
import { RULES } from '../../rules/registry/index.js'
import { renderOnNode } from '../description/render-node.js'
import { givenTargets } from '../inputs.js'
import { auditGroup } from '../run.js'
import { chooseRules } from '../selection.js'
import type { Job, Settings } from './pool.js'

// A thread of the command: audits the files of one project after another.
const { choice, ...settings } = workerData as Settings
const options = { selection: chooseRules(RULES, choice), render: renderOnNode, ...settings }
parentPort?.on('message', ({ files, earlier }: Job) => {
  const group = { files: givenTargets(files), earlier: earlier && givenTargets(earlier) }
  void auditGroup(group, options).then(part => parentPort?.postMessage(part))
})
