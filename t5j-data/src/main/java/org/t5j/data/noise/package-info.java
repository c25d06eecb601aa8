/**
 * Noise masks and what replaces the masked tokens; pure functions of tokens and random numbers. Start at {@link
 * org.t5j.data.noise.RandomSpansNoiseMask}. Objectives, which put them together, live in {@code
 * org.t5j.data.objective}.
 *
 * <p>Source of everything here: {@code t5/data/preprocessors.py} of google-research/text-to-text-transfer-transformer.
 */
package org.t5j.data.noise;
