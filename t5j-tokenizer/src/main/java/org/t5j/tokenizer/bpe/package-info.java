/**
 * Byte pair encoding: characters are merged pair by pair, the pair with the highest score first. Start at {@link
 * org.t5j.tokenizer.bpe.BpeSegmenter} for encoding, at {@link org.t5j.tokenizer.bpe.BpeTrainer} for making a
 * vocabulary. Other model types, and what the training of all types shares ({@link org.t5j.tokenizer.train}), do not
 * belong here.
 */
package org.t5j.tokenizer.bpe;
