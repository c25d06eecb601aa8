/**
 * Byte pair encoding: characters are merged pair by pair, the pair with the highest score first. Start at {@link
 * org.t5j.tokenizer.bpe.BpeSegmenter}.
 */
package org.t5j.tokenizer.bpe;
