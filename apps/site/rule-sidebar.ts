import type { DefaultTheme } from 'vitepress'

export interface TopicIds {
  readonly topic: string
  readonly rules: readonly string[]
}

/**
 * The sidebar of each rule: its own topic with its rules, the other topics by name. All rules in each of 700 pages would be most of
 * the site; the list is put together where it is shown, because a list for each page would be most of its data.
 */
export function sidebarOfRules(topics: readonly TopicIds[]): Record<string, DefaultTheme.SidebarItem[]> {
  const listFor = (open?: string): DefaultTheme.SidebarItem[] => [
    {
      text: 'Rules',
      items: topics.map(({ topic, rules }) => ({
        text: topic,
        link: `/rules/#${topic}`,
        ...(topic === open && { items: rules.map(id => ({ text: id, link: `/rules/${id}` })) }),
      })),
    },
  ]
  const entries = topics.flatMap(({ topic, rules }) => {
    const list = listFor(topic)
    return rules.map(id => [`/rules/${id}`, list] as const)
  })
  // The first key that a path begins with is taken: `a-b` has to come before `a`.
  entries.sort(([a], [b]) => b.length - a.length)
  return Object.fromEntries([...entries, ['/rules/', listFor()]])
}
