/** Addresses of our own that the reports carry; the only ones that a terminal link may point to. */
export const HOME_URL = 'https://github.com/distaudit/distaudit'

export const REPORT_SCHEMA_URL =
  'https://raw.githubusercontent.com/distaudit/distaudit/main/schemas/report-1.schema.json'

/** The page of a rule, generated into docs/rules/. */
export const ruleUrl = (id: string): string => `${HOME_URL}/blob/main/docs/rules/${encodeURIComponent(id)}.md`

export const SHOW_SCHEMA_URL = 'https://raw.githubusercontent.com/distaudit/distaudit/main/schemas/show-1.schema.json'

export const DIFF_SCHEMA_URL = 'https://raw.githubusercontent.com/distaudit/distaudit/main/schemas/diff-1.schema.json'
