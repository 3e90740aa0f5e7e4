export type GzipProblemKind = 'gzip-unreadable'
