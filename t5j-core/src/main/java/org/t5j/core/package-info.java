/**
 * The T5 model, from its configuration to its loss, gradients and outputs, on ids alone.
 *
 * <p>Start at {@link org.t5j.core.T5Model}; {@link org.t5j.core.T5Config} is its shape, {@link org.t5j.core.T5Preset}
 * the published ones by name, {@link org.t5j.core.T5Batch} what it reads and learns from. The layers are in {@code
 * layer}, the arithmetic under them in {@code kernel}, memory in {@code tensor}, files in {@code checkpoint} and the
 * search for outputs in {@code decode}.
 *
 * <p>Not here: text, vocabularies, data and optimizers, which other modules have; ND4J, which only {@code tensor} and
 * {@code kernel} see.
 */
package org.t5j.core;
