/** fast-check with one seed, so that the same code gives the same result; DISTAUDIT_SEED is another, every night. */
import fc from 'fast-check'

const SEED = Number(process.env.DISTAUDIT_SEED ?? 20261129)
fc.configureGlobal({ seed: SEED })

export default fc

/** Is this one among one in so many? Which ones depends on the seed: after as many nights each has had its turn. */
export const isDrawn = (index: number, oneIn: number): boolean => index % oneIn === SEED % oneIn
