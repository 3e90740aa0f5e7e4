/** fast-check with one seed, so that the same code gives the same result; DISTAUDIT_SEED is another, every night. */
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.DISTAUDIT_SEED ?? 20261129) })

export default fc
