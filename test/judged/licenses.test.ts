import { describe, expect, it } from 'vitest'
import { buildExample } from '../../fixtures/build.js'
import samples from '../../fixtures/license-texts.json' with { type: 'json' }
import bundled from '../../rules/license/license-bundled-not-declared.js'
import withClassifier from '../../rules/license/license-expression-with-classifier.js'
import contradicting from '../../rules/license/license-file-not-declared-license.js'
import type { Example, ExampleFile } from '../../src/example.js'
import { auditBuilt } from '../support/audit-built.js'

const { texts } = samples
const GPL = texts['GPL-3.0-only']
const EXCEPTION = texts['GPL-3.0-with-GCC-exception']

async function found(example: Example) {
  const { findings, errors } = await auditBuilt(await buildExample(example), [bundled, contradicting, withClassifier])
  expect(errors).toEqual([])
  return findings
}

/** What is found in an sdist whose license is MIT, if nothing else is said, with these files in `lib/`. */
async function inSdist(files: Readonly<Record<string, string>>, metadata: ExampleFile['metadata'] = {}) {
  const named = Object.entries({ ...files }).map(([path, text]) => [`{top}/lib/${path}`, text] as const)
  return found({ sdist: { metadata, files: Object.fromEntries(named) } })
}

/** The expression that each finding tells to write. */
const expressions = (findings: Awaited<ReturnType<typeof inSdist>>) =>
  findings.map(({ severity, help }) => `${severity}: ${/`(.*)`/.exec(help)?.[1]}`)

const C = { 'a.c': 'int a;\n' }
const notice = (...lines: readonly string[]) => `/* ${lines.join('\n * ')}\n */\nint a;\n`

describe('alternatives', () => {
  it('need one declared license, and are one expression where none is', async () => {
    const files = { 'LICENSE-APACHE': texts['Apache-2.0'], 'LICENSE-BOOST': texts['BSL-1.0'] }
    expect(expressions(await inSdist(files))).toEqual(['info: MIT AND (Apache-2.0 OR BSL-1.0)'])
    expect(await inSdist({ ...files, 'LICENSE-MIT': texts.MIT })).toEqual([])
  })

  it('are not the texts of parts', async () => {
    for (const names of [
      ['LICENSE', 'LICENSE.third-party'],
      ['LICENSE_zlib', 'LICENSE_other'],
      ['licenses/Zlib.txt', 'licenses/BSL-1.0.txt'],
      ['LICENSE-MIT', 'LICENSE-UNICODE'],
    ] as const) {
      const [first, second] = names
      expect(expressions(await inSdist({ [first]: texts.Zlib, [second]: texts['BSL-1.0'] })), first).toEqual([
        'info: MIT AND Zlib AND BSL-1.0',
      ])
    }
  })

  it('are told by a text beside them', async () => {
    const LICENSE = 'This software is made available under the terms of *either* of the licenses\nfound in LICENSE.A.\n'
    const files = { 'LICENSE.APACHE': texts['Apache-2.0'], 'LICENSE.BSD': texts['BSD-2-Clause'] }
    expect(expressions(await inSdist({ LICENSE, ...files }))).toEqual(['info: MIT AND (Apache-2.0 OR BSD-2-Clause)'])
    const COPYING = 'This project is dual-licensed under the Unlicense and MIT licenses.\n'
    expect(await inSdist({ COPYING, 'LICENSE-MIT': texts.MIT, UNLICENSE: texts.Unlicense })).toEqual([])
  })

  it('are told by the text that has both', async () => {
    const choice = 'You may choose to be licensed under the terms of the MIT/Expat license or the GNU GPL.\n\n'
    const both = `${texts.MIT}\n\n${GPL}`
    expect(await inSdist({ ...C, LICENSE: choice + both })).toEqual([])
    expect(expressions(await inSdist({ ...C, LICENSE: both }))).toEqual(['info: MIT AND GPL-3.0-only'])
    const parts = 'Files of the standard library are dual licensed (both MIT and PSF).\n\n'
    expect(expressions(await inSdist({ LICENSE: `${parts}${texts.MIT}\n\n${texts['PSF-2.0']}` }))).toEqual([
      'info: MIT AND PSF-2.0',
    ])
  })

  it('are told by notices in the source', async () => {
    const files = { COPYING: texts['GPL-2.0-only'], LICENSE: texts['BSD-3-Clause'] }
    const metadata = { 'License-Expression': 'BSD-3-Clause' }
    expect(await inSdist({ ...files, ...C }, metadata)).toEqual([])
    const terms = notice(
      'This library is free software; you can redistribute it under the terms of either:',
      '',
      '  * the GNU Lesser General Public License as published by the Free Software',
      '    Foundation; either version 3 of the License, or (at your',
      '    option) any later version.',
      '',
      'or',
      '',
      '  * the GNU General Public License as published by the Free Software',
      '    Foundation; either version 2 of the License, or (at your option) any',
      '    later version.',
    )
    expect(await inSdist({ 'gmp.h': terms }, { 'License-Expression': 'LGPL-3.0-or-later' })).toEqual([])
    expect(expressions(await inSdist({ 'gmp.h': terms }))).toEqual([
      'info: MIT AND (LGPL-3.0-or-later OR GPL-2.0-or-later)',
    ])
  })

  it('are no choice of versions', async () => {
    const terms = notice(
      'This program is free software; you can redistribute it and/or modify it under the terms of the',
      'GNU General Public License as published by the Free Software Foundation; either version 2 of the',
      'License, or (at your option) any later version.',
    )
    expect(expressions(await inSdist({ 'a.c': terms }))).toEqual(['warning: MIT AND GPL-2.0-or-later'])
  })

  it('have the notices in their folder', async () => {
    const files = { 'LICENSE-BOOST': texts['BSL-1.0'], 'LICENSE-MIT': texts.MIT }
    const header = notice('Distributed under the Boost Software License, Version 1.0.')
    expect(await inSdist({ ...files, 'include/a.h': header })).toEqual([])
    expect(expressions(await inSdist({ ...files, 'include/a.h': notice('SPDX-License-Identifier: ISC') }))).toEqual([
      'info: MIT AND ISC',
    ])
  })
})

describe('what adds to the GPL', () => {
  it('is the LGPL, beside it or in the notices', async () => {
    const warning = ['warning: MIT AND LGPL-3.0-only']
    expect(expressions(await inSdist({ ...C, COPYING: GPL, 'COPYING.LESSER': texts['LGPL-3.0-only'] }))).toEqual(
      warning,
    )
    expect(expressions(await inSdist({ ...C, COPYING: GPL }))).toEqual(['warning: MIT AND GPL-3.0-only'])
  })

  it('is told once where both are the license files of the project', async () => {
    const own = (texts: Readonly<Record<string, string>>) =>
      found({
        wheel: {
          metadata: { 'License-File': Object.keys(texts) },
          files: {
            '{dist-info}/licenses/LICENSE': null,
            ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [`{dist-info}/licenses/${name}`, text])),
          },
        },
      })
    const both = await own({ COPYING: GPL, 'COPYING.LESSER': texts['LGPL-3.0-only'] })
    expect(expressions(both)).toEqual(['warning: MIT AND LGPL-3.0-only'])
    const [alone, ...others] = await own({ COPYING: GPL })
    expect([alone?.rule, alone?.severity, others]).toEqual(['license-file-not-declared-license', 'warning', []])
  })

  it('is the GCC exception, beside it or alone', async () => {
    const expected = ['info: MIT AND GPL-3.0-or-later WITH GCC-exception-3.1']
    expect(expressions(await inSdist({ ...C, COPYING3: GPL, 'COPYING.RUNTIME': EXCEPTION }))).toEqual(expected)
    expect(expressions(await inSdist({ ...C, 'GCC-exception.txt': '', LICENSE: EXCEPTION }))).toEqual(expected)
    expect(expressions(await inSdist({ ...C, LICENSE: `${GPL}\n\n${EXCEPTION}` }))).toEqual(expected)
    const mention = 'It links libgcc, which has the GCC Runtime Library Exception, version 3.1.'
    for (const beside of [{ LICENSE: `${mention}\n\n${GPL}` }, { LICENSE: GPL, NOTICE: mention }])
      expect(expressions(await inSdist({ ...C, ...beside }))).toEqual(['warning: MIT AND GPL-3.0-only'])
  })
})

it('one finding has all that is missing', async () => {
  const findings = await inSdist({
    'a/LICENSE': texts.Zlib,
    'b/LICENSE': texts['BSL-1.0'],
    'c/LICENSE': texts.MIT,
    'd.js': '/* SPDX-License-Identifier: ISC */\n',
  })
  expect(expressions(findings)).toEqual(['info: MIT AND Zlib AND BSL-1.0 AND ISC'])
  expect(findings[0]?.related?.map(({ member }) => member?.replace(/^[^/]+\//, ''))).toEqual([
    'PKG-INFO',
    'lib/b/LICENSE',
    'lib/d.js',
  ])
})

describe('copyleft in what is permissive', () => {
  const code = { ...C, COPYING: GPL }

  it.each([
    ['an expression', { 'License-Expression': 'Apache-2.0 AND MIT' }],
    ['a License', { 'License-Expression': null, License: 'BSD' }],
    ['the text of a license', { 'License-Expression': null, License: texts.MIT.replaceAll('\n', '\n        ') }],
    ['a classifier', { 'License-Expression': null, Classifier: 'License :: OSI Approved :: BSD License' }],
  ])('is a warning: %s', async (_, metadata) => {
    const findings = await inSdist(code, metadata)
    expect(findings.map(({ severity }) => severity)).toEqual(['warning'])
    expect(findings[0]?.message).toContain('GPL-3.0-only (copyleft)')
  })

  it.each([
    ['under a license of its kind', code, { 'License-Expression': 'MIT AND LGPL-3.0-only' }],
    ['of which nobody knows what it asks', code, { 'License-Expression': 'LicenseRef-Own' }],
    ['under words that say more', code, { 'License-Expression': null, License: 'BSD and others' }],
    [
      'with a classifier that names it',
      code,
      {
        'License-Expression': null,
        License: 'MIT',
        Classifier: 'License :: OSI Approved :: GNU General Public License v3 (GPLv3)',
      },
    ],
    ['without code', { COPYING: GPL }, {}],
    ['by a notice alone', { 'a.c': notice('GNU General Public License, version 2') }, {}],
    ['in what builds the code', { 'cmake/Find.cmake': '# SPDX-License-Identifier: GPL-2.0-only\n' }, {}],
    ['with an exception', { 'a.c': '// SPDX-License-Identifier: GPL-2.0-only WITH Classpath-exception-2.0\n' }, {}],
    ['in a list that has the declared license too', { ...C, NOTICE: `${texts.MIT}\n\n${GPL}` }, {}],
  ])('is none: %s', async (_, files, metadata) => {
    expect((await inSdist(files, metadata)).filter(({ severity }) => severity !== 'info')).toEqual([])
  })

  it('is a warning where the license file itself has it', async () => {
    for (const metadata of [
      { 'License-Expression': 'MIT' },
      { 'License-Expression': null, Classifier: 'License :: OSI Approved :: MIT License' },
    ]) {
      const findings = await found({ wheel: { metadata, files: { '{dist-info}/licenses/LICENSE': GPL } } })
      expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual([`warning ${contradicting.id}`])
    }
    const other = { metadata: { 'License-Expression': 'MIT' }, files: { '{dist-info}/licenses/LICENSE': texts.ISC } }
    expect((await found({ wheel: other })).map(({ severity }) => severity)).toEqual(['info'])
  })
})

describe('a classifier beside an expression', () => {
  const Classifier = 'License :: OSI Approved :: MIT License'
  const built = async (Generator: string) =>
    (await found({ wheel: { metadata: { Classifier }, wheel: { Generator } } })).map(({ severity }) => severity)

  it('is a note, and a warning where the backend refuses it', async () => {
    expect(await built('hatchling 1.33.0')).toEqual(['info'])
    expect(await built('maturin (1.9.0)')).toEqual(['info'])
    expect(await built('setuptools (80.9.0)')).toEqual(['warning'])
    expect(await built('flit 3.12.0')).toEqual(['warning'])
    const sdist = (backend: string) => ({
      metadata: { Classifier },
      pyproject: `[build-system]\nrequires = ["demo"]\nbuild-backend = "${backend}"\n`,
    })
    expect((await found({ sdist: sdist('flit_core.buildapi') })).map(({ severity }) => severity)).toEqual(['warning'])
    expect((await found({ sdist: sdist('hatchling.build') })).map(({ severity }) => severity)).toEqual(['info'])
  })
})
