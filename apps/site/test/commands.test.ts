import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandsIn, problemOfCommand } from '../check/commands.ts'

test('commands are found where a reader would copy them', () => {
  const page = [
    'Run `distaudit no-block`.',
    '```sh',
    'distaudit diff --text="*.py" old.whl new.whl      with the texts',
    'uv build && uvx distaudit dist/ && twine upload dist/*',
    '```',
    '```yaml',
    'run: pipx run distaudit --quiet dist/ # what is wrong',
    '- uses: distaudit/distaudit@1',
    '```',
    '```console',
    '$ distaudit show dist/',
    'distaudit printed this',
    '```',
    '```toml',
    'check = ["python -m build", "distaudit dist"]',
    '```',
    '```text',
    'distaudit says:',
    '```',
  ].join('\n')
  assert.deepEqual(commandsIn(page), [
    'diff --text="*.py" old.whl new.whl',
    'dist/',
    '--quiet dist/',
    'show dist/',
    'dist',
  ])
})

test('distaudit itself says what it does not know', () => {
  assert.equal(problemOfCommand('diff --text="*.py" old.whl new.whl'), undefined)
  assert.equal(problemOfCommand('--format text --format junit=x.xml dist/'), undefined)
  assert.match(problemOfCommand('--no-such-option dist/') ?? '', /--no-such-option/)
  assert.match(problemOfCommand('fix --text dist/') ?? '', /--text/)
})
