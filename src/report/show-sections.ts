/** The parts of the text, in their order. */
export const SECTIONS = [
  'metadata',
  'tags',
  'requirements',
  'size',
  'tree',
  'libraries',
  'entry-points',
  'licenses',
  'sboms',
  'install',
  'description',
] as const
export type Section = (typeof SECTIONS)[number]

/** What is shown unless sections are named: a description is long. */
export const USUAL_SECTIONS: readonly Section[] = SECTIONS.filter(name => name !== 'description')
