import { describe, expect, it } from 'vitest'
import { comments, docstring } from '../../src/licenses/comments.js'
import { docstringStatements, statements } from '../../src/licenses/statements.js'

const NOTICE = [
  'This program is free software; you can redistribute it and/or modify',
  'it under the terms of the GNU General Public License as published by',
  'the Free Software Foundation; either version 2 of the License, or (at',
  'your option) any later version.',
]
const hash = (...lines: readonly string[]) => lines.map(line => `# ${line}\n`).join('')
const grants = (text: string) =>
  statements(comments(text, 'hash')).flatMap(({ value, isGrant }) => (isGrant ? [value] : []))

describe('notices of GNU licenses', () => {
  it('put a file under the license', () => {
    expect(grants(hash('Copyright 2020 A. Person', ...NOTICE))).toEqual(['GPL-2.0-or-later'])
    expect(grants(hash(...NOTICE).replace('General', 'Lesser General'))).toEqual(['LGPL-2.0-or-later'])
  })

  it('say less where something is taken back, or only named', () => {
    expect(grants(hash(...NOTICE, '', 'As a special exception, you may do more.'))).toEqual([])
    expect(grants(hash(...NOTICE, 'Alternatively, the MIT license applies.'))).toEqual([])
    expect(grants(hash('Licensed under the GNU General Public License v3.0'))).toEqual([])
    expect(grants(`TEXT = """\n${NOTICE.join('\n')}\n"""\n`)).toEqual([])
  })

  it('stand in docstrings too, with whose work it is', () => {
    const told = (text: string) => docstringStatements(docstring(text)).map(({ line, value }) => [line, value])
    const text = NOTICE.join('\n')
    expect(told(`#!/usr/bin/python\n"""Demo.\n\nCopyright (C) 2020 A. Person\n${text}\n"""\n`)).toEqual([
      [6, 'GPL-2.0-or-later'],
    ])
    expect(told(`"""Writes this into files:\n\n${text}\n"""\n`)).toEqual([])
    expect(told(`x = """Copyright (C)\n${text}"""\n`)).toEqual([])
  })
})
