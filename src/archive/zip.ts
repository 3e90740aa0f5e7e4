export type ZipProblemKind = 'zip-unreadable'
