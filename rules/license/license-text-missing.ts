import type { Sdist } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { placeOfFiles } from '../../src/views/tree.js'
import { setting } from '../shared/advice.js'
import { coreMetadata } from '../shared/specifications.js'
import { declared } from './_declared.js'

/** Licenses that do not require their text, or that waive all rights. */
const FREE = /^(?:Unlicense|CC0-|0BSD|MIT-0|WTFPL|LicenseRef-|PD|BlueOak|CC-PDDC|Public)/i
const FREE_WORDS = /public domain|unlicense|\bcc0\b|zero-clause|no attribution|wtfpl|proprietary|other\/proprietary/i

/** Files that are a license, or contain one, by their names. */
const FILE =
  /(?:^|[/_.-])(?:licen[cs]es?|licen[cs]ing|copying|copyright|unlicense|notice|eula|legal|l?gpl|mit|bsd|apache)(?:[._/-]|[0-9]|$)/i
/** What the usual texts start with, in a README or above the code. */
const TEXT =
  /permission is hereby granted|redistribution and use in source|permission to use, copy, modify|this program is free software|terms and conditions for use, reproduction/i

export default rule({
  id: 'license-text-missing',
  topic: 'license',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 639, "Add License-File field"',
  url: coreMetadata('license-file'),
  summary: 'The sdist does not contain a license text, although its license requires it in every copy.',
  why: 'Anyone who redistributes the sdist, such as a Linux distribution, cannot comply with the license.',
  fix: project =>
    `Add the text of the license as LICENSE, and see that the sdist includes it (${project.key('License-File')}; ${setting(project, 'includeInSdist')}).`,
  byHand: 'Only a person can choose the license, and its text.',
  absence: 'member',
  needs: ['python-imports'],
  bad: {
    sdist: {
      metadata: { 'License-File': null, 'Metadata-Version': '2.1', 'License-Expression': null, License: 'MIT' },
      files: { '{top}/LICENSE': null },
    },
  },
  good: [
    {
      sdist: {
        metadata: { 'License-File': 'COPYING' },
        files: { '{top}/LICENSE': null, '{top}/COPYING': 'MIT License\n' },
      },
    },
    {
      sdist: {
        metadata: { 'License-File': null, 'License-Expression': 'Unlicense' },
        files: { '{top}/LICENSE': null },
      },
    },
    {
      sdist: {
        metadata: { 'License-File': null },
        files: {
          '{top}/LICENSE': null,
          '{top}/src/demo/__init__.py': '# Permission is hereby granted, free of charge, to any person.\n',
        },
      },
    },
    {
      sdist: {
        description: '# Demo\n\nPermission is hereby granted, free of charge, to any person.\n',
        metadata: { 'License-File': null },
        files: { '{top}/LICENSE': null },
      },
    },
  ],
  *check(sdist) {
    const { members, metadata, texts, python } = sdist
    const license = demanding(sdist)
    if (!license || !metadata || members.files.length === 0) return
    if (members.list.some(({ path }) => !VENDORED.test(path) && FILE.test(path.replace(/^(?:\.\/)*[^/]+\//, '/'))))
      return
    if ([texts, python].some(files => [...files.values()].some(({ text }) => TEXT.test(text)))) return
    yield finding(
      license,
      `The license is ${quote(license.value)}, but no file in ${placeOfFiles(sdist)} contains its text.`,
    )
  },
})

/** The license of what others wrote. */
const VENDORED = /\/(?:_?vendor(?:ed)?|third_?party|extern(?:als?)?|node_modules)\//i

/** The field that names a license that requires its text. */
function demanding(sdist: Sdist) {
  const said = declared(sdist)
  if (said) return [...said.ids].some(id => !FREE.test(id)) && !FREE_WORDS.test(said.value) ? said.at : undefined
  const classifiers = sdist.metadata?.all('Classifier') ?? []
  const named = classifiers.filter(({ value }) => value.startsWith('License :: OSI Approved :: '))
  return named.some(({ value }) => FREE_WORDS.test(value)) ? undefined : named[0]
}
