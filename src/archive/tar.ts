export type TarProblemKind = 'tar-unreadable'
