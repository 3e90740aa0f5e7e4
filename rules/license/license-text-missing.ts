import { finding, quote, rule } from '../../src/rule.js'
import { placeOfFiles } from '../../src/views/tree.js'
import { setting } from '../shared/advice.js'
import { missing } from '../shared/missing.js'
import { coreMetadata } from '../shared/specifications.js'
import { unlistedText, withoutText } from './_demanding.js'

/** It leaves the license to setup.py. */
const SETUPTOOLS = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'

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
    project.home('License-File')?.form === 'poetry' || project.home('License-File')?.isNew
      ? 'Add the text of the license as LICENSE next to pyproject.toml: the backend includes it.'
      : `Add the text of the license as LICENSE, and make sure that the sdist includes it (${project.key('License-File')}; ${setting(project, 'includeInSdist')}).`,
  byHand: 'Only a person can choose the license, and its text.',
  absence: 'member',
  explains: [missing.licenseFile],
  follows: ['license text'],
  needs: ['python-imports'],
  bad: [
    {
      sdist: {
        pyproject: `${SETUPTOOLS}\n[project]\nname = "demo"\nversion = "1.0"\nlicense = "MIT"\nlicense-files = ["AUTHORS"]\n`,
        metadata: { 'License-Expression': 'MIT', 'License-File': 'AUTHORS' },
        files: { '{top}/LICENSE': null, '{top}/AUTHORS': 'A. Author\n' },
      },
    },
    {
      sdist: {
        pyproject: SETUPTOOLS,
        metadata: { 'License-File': null, 'Metadata-Version': '2.1', 'License-Expression': null, License: 'MIT' },
        files: { '{top}/LICENSE': null },
      },
    },
    {
      sdist: {
        pyproject: SETUPTOOLS,
        metadata: {
          'License-File': null,
          'Metadata-Version': '2.1',
          'License-Expression': null,
          License: 'GNU GPL v3 or later',
        },
        files: {
          '{top}/LICENSE': null,
          '{top}/src/demo/licensing/check.py': 'x = 1\n',
          '{top}/docs/license.rst': '.. include:: ../LICENSE\n',
        },
      },
    },
    {
      tree: {
        pyproject: `${SETUPTOOLS}\n[project]\nname = "demo"\nversion = "1.0"\nlicense = "MIT"\nlicense-files = ["AUTHORS"]\n`,
        files: { AUTHORS: 'A. Author\n', LICENSE: 'Permission is hereby granted, free of charge, to any person.\n' },
      },
    },
  ],
  good: [
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\nlicense = { file = "docs/COPYRIGHT" }\n',
        metadata: { 'License-File': null },
        files: { '{top}/LICENSE': null, '{top}/docs/COPYRIGHT': 'Do what you like, but keep this text.\n' },
      },
    },
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
    const unlisted = unlistedText(sdist)
    if (unlisted) {
      const { license, file, at } = unlisted
      yield finding(
        at,
        `The license is ${quote(license.value)}, but \`license-files\` does not list ${quote(file)}: wheels do not contain the text.`,
        { help: `Add ${quote(file)} to \`license-files\` in \`[project]\`.` },
      )
      return
    }
    const license = withoutText(sdist)
    if (license)
      yield finding(
        license,
        `The license is ${quote(license.value)}, but no file in ${placeOfFiles(sdist)} contains its text.`,
      )
  },
})
